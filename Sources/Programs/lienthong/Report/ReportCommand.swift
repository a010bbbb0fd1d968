import DossierModel
import DossierStore
import JSONKit
import Management
import ServiceKit
import Statistics
import Workbench

/// `lienthong report`: the figures of a period, from the ledger.
enum ReportCommand: Command {
  static let name = "report"
  static let summary = "count the dossiers of a period, as Biểu 06 and QĐ 766 have it"
  static let options = SiteStore.options + ["--period", "--by", "--portal"]
  static let flags = ["--json", "--csv", "--svg"]
  static let help = """
    Usage: lienthong report --period PERIOD [--by GROUP] [--portal PARTY] [--csv | --json | --svg] [--site SITE | --data DIR]

      --period PERIOD  2026, 2026-Q4, 2026-11, 2026-11-20 or 2026-11-01/2026-11-20
      --by GROUP       agency (unless told), level, field, procedure or month of receipt
      --portal PARTY   the party whose deliveries tell that a dossier is on the portal
      --csv            a row a group with the columns of the table
      --json           for programs; the ratios of QĐ 766 as well
      --svg            bars of what was early, on time, late and is open

    \(SiteStore.help)

    A dossier belongs to the period in which it was received; those of before that were open count as carried over. Early is on
    a day before the appointed one. Withdrawn, stopped and not accepted dossiers have columns of their own; "in time" is
    early and on time of what was solved. Times are those that the messages say, or of their arrival where they say none.

    Exit codes: 0 shown · 1 the figures do not balance · 2 the call or the site cannot be used · 3 the database failed
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    _ = try arguments.words()
    guard let words = arguments.value("--period"), let period = Period(words) else {
      throw .unusable("--period is 2026, 2026-Q4, 2026-11, 2026-11-20 or FROM/UNTIL in days")
    }
    guard let group = CaseReport.Group(rawValue: arguments.value("--by") ?? "agency") else {
      let known = CaseReport.Group.allCases.map(\.rawValue).joined(separator: ", ")
      throw .unusable("--by is one of \(known)")
    }
    var (report, index) = (CaseReport(period, by: group), ServiceIndex(period))
    let reader = try SiteStore.open(arguments)
    var cases = LedgerCases(reader, portal: arguments.value("--portal").map { PartyID($0) })
    try SiteStore.look { () throws(StoreError) in
      try cases.forEach { one in
        report.add(one.facts)
        index.add(one.facts)
      }
    }
    if arguments.has("--json") {
      ReportJSON.print(report, index)
    } else if arguments.has("--csv") {
      Terminal.print(ReportTable(report).csv)
    } else if arguments.has("--svg") {
      Terminal.print(ReportChart(report).svg)
    } else {
      Terminal.print((ReportTable(report).lines + [""] + ReportTable.lines(index)).joined(separator: "\n"))
    }
    return report.rows.values.allSatisfy { Form06($0).isBalanced } ? .success : .negative
  }
}
