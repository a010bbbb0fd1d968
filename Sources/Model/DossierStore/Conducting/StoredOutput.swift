package import DossierModel

/// A message that a procedure owes or owed somebody, and the delivery that it became.
package struct StoredOutput: Sendable, Equatable {
  package var delivery: DeliveryID
  package var dossier: DossierCode
  package var destination: PartyID
  package var kind: MessageKind
  /// Names it inside its procedure.
  package var name: String
  package var state: DeliveryState
  /// What is to be written; empty once it is.
  package var errand: [UInt8]
}
