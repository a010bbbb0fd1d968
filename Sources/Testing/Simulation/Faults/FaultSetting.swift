import JSONKit

/// An order to behave in a certain way, for some time or some requests.
///
///     {"mode": "down", "seconds": 8}                 not there for 8 s
///     {"mode": "error500", "next": 3}                the next three requests are answered 500
///     {"mode": "slow", "delay": 2.5}                 every answer takes 2.5 s, until told otherwise
package struct FaultSetting: Sendable, Equatable {
  package var mode: FaultMode
  /// How long the mode lasts; nil is until told otherwise.
  package var lasting: Duration?
  /// For how many requests; nil is for all.
  package var requests: Int?
  /// How long an answer takes in the mode `slow`.
  package var delay: Duration

  package static let standardDelay = Duration.seconds(5)
  package static let secondsMaximum = 86_400.0

  package init(
    _ mode: FaultMode, lasting: Duration? = nil, requests: Int? = nil, delay: Duration = FaultSetting.standardDelay
  ) {
    self.mode = mode
    self.lasting = lasting
    self.requests = requests
    self.delay = delay
  }
}

extension FaultSetting {
  /// Reads the body of `POST /_simulator/mode`.
  package init(reading body: [UInt8]) throws(FaultSettingError) {
    let root: JSONValue
    do {
      root = try JSONDocument(parsing: body).root
    } catch {
      throw FaultSettingError("the body is no JSON; send {\"mode\": \"down\", \"seconds\": 8}")
    }
    for member in root.members where !["mode", "seconds", "next", "delay"].contains(member.name) {
      throw FaultSettingError("a member is not known; known are mode, seconds, next and delay")
    }
    guard let word = root["mode"]?.string, let mode = FaultMode(rawValue: word) else {
      let known = FaultMode.allCases.map(\.rawValue).joined(separator: ", ")
      throw FaultSettingError("mode must be one of \(known)")
    }
    self.init(mode)
    lasting = try Self.seconds("seconds", in: root)
    delay = try Self.seconds("delay", in: root) ?? Self.standardDelay
    if let value = root["next"] {
      guard let count = value.integer, count >= 1 else { throw FaultSettingError("next must be a number from 1 on") }
      requests = count
    }
    if mode == .down && lasting == nil {
      throw FaultSettingError("down needs seconds: nobody can reach a simulator that is not there to bring it back")
    }
    if mode == .down && requests != nil {
      throw FaultSettingError("down has no next: a connection that is refused brings no request to count")
    }
  }

  private static func seconds(_ name: String, in root: JSONValue) throws(FaultSettingError) -> Duration? {
    guard let value = root[name] else { return nil }
    guard let seconds = value.double, seconds >= 0, seconds <= secondsMaximum else {
      throw FaultSettingError("a time is a number of seconds from 0 to \(Int(secondsMaximum))")
    }
    return .milliseconds(Int64(seconds * 1_000))
  }
}

/// Why an order to behave in a certain way was not understood.
package struct FaultSettingError: Error, Sendable, Equatable {
  package let message: String

  init(_ message: String) { self.message = message }
}
