import DossierModel
import ServiceKit

/// A conductor that does as it is told by the message: what a store makes of its moves is then known beforehand.
struct ScriptedConductor: ProcedureConductor {
  /// What a message says to it.
  struct Word: Sendable {
    var begins = false
    var codes: [ConductedMove.Code] = []
    var outputs: [(destination: PartyID, name: String)] = []
    var outcome: String?
    var timer: Timestamp?
    var alarm: String?
  }

  func conduct(_ occasion: ConductOccasion, state: [UInt8]?, at now: Timestamp) -> ConductedMove? {
    let word: Word
    var party: PartyID?
    var facts = ""
    switch occasion {
    case .message(let message, let context):
      guard let said = message.content as? Word, state != nil || said.begins else { return nil }
      word = said
      party = context.sender
      facts = context.delivered.sorted { $0.key < $1.key }.map { "\($0.key)@\($0.value.microseconds)" }.joined()
    case .timer(let delivered):
      word = Word(outcome: "timer")
      facts = delivered.keys.sorted().joined()
    case .forecast(let forecasts): word = Word(alarm: "alarm.\(forecasts.map(\.step).joined())")
    case .order(let order):
      guard let said = order as? Word else { return nil }
      word = said
    }
    var history = [
      ConductedLine(at: now, kind: .event, word: "said", step: nil, party: party, text: "delivered \(facts)")
    ]
    if let alarm = word.alarm {
      history.append(ConductedLine(at: now, kind: .alarm, word: alarm, step: "a", party: nil, text: "xem"))
    }
    return ConductedMove(
      procedure: "thu", version: 1, state: (state ?? []) + [UInt8(ascii: ".")], outcome: word.outcome,
      dueAt: word.timer, timer: word.timer, codes: word.codes, history: history,
      outputs: word.outputs.map {
        ConductedOutput(
          destination: $0.destination, kind: .dossier, name: $0.name, errand: Array("việc \($0.name)".utf8))
      })
  }
}
