package import DossierModel
package import ServiceKit

/// What the dossier decides about a procedure when it begins: which steps belong to it, and who carries them out.
package struct ProcedureFacts: Sendable, Equatable {
  /// Steps that belong to this dossier.
  package var applies: Set<StepID>
  /// A step without a party is blocked when its turn comes.
  package var agencies: [StepID: PartyID]
  /// Whether its sender says that it is accepted.
  package var isAccepted: Bool
  /// What its sender has promised the citizen; nil for nothing.
  package var appointedAt: Timestamp?

  package init(
    applies: Set<StepID>, agencies: [StepID: PartyID], isAccepted: Bool = false, appointedAt: Timestamp? = nil
  ) {
    self.applies = applies
    self.agencies = agencies
    self.isAccepted = isAccepted
    self.appointedAt = appointedAt
  }
}
