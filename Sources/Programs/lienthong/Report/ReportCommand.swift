import DossierModel
import DossierStore
import JSONKit
import Management
import ServiceKit
import Statistics
import Workbench
import XMLKit

/// `lienthong report`: the figures of a period, from the ledger.
enum ReportCommand: Command {
  static let name = "report"
  static let summary = "count the dossiers of a period, as Biểu 06 and QĐ 766 have it"
  static let options =
    SiteStore.options + ReportProcedures.options + [
      "--period", "--by", "--portal", "--services", "--mstatistic", "--statistics", "--agency-name",
    ] + StatisticsSending.options
  static let flags = ["--json", "--csv", "--svg"] + StatisticsSending.flags
  static let help = """
    Usage: lienthong report --period PERIOD [--by GROUP] [--portal PARTY] [--procedures DIR] [--services FILE]
             [--csv | --json | --svg] [--site SITE | --data DIR]
           lienthong report --period MONTH_OR_YEAR --statistics AGENCY [--agency-name TEXT]
             [--send --key REFERENCE [--gateway URL] [--authorities FILE] [--again]] [--site SITE | --data DIR]
           lienthong report --period MONTH_OR_YEAR --mstatistic AGENCY [--agency-name TEXT] [--site SITE | --data DIR]

      --period PERIOD  2026, 2026-Q4, 2026-11, 2026-11-20 or 2026-11-01/2026-11-20
      --by GROUP       agency (unless told), level, field, procedure or month of receipt
      --portal PARTY   the party whose deliveries tell that a dossier is on the portal
      --procedures DIR the folder of procedures: dossiers without an appointment are in time by the longest time of theirs,
                       and what solved dossiers took is compared with it
      --calendars DIR  by which those times are counted; Deploy/calendars unless told
      --services FILE  a catalogue of public services (YAML): how many each office gives at which level on the last day of
                       the period, how many of them had dossiers, and how many dossiers
      --statistics AGENCY  the figures of one agency, as reports by agency name it, in Biểu 06's categories as the gateway's own
                       document (XML); --agency-name says what it is called
    \(StatisticsSending.help)
      --mstatistic AGENCY  the figures of one agency as the MStatistic that an OpenCPS LGSP takes at …/Statistic (XML), to be sent by
                       somebody else; what is sent by --send is written so by the gateway
      --csv            a row a group with the columns of the table
      --json           for programs; the ratios of QĐ 766 as well
      --svg            bars of what was early, on time, late and is open

    \(SiteStore.help)

    A dossier belongs to the period in which it was received; those of before that were open count as carried over. Early is on
    a day before the appointed one. Withdrawn, stopped and not accepted dossiers have columns of their own; "in time" is
    early and on time of what was solved. What looks wrong in a dossier's course is counted and never corrected. Times are
    those that the messages say, or of their arrival where they say none. Beside them stands what was sent in the period: how
    much of it needed one attempt, and how long it was on its way; the rest of a dossier's time is its agencies'. Of steps that were
    answered late it tells how much of that the dossier was under way, and how much its agency had it.

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
    let times = try ReportProcedures.longestTimes(arguments)
    let judge = CaseJudge { times[$0] }
    var (report, index) = (CaseReport(period, by: group, judge: judge), ServiceIndex(period, judge: judge))
    var (anomalies, durations) = (AnomalyCounts(period), ProcedureDurations(period, judge: judge))
    var services = try ReportServices.table(arguments, period)
    let reader = try SiteStore.open(arguments)
    var cases = LedgerCases(reader, portal: arguments.value("--portal").map { PartyID($0) })
    try SiteStore.look { () throws(StoreError) in
      try cases.forEach { one in
        report.add(one.facts)
        index.add(one.facts)
        anomalies.add(one.facts)
        durations.add(one.facts)
        services?.add(one.facts)
      }
    }
    let transport = try SiteStore.look { () throws(StoreError) in
      try reader.transport(from: period.begin, until: period.end)
    }
    let overdue = try SiteStore.look { () throws(StoreError) in try ReportOverdue(reader, period) }
    if let agency = arguments.value("--statistics") {
      return try statistics(report, of: agency, arguments)
    } else if let agency = arguments.value("--mstatistic") {
      Terminal.print(bytes: try statistic(report, of: agency, arguments))
    } else if arguments.has("--json") {
      ReportJSON.print(report, index, anomalies, durations, services, transport, overdue)
    } else if arguments.has("--csv") {
      Terminal.print(ReportTable(report).csv)
    } else if arguments.has("--svg") {
      Terminal.print(ReportChart(report).svg)
    } else {
      let lines =
        ReportTable(report).lines + [""] + ReportTable.lines(index) + ReportTable.lines(durations)
        + ReportServices.lines(services) + ReportTransport.lines(transport) + overdue.lines
        + ReportTable.lines(anomalies)
      Terminal.print(lines.joined(separator: "\n"))
    }
    return report.rows.values.allSatisfy { Form06($0).isBalanced } ? .success : .negative
  }

  /// The figures of an agency, and of which month or year they are.
  private static func figures(
    _ report: CaseReport, of agency: String
  ) throws(CommandFailure) -> (period: ReportMonth, counts: CaseCounts) {
    guard report.group == .agency else { throw .unusable("statistics are about an agency; leave out --by") }
    guard let counts = report.rows[agency] else {
      let known = report.rows.keys.sorted().prefix(20).joined(separator: ", ")
      throw .unusable("‘\(agency)’ has no dossier in this period (agencies that have: \(known))")
    }
    guard let period = ReportMonth(report.period) else {
      throw .unusable("statistics are of a month or a year; give --period as 2026-11 or 2026")
    }
    return (period, counts)
  }

  private static let control = "a name with control characters can stand in no document"

  private static func statistic(
    _ report: CaseReport, of agency: String, _ arguments: Arguments
  ) throws(CommandFailure) -> [UInt8] {
    let (period, counts) = try figures(report, of: agency)
    let name = arguments.value("--agency-name") ?? agency
    do throws(XMLError) {
      return try ReportStatistic(period, of: counts, agency: agency, name: name).document()
    } catch {
      throw .unusable(control)
    }
  }

  /// Shows them, or hands them to the gateway. What does not balance is not sent.
  private static func statistics(
    _ report: CaseReport, of agency: String, _ arguments: Arguments
  ) throws(CommandFailure) -> ExitCode {
    let (period, counts) = try figures(report, of: agency)
    let statistics = ReportStatistics(period, of: counts, agency: agency, name: arguments.value("--agency-name"))
    let document: [UInt8]
    do throws(XMLError) {
      document = try statistics.document()
    } catch {
      throw .unusable(control)
    }
    guard Form06(counts).isBalanced else {
      Terminal.complain("the figures do not balance, so they are of no use to anybody; see the report")
      return .negative
    }
    guard arguments.has("--send") else {
      Terminal.print(bytes: document)
      return .success
    }
    return try StatisticsSending(arguments).send(document, of: statistics)
  }
}
