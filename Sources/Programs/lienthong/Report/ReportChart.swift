import Statistics
import XMLKit

/// A report as bars: of each group what was early, on time, late, ended otherwise and is open.
struct ReportChart {
  private static let (name, bar, row, margin) = (180, 520, 30, 20)
  private static let colours = ["#2e7d32", "#81c784", "#c62828", "#9e9e9e", "#1565c0"]
  private static let words = ["early", "on time", "late", "ended otherwise", "open"]

  private let report: CaseReport

  init(_ report: CaseReport) { self.report = report }

  private static func parts(_ counts: CaseCounts) -> [Int] {
    [
      counts.count(.solved, .early), counts.count(.solved, .onTime), counts.count(.solved, .late),
      counts.count(.withdrawn) + counts.count(.stopped) + counts.count(.notAccepted), counts.pending,
    ]
  }

  /// Plain SVG without scripts or anything from outside.
  var svg: String {
    let rows = report.rows.sorted { $0.key < $1.key }
    let height = (rows.count + 2) * Self.row + 2 * Self.margin
    let width = Self.name + Self.bar + 3 * Self.margin + 60
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\" height=\"\(height)\" "
        + "font-family=\"sans-serif\" font-size=\"13\">",
      "<title>\(report.period)</title>",
      "<text x=\"\(Self.margin)\" y=\"\(Self.margin + 14)\" font-weight=\"bold\">\(report.period)</text>",
    ]
    let most = rows.map { Self.parts($0.value).reduce(0, +) }.max() ?? 0
    for (number, row) in rows.enumerated() {
      lines += bars(row.key.isEmpty ? "–" : row.key, row.value, y: Self.margin + (number + 1) * Self.row, of: most)
    }
    lines += legend(y: Self.margin + (rows.count + 1) * Self.row)
    return (lines + ["</svg>"]).joined(separator: "\n")
  }

  private func bars(_ name: String, _ counts: CaseCounts, y: Int, of most: Int) -> [String] {
    let parts = Self.parts(counts)
    var lines = ["<text x=\"\(Self.margin)\" y=\"\(y + 18)\">\(XMLText.escaped(name))</text>"]
    var done = 0
    for (part, colour) in zip(parts, Self.colours) where part > 0 {
      // From the sums, so that rounding leaves no gaps.
      let from = done * Self.bar / most
      done += part
      lines.append(
        "<rect x=\"\(Self.name + Self.margin + from)\" y=\"\(y + 4)\" width=\"\(done * Self.bar / most - from)\" height=\"20\" "
          + "fill=\"\(colour)\"><title>\(part)</title></rect>")
    }
    lines.append("<text x=\"\(Self.name + 2 * Self.margin + Self.bar)\" y=\"\(y + 18)\">\(done)</text>")
    return lines
  }

  private func legend(y: Int) -> [String] {
    zip(Self.words, Self.colours).enumerated().map { number, entry in
      let x = Self.margin + number * 140
      return "<rect x=\"\(x)\" y=\"\(y + 8)\" width=\"12\" height=\"12\" fill=\"\(entry.1)\"/>"
        + "<text x=\"\(x + 18)\" y=\"\(y + 19)\">\(entry.0)</text>"
    }
  }
}
