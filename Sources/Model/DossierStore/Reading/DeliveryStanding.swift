package import DossierModel

/// A delivery with what decides when it moves.
package struct DeliveryStanding: Sendable {
  package var delivery: StoredDelivery
  package var dossier: DossierCode
  package var message: MessageID
  /// The earliest delivery of the same dossier to the same destination that is not done, if it is an earlier one.
  package var predecessor: StoredDelivery?
  /// nil unless it is ready and was looked up alone.
  package var place: QueuePlace?
}
