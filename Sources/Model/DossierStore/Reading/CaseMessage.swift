package import DossierModel
package import ServiceKit

/// What statistics need of one message.
package struct CaseMessage: Sendable, Equatable {
  package var dossier: DossierCode
  package var sender: PartyID
  package var procedure: String?
  package var status: String?
  package var appointedAt: Timestamp?
  package var receivedAt: Timestamp
  package var facts: CaseFacts
  /// Whether the portal has it.
  package var isSynchronised: Bool
}
