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
  /// Whether it is an agency's word about its step of a procedure that is conducted: its status is not the dossier's, and its
  /// code may be the agency's own.
  package var isOfStep: Bool
}
