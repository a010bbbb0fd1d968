import ServiceKit

/// Counts dossiers of a period in groups.
package struct CaseReport: Sendable {
  /// By what dossiers are grouped.
  package enum Group: String, Sendable, CaseIterable {
    case agency
    case level
    case field
    case procedure
    case month

    func key(_ one: DossierCase) -> String {
      switch self {
      case .agency: one.agency
      case .level: one.level ?? ""
      case .field: one.field ?? ""
      case .procedure: one.procedure ?? ""
      case .month: String(CivilDay(one.receivedAt, offset: .vietnam).description.prefix(7))
      }
    }
  }

  package let period: Period
  package let group: Group
  /// By the key of the group; dossiers that do not say it are under the empty one.
  package private(set) var rows: [String: CaseCounts] = [:]
  private let judge: CaseJudge

  package init(_ period: Period, by group: Group, judge: CaseJudge = CaseJudge()) {
    self.period = period
    self.group = group
    self.judge = judge
  }

  /// Counts a dossier, if it belongs to the period: received in it, or before it and not ended before it.
  package mutating func add(_ one: DossierCase) {
    guard one.receivedAt < period.end else { return }
    let isNew = period.contains(one.receivedAt)
    if !isNew, let ended = judge.judge(one, at: period.begin).endedAt, ended < period.begin { return }
    let key = group.key(one)
    var counts = rows[key] ?? CaseCounts()
    if isNew {
      counts.received += 1
      if one.channel == .online { counts.receivedOnline += 1 }
      if one.channel == .post { counts.receivedByPost += 1 }
    } else {
      counts.carriedOver += 1
    }
    counts.add(judge.judge(one, at: period.end))
    rows[key] = counts
  }

  package var total: CaseCounts { rows.values.reduce(CaseCounts(), +) }
}
