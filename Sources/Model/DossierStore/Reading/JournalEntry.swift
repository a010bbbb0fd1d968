package import DossierModel
package import ServiceKit

/// One journalled change.
package struct JournalEntry: Sendable {
  package var at: Timestamp
  /// `received`, `refused`, or the name of the delivery event.
  package var event: String
  package var message: MessageID?
  package var delivery: DeliveryID?
  package var destination: PartyID?
  package var from: DeliveryState?
  package var to: DeliveryState?
  /// Who caused it: a party, or `gateway`.
  package var actor: String
  package var note: String?
}
