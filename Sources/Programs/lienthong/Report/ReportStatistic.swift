import Management
import Statistics
import XMLKit

/// The figures of one agency as the `MStatistic` of an OpenCPS LGSP (`Schemas/oc-lgsp/1`), which takes them at `…/Statistic`.
struct ReportStatistic {
  private let month: Int?
  private let year: Int
  private let agency: String
  private let name: String
  private let figures: Form06

  init(_ period: ReportMonth, of counts: CaseCounts, agency: String, name: String) {
    (month, year) = (period.month, period.year)
    self.agency = agency
    self.name = name
    figures = Form06(counts)
  }

  /// Throws where a name cannot stand in a document.
  func document() throws(XMLError) -> [UInt8] {
    var builder = XMLTreeBuilder()
    builder.open("MStatistic")
    for (element, text) in period + received + solved + pending + office {
      builder.open(element)
      if !text.isEmpty { try builder.text(text) }
      builder.close()
    }
    builder.close()
    return builder.finish().serialised()
  }

  private typealias Element = (name: String, text: String)

  private var period: [Element] {
    // What Month holds of a year is not known: none is this project's choice.
    [("Month", String(month ?? 0)), ("Year", String(year)), ("IsMonthStatistic", month == nil ? "false" : "true")]
  }

  private var received: [Element] {
    [
      ("NewReception", String(figures.newReception)), ("PreExtisting", String(figures.preExisting)),
      ("Total", String(figures.total)),
    ]
  }

  private var solved: [Element] {
    [
      ("TotalSolved", String(figures.totalSolved)), ("SolvedInTime", String(figures.solvedInTime)),
      ("SolvedInTimePercent", Self.percent(figures.solvedInTime, of: figures.totalSolved)),
      ("SolvedLate", String(figures.solvedLate)),
      ("SolvedLatePercent", Self.percent(figures.solvedLate, of: figures.totalSolved)),
    ]
  }

  private var pending: [Element] {
    [
      ("TotalPending", String(figures.totalPending)), ("Pending", String(figures.pendingInTime)),
      ("PendingLate", String(figures.pendingLate)),
      ("PendingLatePercent", Self.percent(figures.pendingLate, of: figures.totalPending)),
      ("PendingPercent", Self.percent(figures.pendingInTime, of: figures.totalPending)),
    ]
  }

  private var office: [Element] {
    [("Note", ""), ("OrganizationInchargeIdlevel1", agency), ("OrganizationInchargeName", name)]
  }

  /// With a point and two decimals; of nothing it is 0.
  private static func percent(_ part: Int, of whole: Int) -> String {
    guard let text = Share(part, of: whole).percent() else { return "0.00" }
    return String(text.dropLast(2)).replacing(",", with: ".")
  }
}
