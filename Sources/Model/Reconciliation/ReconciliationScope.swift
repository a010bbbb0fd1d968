package import DossierModel
package import Statistics

/// Which dossiers are compared: those received in a period, perhaps of one procedure, perhaps of one sender.
package struct ReconciliationScope: Sendable {
  package let period: Period
  package let procedure: String?
  package let sender: PartyID?

  package init(_ period: Period, procedure: String? = nil, sender: PartyID? = nil) {
    self.period = period
    self.procedure = procedure
    self.sender = sender
  }

  package func contains(_ dossier: LedgerDossier) -> Bool {
    (sender == nil || dossier.sender == sender) && contains(dossier.listed)
  }

  /// A row that does not say when it was received or of which procedure it is stands in a list of just that.
  package func contains(_ row: ListedDossier) -> Bool {
    if let received = row.receivedAt, !period.contains(received) { return false }
    if let procedure, let said = row.procedure, said != procedure { return false }
    return true
  }
}
