import DocumentKit

/// Writes a proposed mapping as a file, and remembers which line says what.
struct DraftText {
  /// What the head of the file says.
  struct Head {
    let name: String
    let source: String
    let target: String
  }

  private(set) var lines: [String]
  /// The row in each line that begins one, by the numbers of the rows from the outside in.
  private(set) var rows: [Int: [Int]] = [:]

  init(head: Head, rows: [DraftRow], open: [String]) {
    lines = ["mapping: \(head.name)", "version: 1", "source: \(head.source)", "target: \(head.target)"]
    if !open.isEmpty { lines += ["# What a person has to decide:"] + open.map { "# open: \($0)" } }
    lines.append("rows:")
    for (index, row) in rows.enumerated() { write(row, indent: "  ", at: [index]) }
  }

  var text: String { lines.joined(separator: "\n") + "\n" }

  private mutating func write(_ row: DraftRow, indent: String, at path: [Int]) {
    rows[lines.count + 1] = path
    let to = "to: \(MappingDraft.quoted(row.to))"
    let score = "# " + Self.percent(row.score)
    guard let inner = row.rows else {
      var members = [to]
      if let each = row.options.first, each.hasPrefix("each: ") { members.append(each) }
      members.append("from: \(MappingDraft.quoted(row.from))")
      members += row.options.filter { !$0.hasPrefix("each: ") }
      lines.append("\(indent)- { \(members.joined(separator: ", ")) }  \(score)")
      return
    }
    lines.append("\(indent)- \(to)  \(score)")
    if !row.groupKey.isEmpty { lines.append("\(indent)  \(row.groupKey): \(MappingDraft.quoted(row.from))") }
    lines.append("\(indent)  rows:")
    for (index, inner) in inner.enumerated() { write(inner, indent: indent + "    ", at: path + [index]) }
  }

  static func percent(_ score: Double) -> String { "\(Int((score * 100).rounded())) %" }
}
