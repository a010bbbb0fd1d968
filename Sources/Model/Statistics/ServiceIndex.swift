import DossierModel
import ServiceKit

/// The ratios of QĐ 766 that can be counted from dossiers.
///
/// The ratios are those of the text. How a ratio below the full mark becomes points is not in the sources, so no points are
/// computed: only whether the full mark is reached, where its bound is known.
package struct ServiceIndex: Sendable {
  package enum Ratio: String, Sendable, CaseIterable {
    /// 1.4: dossiers on the portal of all that were handled.
    case synchronised
    /// 2.1: in time of all that were handled.
    case inTime
    /// 3.3: sent online, with an electronic result.
    case online
    /// 3.6: paid online, of those with a fee.
    case paidOnline
    /// 4.1 to 4.5.
    case digitised
    case electronicResult
    case reusedPapers
    case verifiedAccount
    case usedDatabases

    /// From which percentage on the full mark is given; nil where the sources do not say.
    package var fullMark: Int? {
      switch self {
      case .online: 50
      case .digitised, .electronicResult, .reusedPapers, .verifiedAccount, .usedDatabases: 80
      case .synchronised, .inTime, .paidOnline: nil
      }
    }
  }

  private var parts: [Ratio: Int] = [:]
  private var wholes: [Ratio: Int] = [:]
  /// Working out the average: what solved dossiers took together, and how many they are.
  package private(set) var timeTaken = Duration.zero
  package private(set) var solved = 0

  package let period: Period
  private let judge: CaseJudge

  package init(_ period: Period, judge: CaseJudge = CaseJudge()) {
    self.period = period
    self.judge = judge
  }

  /// Counts a dossier that was received in the period.
  package mutating func add(_ one: DossierCase) {
    guard period.contains(one.receivedAt) else { return }
    let verdict = judge.judge(one, at: period.end)
    count(.synchronised, one.isSynchronised)
    count(.inTime, verdict.timeliness != .late)
    count(.online, one.channel == .online && one.marks.contains(.electronicResult))
    if one.marks.contains(.fee) { count(.paidOnline, one.marks.contains(.paidOnline)) }
    count(.digitised, one.marks.contains(.digitised))
    count(.electronicResult, one.marks.contains(.electronicResult))
    count(.reusedPapers, one.marks.contains(.reusedPapers))
    count(.verifiedAccount, one.marks.contains(.verifiedAccount))
    count(.usedDatabases, one.marks.contains(.usedDatabases))
    if verdict.ending == .solved, let endedAt = verdict.endedAt {
      timeTaken += endedAt - one.receivedAt
      solved += 1
    }
  }

  private mutating func count(_ ratio: Ratio, _ holds: Bool) {
    wholes[ratio, default: 0] += 1
    if holds { parts[ratio, default: 0] += 1 }
  }

  package subscript(ratio: Ratio) -> Share { Share(parts[ratio] ?? 0, of: wholes[ratio] ?? 0) }

  /// Nil where there is nothing to count, or no bound is known.
  package func reachesFullMark(_ ratio: Ratio) -> Bool? {
    let share = self[ratio]
    guard share.whole > 0, let bound = ratio.fullMark else { return nil }
    return share.part * 100 >= bound * share.whole
  }

  /// 2.2: the average time of what was solved; nil of nothing.
  package var averageTime: Duration? { solved == 0 ? nil : timeTaken / solved }
}
