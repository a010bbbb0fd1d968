/// What a printed share of dossiers may be a share of. Sources use different ones, often without saying which.
package enum ShareBasis: String, Sendable, CaseIterable {
  /// Early, on time and late.
  case solved
  /// With those withdrawn.
  case solvedAndWithdrawn
  /// With those withdrawn and stopped.
  case ended
  case received

  package func whole(_ counts: CaseCounts) -> Int {
    let solved = counts.count(.solved)
    switch self {
    case .solved: return solved
    case .solvedAndWithdrawn: return solved + counts.count(.withdrawn)
    case .ended: return solved + counts.count(.withdrawn) + counts.count(.stopped)
    case .received: return counts.received
    }
  }

  /// The bases by which this part prints as this percentage.
  package static func reproducing(_ printed: String, part: Int, of counts: CaseCounts) -> [ShareBasis] {
    allCases.filter { basis in
      let whole = basis.whole(counts)
      return whole >= part && Share(part, of: whole).prints(printed)
    }
  }

  /// Whether any whole at all makes this part print as this percentage; where none does, the source erred.
  package static func isPossible(_ printed: String, part: Int) -> Bool {
    (max(part, 1)...max(part, 1) * 200).contains { Share(part, of: $0).prints(printed) }
  }
}
