import DossierModel
import DossierStore
package import Reconciliation
import Statistics

/// The ledger as a list to compare, in the order of its codes; it looks up a page at a time.
package struct LedgerDossiers: OrderedList {
  private var cases: LedgerCases

  package init(_ cases: LedgerCases) { self.cases = cases }

  package mutating func next() throws(ListError) -> LedgerDossier? {
    do throws(StoreError) {
      return try cases.next().map(Self.row)
    } catch {
      throw ListError(.unavailable, "the ledger cannot be read: \(error)", cause: error)
    }
  }

  private static func row(_ one: LedgerCase) -> LedgerDossier {
    LedgerDossier(
      ListedDossier(
        one.dossier, procedure: one.facts.procedure, status: one.facts.latestStatus, receivedAt: one.facts.receivedAt),
      sender: one.sender, isOnPortal: one.facts.isSynchronised, facts: one.facts)
  }
}
