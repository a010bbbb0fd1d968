package import DossierModel

/// What the lists say of one dossier.
package struct DossierGroup: Sendable {
  package let code: DossierCode
  package var ledger: LedgerDossier?
  package var sender: [ListedDossier] = []
  /// nil where there is no list of the portal, and it was not asked.
  package var portal: [ListedDossier]?

  package init(_ code: DossierCode) { self.code = code }
}
