import DocumentKit
import ServiceKit
import Translation

/// Days between two rows of a dated code table on which no row answers for their code, unless the later row gives a reason.
///
/// A message of such a day is held, refused or given the default although the code is known before and after; mostly a day
/// was mistyped. Days before the first row and behind the last are no gap: the code did not exist yet, or no longer does.
struct CodeGaps {
  private(set) var findings: [CheckFinding] = []
  private let table: CodeTable
  /// Rows that say a gap which is there, in one direction at least, by their place.
  private var confirmed: Set<YAMLPosition> = []
  /// Gaps found, by the rows on either side: both directions may find the same.
  private var found: Set<[YAMLPosition]> = []

  init(of table: CodeTable) {
    self.table = table
    for direction in [CodeTable.Direction.in, .out] {
      let rows = table.rows.filter { $0.applies(direction) }
      for (code, rows) in Dictionary(grouping: rows, by: { $0.question(direction) }) {
        for cells in Set(rows.map(\.cells)) {
          // What answers for these keys: the rows that say them, and those that say less.
          look(between: rows.filter { Self.covers($0.cells, cells) }, code: code, cells: cells, direction)
        }
      }
    }
    for row in table.rows {
      guard let gap = row.gap, !confirmed.contains(row.position), !found.contains(where: { $0.last == row.position })
      else { continue }
      findings.append(
        CheckFinding(
          .error, .codeGap, at: gap.position,
          Sentence(
            "the row for ‘\(row.foreign)’ says a gap from \(gap.from), and none begins on that day",
            "dòng của ‘\(row.foreign)’ nêu khoảng trống từ \(gap.from), nhưng không khoảng trống nào bắt đầu vào ngày đó"
          ),
          remedy: Sentence("correct ‘from’, or drop ‘gap’", "hãy sửa ‘from’, hoặc bỏ ‘gap’"), path: "",
          code: row.foreign))
    }
    findings.sort { $0.position < $1.position }
  }

  private static func covers(_ cells: [String?], _ asked: [String?]) -> Bool {
    zip(cells, asked).allSatisfy { $0 == nil || $0 == $1 }
  }

  private mutating func look(
    between rows: [CodeTable.Row], code: String, cells: [String?], _ direction: CodeTable.Direction,
  ) {
    let ordered = rows.sorted { left, right in
      guard let from = right.validFrom else { return false }
      return left.validFrom.map { $0 < from } ?? true
    }
    var last: CodeTable.Row?
    for row in ordered {
      guard let earlier = last else {
        last = row
        continue
      }
      // Without an end the earlier row answers for ever.
      guard let until = earlier.validUntil else { return }
      if let from = row.validFrom, let first = until.next, first < from {
        add(first, from, earlier, row, code, cells, direction)
      }
      if row.validUntil.map({ until < $0 }) ?? true { last = row }
    }
  }

  private mutating func add(
    _ first: CivilDay, _ from: CivilDay, _ earlier: CodeTable.Row, _ later: CodeTable.Row, _ code: String,
    _ cells: [String?], _ direction: CodeTable.Direction,
  ) {
    if let gap = later.gap, gap.from <= first {
      // The other direction may know the days before from another row; in one of them the gap must be as it is said.
      if gap.from == first { confirmed.insert(later.position) }
      return
    }
    guard let end = from.previous, found.insert([earlier.position, later.position]).inserted else { return }
    let keys = zip(table.columns, cells).compactMap { column, cell in cell.map { "\(column.name) ‘\($0)’" } }
      .joined(separator: ", ")
    let with = keys.isEmpty ? .none : Sentence(" with \(keys)", " với \(keys)")
    let days =
      first == end
      ? Sentence(" on \(first)", " ngày \(first)") : Sentence(" from \(first) to \(end)", " từ \(first) đến \(end)")
    let line = earlier.position.line
    let said =
      later.gap.map { gap in
        Sentence(
          "; the gap that is said begins on \(gap.from)", "; khoảng trống đã nêu bắt đầu ngày \(gap.from)")
      } ?? .none
    findings.append(
      CheckFinding(
        .error, .codeGap, at: later.position,
        Sentence(
          "the table ‘\(table.name)’ has no row for \(direction.side) code ‘\(code)’",
          "bảng mã ‘\(table.name)’ không có dòng cho \(direction.side.vietnamese) ‘\(code)’")
          + with + days + Sentence(", between line \(line) and this one", ", giữa dòng \(line) và dòng này") + said,
        remedy: Sentence(
          "correct ‘validUntil’ there or ‘validFrom’ here, add a row for these days, or say why nothing holds: "
            + "gap: { from: \(first), reason: … }",
          "hãy sửa ‘validUntil’ ở đó hoặc ‘validFrom’ ở đây, thêm dòng cho những ngày này, hoặc nói vì sao không dòng nào "
            + "có hiệu lực: gap: { from: \(first), reason: … }"),
        path: "", code: code))
  }
}
