package import DossierModel
package import Statistics

/// One dossier as our ledger has it.
package struct LedgerDossier: Sendable, Equatable {
  package var listed: ListedDossier
  /// Whose it is: the party that sent it.
  package var sender: PartyID
  /// Whether the portal has taken anything of it.
  package var isOnPortal: Bool
  /// What statistics count of it; nil where nobody counts.
  package var facts: DossierCase?

  package init(_ listed: ListedDossier, sender: PartyID, isOnPortal: Bool, facts: DossierCase? = nil) {
    self.listed = listed
    self.sender = sender
    self.isOnPortal = isOnPortal
    self.facts = facts
  }
}
