/// The categories of Biểu số 06/VPCP/KSTT, in the words of its electronic form (TT 01/2020/TT-VPCP).
///
/// Whatever ended counts as solved there, withdrawn and stopped dossiers with it. Two equations hold of every row.
package struct Form06: Sendable, Hashable {
  package let newReception: Int
  package let preExisting: Int
  package let solvedInTime: Int
  package let solvedLate: Int
  package let pendingInTime: Int
  package let pendingLate: Int

  package init(_ counts: CaseCounts) {
    let endings = CaseVerdict.Ending.allCases.filter { $0 != .pending }
    newReception = counts.received
    preExisting = counts.carriedOver
    solvedLate = endings.reduce(0) { $0 + counts.count($1, .late) }
    solvedInTime = endings.reduce(0) { $0 + counts.count($1) } - solvedLate
    pendingLate = counts.count(.pending, .late)
    pendingInTime = counts.pending - pendingLate
  }

  package var total: Int { newReception + preExisting }
  package var totalSolved: Int { solvedInTime + solvedLate }
  package var totalPending: Int { pendingInTime + pendingLate }

  /// NewReception + PreExisting = Total = TotalSolved + TotalPending.
  package var isBalanced: Bool { total == totalSolved + totalPending }
}
