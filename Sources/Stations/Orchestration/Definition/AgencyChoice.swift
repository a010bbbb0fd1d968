package import DossierModel
package import XMLKit

/// Which party carries out a step.
package enum AgencyChoice: Sendable {
  case fixed(PartyID)
  /// Looked up by a text of the dossier, such as the code of its commune; nil without a row and without `otherwise`.
  case table(by: XPathExpression, rows: [String: PartyID], otherwise: PartyID?)

  /// Every party it may be.
  package var parties: Set<PartyID> {
    switch self {
    case .fixed(let party): [party]
    case .table(_, let rows, let otherwise): Set(rows.values).union(otherwise.map { [$0] } ?? [])
    }
  }
}
