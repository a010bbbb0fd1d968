package import DossierModel
package import ServiceKit

/// One attempt to deliver as it can be looked up, without the partner's answer.
package struct StoredAttempt: Sendable, Equatable {
  package var delivery: DeliveryID
  package var destination: PartyID
  /// 1 for the first attempt of its delivery.
  package var ordinal: Int
  package var startedAt: Timestamp
  package var endedAt: Timestamp
  /// What it meant for the delivery.
  package var event: DeliveryEvent
  package var failure: FailureClass?
  /// HTTP status of the answer, when there was one.
  package var status: Int?
  /// Bytes of the answer that were kept.
  package var answerBytes: Int
}
