package import DocumentKit
package import ServiceKit

/// Says which code of a partner means which canonical code, both ways, and what happens to a code nobody wrote down.
///
/// The meaning may depend on further keys, the columns, and on a day. In either direction a code has exactly one meaning
/// for one set of keys on one day: several candidates are an error of the table, not a race that the first row wins; of
/// two rows of which one says more, that one answers. An unknown code is never blank.
package final class CodeTable: Sendable {
  /// `in` reads a partner's code as a canonical one, `out` writes it for the partner.
  package enum Direction: String, Sendable {
    case `in`
    case out
  }

  /// What happens to a code without a row.
  package enum UnmappedPolicy: Sendable, Equatable {
    /// The translation is held until an operator has added the row.
    case hold
    /// The document is refused: the sender must send another code.
    case reject
    /// The document goes on with this code and the report says so.
    case substitute(String, reason: String)
  }

  package let name: String
  /// Prose: whose codes these are.
  package let foreignTitle: String
  package let canonicalTitle: String
  /// Keys beside the code, in the order of the file.
  package let columns: [Column]
  package let rows: [Row]
  /// Nil where no dictionary has a say.
  package let dictionary: TableDictionary?
  package let unmappedIn: UnmappedPolicy
  package let unmappedOut: UnmappedPolicy
  package let position: YAMLPosition
  private let rowsByForeign: Index
  private let rowsByCanonical: Index

  /// Rows by code: in a plain table one row, in one with columns or dates several, the most specific first.
  private enum Index: Sendable {
    case one([String: Int])
    case several([String: [Int]])
  }

  /// Adds an error to `errors` for every row that gives a code a second meaning; the first row stands until then.
  init(
    name: String, foreignTitle: String, canonicalTitle: String, columns: [Column], rows: [Row],
    dictionary: TableDictionary?, unmappedIn: UnmappedPolicy, unmappedOut: UnmappedPolicy, position: YAMLPosition,
    errors: inout [MappingError],
  ) {
    self.name = name
    self.foreignTitle = foreignTitle
    self.canonicalTitle = canonicalTitle
    self.columns = columns
    self.rows = rows
    self.dictionary = dictionary
    self.unmappedIn = unmappedIn
    self.unmappedOut = unmappedOut
    self.position = position
    rowsByForeign = Self.index(rows, .in, &errors)
    rowsByCanonical = Self.index(rows, .out, &errors)
  }

  /// Whether what a code means depends on the day.
  package var isDated: Bool { rows.contains(where: \.isDated) }

  /// The row that gives `code` its meaning in this direction.
  ///
  /// - Parameters:
  ///   - cells: one for each column.
  ///   - day: needed if the table is dated.
  package func row(
    for code: String, _ direction: Direction, cells: [String] = [], on day: CivilDay? = nil,
  ) -> Row? {
    number(of: code, direction, cells, day).map { rows[$0] }
  }

  private func number(of code: String, _ direction: Direction, _ cells: [String], _ day: CivilDay?) -> Int? {
    switch direction == .in ? rowsByForeign : rowsByCanonical {
    case .one(let index): index[code]
    case .several(let index): index[code]?.first { rows[$0].applies(to: cells, on: day) }
    }
  }

  /// What `code` means in this direction, for a table over which no dictionary has a say; no row is copied for it.
  func meaning(of code: String, _ direction: Direction, cells: [String], on day: CivilDay?) -> String? {
    number(of: code, direction, cells, day).map { direction == .in ? rows[$0].canonical : rows[$0].foreign }
  }

  package func unmapped(_ direction: Direction) -> UnmappedPolicy {
    direction == .in ? unmappedIn : unmappedOut
  }

  private static func index(_ rows: [Row], _ direction: Direction, _ errors: inout [MappingError]) -> Index {
    let isPlain = rows.allSatisfy { $0.cells.allSatisfy { $0 == nil } && !$0.isDated }
    var index: [String: [Int]] = [:]
    index.reserveCapacity(rows.count)
    for (number, row) in rows.enumerated() where row.applies(direction) {
      let code = row.code(direction)
      if let first = index[code, default: []].first(where: { rows[$0].competes(with: row) }) {
        errors.append(conflict(row, rows[first], direction))
      } else {
        index[code, default: []].append(number)
      }
    }
    guard !isPlain else { return .one(index.compactMapValues(\.first)) }
    // Rows that compete for nothing can be asked in any order but this one: who says more goes first.
    return .several(
      index.mapValues { numbers in
        numbers.sorted { (rows[$1].cells.givenCount, $0) < (rows[$0].cells.givenCount, $1) }
      })
  }

  private static func conflict(_ row: Row, _ first: Row, _ direction: Direction) -> MappingError {
    let other = direction == .in ? Direction.out : .in
    let isOfSomeDays = row.isDated || first.isDated
    let days = isOfSomeDays ? Sentence(" on some of the same days", " trong một số ngày trùng nhau") : .none
    let (code, line) = (row.code(direction), first.position.line)
    let remedy =
      Sentence(
        "write ‘direction: \(other.rawValue)’ in the row that must not answer in direction \(direction.rawValue)",
        "hãy viết ‘direction: \(other.rawValue)’ ở dòng không được trả lời theo chiều \(direction.rawValue)")
      + (row.cells.isEmpty
        ? .none : Sentence(", or tell the rows apart by a column", ", hoặc phân biệt các dòng bằng một cột"))
      + (isOfSomeDays
        ? Sentence(
          ", or end one before the other begins", ", hoặc cho dòng này hết hiệu lực trước khi dòng kia bắt đầu")
        : .none)
    return MappingError(
      .codes, at: row.position,
      direction.side
        + Sentence(" code ‘\(code)’ already has a meaning in line \(line)", " ‘\(code)’ đã có nghĩa ở dòng \(line)")
        + days,
      remedy: remedy)
  }
}

extension CodeTable.Direction {
  /// Whose codes are asked for, to begin a sentence with.
  package var side: Sentence {
    self == .in ? Sentence("the foreign", "mã của đối tác") : Sentence("the canonical", "mã chuẩn")
  }
}

extension CodeTable.Row {
  fileprivate func code(_ direction: CodeTable.Direction) -> String {
    direction == .in ? foreign : canonical
  }
}

extension [String?] {
  fileprivate var givenCount: Int { reduce(0) { $0 + ($1 == nil ? 0 : 1) } }
}
