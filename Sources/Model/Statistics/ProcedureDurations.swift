import ServiceKit

/// What dossiers of a period took, by procedure, beside what their procedure may take.
package struct ProcedureDurations: Sendable {
  package struct Row: Sendable {
    /// What the procedure may take.
    package let allowed: ProcedureTime
    package fileprivate(set) var solved = 0
    /// Of those solved: longer than the procedure may take.
    package fileprivate(set) var exceeding = 0
    /// From receipt to the end, by the clock on the wall, of those solved together.
    package fileprivate(set) var together = Duration.zero
    package fileprivate(set) var longest = Duration.zero

    package var average: Duration? { solved == 0 ? nil : together / solved }
  }

  private let period: Period
  private let judge: CaseJudge
  /// By the procedure's code; only those whose time is known.
  package private(set) var rows: [String: Row] = [:]

  package init(_ period: Period, judge: CaseJudge) {
    self.period = period
    self.judge = judge
  }

  /// Counts a dossier that was received in the period, by what was known at its end.
  package mutating func add(_ one: DossierCase) {
    guard period.contains(one.receivedAt), let procedure = one.procedure, let allowed = judge.longestTime(of: one)
    else {
      return
    }
    var row = rows[procedure] ?? Row(allowed: allowed)
    if let endedAt = judge.judge(one, at: period.end).endedAt,
      let isExceeding = judge.exceedsLongestTime(one, at: period.end)
    {
      row.solved += 1
      if isExceeding { row.exceeding += 1 }
      row.together += endedAt - one.receivedAt
      row.longest = max(row.longest, endedAt - one.receivedAt)
    }
    rows[procedure] = row
  }
}
