package import DossierModel
package import ServiceKit

/// A delivery as it can be looked up, without its payload.
package struct StoredDelivery: Sendable {
  package var id: DeliveryID
  package var destination: PartyID
  package var type: String
  package var state: DeliveryState
  package var attempts: Int
  package var createdAt: Timestamp
  /// When it is tried next; nil unless it is claimable.
  package var due: Timestamp?
  package var lastFailure: FailureClass?
  package var note: String?
}
