package import DossierModel
package import Statistics

/// What the ledger knows of one dossier, for statistics and comparisons.
package struct LedgerCase: Sendable, Equatable {
  package let dossier: DossierCode
  /// Who sent its first message.
  package let sender: PartyID
  package var facts: DossierCase
}
