package import DossierModel
package import ServiceKit

/// How one attempt of a claimed delivery ended.
package struct Settlement: Sendable {
  package var delivery: DeliveryID
  package var epoch: Int64
  package var outcome: DeliveryOutcome
  /// When to try again, for outcomes that allow it; nil makes the delivery dead.
  package var nextAttemptAt: Timestamp?
  package var startedAt: Timestamp
  package var endedAt: Timestamp
  /// HTTP status of the answer, when there was one.
  package var status: Int?
  /// The raw answer as received, up to the answer limit.
  package var answer: [UInt8]
  /// One sentence for the operator, without values of the message.
  package var note: String?
  /// Type of the message, if the partner is to be asked what became of the dossier once it has it; nil otherwise.
  package var awaitedAs: String?

  package init(
    delivery: DeliveryID, epoch: Int64, outcome: DeliveryOutcome, nextAttemptAt: Timestamp? = nil,
    startedAt: Timestamp, endedAt: Timestamp, status: Int? = nil, answer: [UInt8] = [], note: String? = nil
  ) {
    self.delivery = delivery
    self.epoch = epoch
    self.outcome = outcome
    self.nextAttemptAt = nextAttemptAt
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.status = status
    self.answer = answer
    self.note = note
  }

  var failure: FailureClass? {
    switch outcome {
    case .accepted: nil
    case .refused: .businessRefusal
    case .postponed(let failure, _), .leftUnknown(let failure, _), .answerMissing(let failure): failure
    }
  }
}
