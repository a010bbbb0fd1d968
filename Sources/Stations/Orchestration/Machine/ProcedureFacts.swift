package import DossierModel

/// What the dossier decides about a procedure when it begins: which steps belong to it, and who carries them out.
package struct ProcedureFacts: Sendable, Equatable {
  /// Steps that belong to this dossier.
  package var applies: Set<StepID>
  /// A step without a party is blocked when its turn comes.
  package var agencies: [StepID: PartyID]
  /// Whether its sender says that it is accepted.
  package var isAccepted: Bool

  package init(applies: Set<StepID>, agencies: [StepID: PartyID], isAccepted: Bool = false) {
    self.applies = applies
    self.agencies = agencies
    self.isAccepted = isAccepted
  }
}
