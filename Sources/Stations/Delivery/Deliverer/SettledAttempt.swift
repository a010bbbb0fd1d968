import DossierModel
import DossierStore
import ServiceKit

/// An attempt with its outcome, on its way into the store.
struct SettledAttempt {
  let attempt: DeliveryAttempt
  let outcome: DeliveryOutcome
  var status: Int?
  var answer: [UInt8] = []
  let note: String

  init(
    _ attempt: DeliveryAttempt, _ outcome: DeliveryOutcome, status: Int? = nil, answer: [UInt8] = [], note: String
  ) {
    self.attempt = attempt
    self.outcome = attempt.isInDoubt ? outcome.inDoubt : outcome
    self.status = status
    self.answer = answer
    self.note = attempt.wasAbsent ? "it was not there when asked; \(note)" : note
  }

  /// - Parameter awaited: types of messages whose dossiers the partner is asked about afterwards.
  func settlement(due: Timestamp?, kept: Int, awaited: Set<String>, at moment: Moment) -> Settlement {
    var settlement = Settlement(
      delivery: attempt.delivery.id, epoch: attempt.delivery.epoch, outcome: outcome, nextAttemptAt: due,
      startedAt: attempt.startedAt?.now ?? moment.now, endedAt: moment.now, status: status,
      answer: answer.count > kept ? Array(answer.prefix(kept)) : answer, note: note)
    if awaited.contains(attempt.delivery.type) { settlement.awaitedAs = attempt.delivery.type }
    return settlement
  }
}
