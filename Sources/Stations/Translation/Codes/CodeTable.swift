package import DocumentKit

/// Says which code of a partner means which canonical code, both ways, and what happens to a code nobody wrote down.
///
/// In either direction a code has exactly one meaning: several candidates are an error of the table, not a race that
/// the first row wins. An unknown code is never blank.
package struct CodeTable: Sendable {
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

  /// One line of the table.
  package struct Row: Sendable {
    package let foreign: String
    package let canonical: String
    /// Nil means both ways.
    package let direction: Direction?
    package let note: String
    package let position: YAMLPosition

    package func applies(_ direction: Direction) -> Bool {
      self.direction == nil || self.direction == direction
    }
  }

  package let name: String
  /// Prose: whose codes these are.
  package let foreignTitle: String
  package let canonicalTitle: String
  package let rows: [Row]
  package let unmappedIn: UnmappedPolicy
  package let unmappedOut: UnmappedPolicy
  package let position: YAMLPosition
  private let rowsByForeign: [String: Int]
  private let rowsByCanonical: [String: Int]

  /// Adds an error to `errors` for every row that gives a code a second meaning; the first row stands until then.
  init(
    name: String, foreignTitle: String, canonicalTitle: String, rows: [Row], unmappedIn: UnmappedPolicy,
    unmappedOut: UnmappedPolicy, position: YAMLPosition, errors: inout [MappingError],
  ) {
    self.name = name
    self.foreignTitle = foreignTitle
    self.canonicalTitle = canonicalTitle
    self.rows = rows
    self.unmappedIn = unmappedIn
    self.unmappedOut = unmappedOut
    self.position = position
    rowsByForeign = Self.index(rows, .in, by: \.foreign, &errors)
    rowsByCanonical = Self.index(rows, .out, by: \.canonical, &errors)
  }

  /// The row that gives `code` its meaning in this direction.
  package func row(for code: String, _ direction: Direction) -> Row? {
    let index = direction == .in ? rowsByForeign[code] : rowsByCanonical[code]
    return index.map { rows[$0] }
  }

  package func unmapped(_ direction: Direction) -> UnmappedPolicy {
    direction == .in ? unmappedIn : unmappedOut
  }

  private static func index(
    _ rows: [Row], _ direction: Direction, by key: KeyPath<Row, String>, _ errors: inout [MappingError],
  ) -> [String: Int] {
    var index: [String: Int] = [:]
    index.reserveCapacity(rows.count)
    for (number, row) in rows.enumerated() where row.applies(direction) {
      guard let first = index.updateValue(number, forKey: row[keyPath: key]) else { continue }
      index[row[keyPath: key]] = first
      let (side, other) = direction == .in ? ("foreign", "out") : ("canonical", "in")
      errors.append(
        MappingError(
          .codes, at: row.position,
          "the \(side) code ‘\(row[keyPath: key])’ already has a meaning in line \(rows[first].position.line)",
          remedy: "write ‘direction: \(other)’ in the row that must not answer in direction \(direction.rawValue)"))
    }
    return index
  }
}
