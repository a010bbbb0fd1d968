package import DossierModel
package import ServiceKit

/// A delivery that an agency that pulls may fetch, without its bytes.
package struct InboxEntry: Sendable, Equatable {
  package var delivery: DeliveryID
  package var message: MessageID
  package var sender: PartyID
  /// Name of the `MessageType` of the payload.
  package var type: String
  package var dossier: DossierCode
  /// Whether it has been handed out before.
  package var isFetched: Bool
  package var createdAt: Timestamp
}
