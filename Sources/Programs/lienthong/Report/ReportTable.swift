import Deadlines
import ServiceKit
import Statistics

/// A report as a table for people and as CSV: the same columns.
struct ReportTable {
  private struct Column: Sendable {
    let head: String
    let value: @Sendable (CaseCounts) -> String
  }

  private let report: CaseReport

  init(_ report: CaseReport) { self.report = report }

  private static let columns = [
    Column(head: "received") { String($0.received) },
    Column(head: "carriedOver") { String($0.carriedOver) },
    Column(head: "early") { String($0.count(.solved, .early)) },
    Column(head: "onTime") { String($0.count(.solved, .onTime)) },
    Column(head: "late") { String($0.count(.solved, .late)) },
    Column(head: "withdrawn") { String($0.count(.withdrawn)) },
    Column(head: "stopped") { String($0.count(.stopped)) },
    Column(head: "notAccepted") { String($0.count(.notAccepted)) },
    Column(head: "openInTime") { String($0.pending - $0.count(.pending, .late)) },
    Column(head: "openLate") { String($0.count(.pending, .late)) },
    Column(head: "inTime") { counts in
      Share(counts.count(.solved) - counts.count(.solved, .late), of: counts.count(.solved)).percent() ?? "–"
    },
  ]

  private var rows: [(name: String, counts: CaseCounts)] {
    report.rows.sorted { $0.key < $1.key }.map { ($0.key.isEmpty ? "–" : $0.key, $0.value) }
  }

  var lines: [String] {
    let width = max(10, (rows.map(\.name.count).max() ?? 0) + 2)
    func line(_ name: String, _ cells: [String]) -> String {
      zip(cells, Self.columns).reduce(name.padded(to: width)) { text, cell in
        let room = max(cell.1.head.count, 9) + 2
        return text + String(repeating: " ", count: max(1, room - cell.0.count)) + cell.0
      }
    }
    func line(_ name: String, _ counts: CaseCounts) -> String { line(name, Self.columns.map { $0.value(counts) }) }
    return ["\(report.period), by \(report.group.rawValue)", line("", Self.columns.map(\.head))]
      + rows.map { line($0.name, $0.counts) } + [line("all", report.total)]
  }

  /// RFC 4180 with CR LF, the names of groups in quotes.
  var csv: String {
    let head = ([report.group.rawValue] + Self.columns.map(\.head)).joined(separator: ",")
    let body = rows.map { row in
      ([Self.quoted(row.name)] + Self.columns.map { Self.quoted($0.value(row.counts)) }).joined(separator: ",")
    }
    return ([head] + body).joined(separator: "\r\n") + "\r"
  }

  private static func quoted(_ text: String) -> String {
    text.allSatisfy(\.isNumber) && !text.isEmpty ? text : "\"\(text.replacing("\"", with: "\"\""))\""
  }

  /// The ratios of QĐ 766, each with part and whole.
  static func lines(_ index: ServiceIndex) -> [String] {
    var lines = ServiceIndex.Ratio.allCases.map { ratio in
      let share = index[ratio]
      let mark = index.reachesFullMark(ratio).map { $0 ? "   full mark" : "   below \(ratio.fullMark ?? 0) %" } ?? ""
      return ratio.rawValue.padded(to: 18) + (share.percent() ?? "–").padded(to: 10) + "\(share.part) of \(share.whole)"
        + mark
    }
    if let average = index.averageTime {
      lines.append("averageTime".padded(to: 18) + "\(words(average)), over \(index.solved) solved")
    }
    return lines
  }

  /// What dossiers took beside what their procedure may take, where that is known.
  static func lines(_ durations: ProcedureDurations) -> [String] {
    guard !durations.rows.isEmpty else { return [] }
    return ["", "procedure".padded(to: 18) + "may take".padded(to: 18) + "solved  longer  average, longest"]
      + durations.rows.sorted { $0.key < $1.key }.map { procedure, row in
        procedure.padded(to: 18) + row.allowed.term.description.padded(to: 18) + String(row.solved).padded(to: 8)
          + String(row.exceeding).padded(to: 8) + (row.average.map { "\(words($0)), \(words(row.longest))" } ?? "–")
      }
  }

  private static func words(_ time: Duration) -> String {
    let hours = time.components.seconds / 3_600
    return "\(hours / 24) days \(hours % 24) hours"
  }

  /// What looks wrong, where anything does.
  static func lines(_ anomalies: AnomalyCounts) -> [String] {
    let found = CaseAnomaly.allCases.filter { anomalies[$0] > 0 }
    guard !found.isEmpty else { return [] }
    return ["", "looks wrong, and is not corrected:"]
      + found.map { $0.rawValue.padded(to: 24) + "\(anomalies[$0])   \($0.sentence)" }
  }
}
