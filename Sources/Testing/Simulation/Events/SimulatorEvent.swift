package import ServiceKit

/// One thing that happened in a simulator, told in codes and counts: nothing of a citizen is in it.
package struct SimulatorEvent: Sendable, Equatable {
  package enum Name: String, Sendable, CaseIterable {
    // Any simulator.
    case listening, stopped, modeChanged, faultsDrawn, faultPlayed, requestRefused, fieldRefused, anomalyNoticed
    // The portal.
    case loginAccepted, loginRefused, sessionRefused, serviceAnswered
    case dossierCreated, dossierUpdated, progressAdded, progressRepeated
    // An agency.
    case tokenIssued, callerRefused, documentAccepted, documentRepeated, documentRefused
    case messageScheduled, messageAccepted, messageDeferred, messageRefused
  }

  /// What an event may say about itself. The list is closed, so that a document's values have no way in.
  package enum Field: Sendable, Equatable {
    case service(String)
    case dossier(String)
    case procedure(String)
    case status(String)
    case reason(StaticString)
    case place(String)
    case mode(FaultMode)
    case kind(String)
    case count(Int)
    case attempt(Int)
    case http(Int)
    case port(UInt16)
    case seed(UInt64)
    case wait(Duration)

    package static func == (left: Field, right: Field) -> Bool { left.name == right.name && left.text == right.text }
  }

  /// Counts the events of one simulator from 1.
  package let sequence: Int
  package let at: Timestamp
  package let name: Name
  package let fields: [Field]

  package init(sequence: Int, at: Timestamp, name: Name, fields: [Field]) {
    self.sequence = sequence
    self.at = at
    self.name = name
    self.fields = fields
  }
}

extension SimulatorEvent.Field {
  /// The name under which the field is printed.
  package var name: String {
    switch self {
    case .service: "service"
    case .dossier: "dossier"
    case .procedure: "procedure"
    case .status: "status"
    case .reason: "reason"
    case .place: "place"
    case .mode: "mode"
    case .kind: "kind"
    case .count: "count"
    case .attempt: "attempt"
    case .http: "http"
    case .port: "port"
    case .seed: "seed"
    case .wait: "wait"
    }
  }

  /// The value as a word without spaces. What comes from outside is cut down to the characters of codes and paths, so
  /// that a line stays one line and a name cannot be smuggled in where a code belongs.
  package var text: String {
    switch self {
    case .service(let text), .dossier(let text), .procedure(let text), .status(let text), .place(let text),
      .kind(let text):
      Self.word(text)
    case .reason(let text): text.description
    case .mode(let mode): mode.rawValue
    case .count(let number), .attempt(let number), .http(let number): String(number)
    case .port(let number): String(number)
    case .seed(let number): String(number)
    case .wait(let duration): "\(duration.wholeMilliseconds)ms"
    }
  }

  private static let wordLimit = 80

  private static func word(_ text: String) -> String {
    let bytes = text.utf8.prefix(wordLimit).map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "/"), UInt8(ascii: "["), UInt8(ascii: "]"):
        byte
      default: UInt8(ascii: "?")
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
