import DocumentKit

/// Sees to it that one group writes no JSON member and no attribute twice.
///
/// XML elements may repeat, so they are left to the target's schema. Two rows for one place are allowed where each has
/// a `when`; that only one of them writes is then checked for every document.
struct TargetPlaces {
  struct Exclusive {
    let number: Int
    /// Index of the first compiled row of this place, if it has no number yet.
    let first: Int?
  }

  private struct Place {
    let row: MappingRow
    let isPassedThrough: Bool
    var compiledIndex: Int?
    var exclusive: Int?
  }

  private let isJSON: Bool
  private var places: [String: Place] = [:]
  private var lastKey: String?

  init(isJSON: Bool) {
    self.isJSON = isJSON
  }

  /// Takes the row's places; nil if the place is its own, a number if it shares it with rows of other conditions.
  mutating func take(
    _ row: MappingRow, sharing shared: Int, _ numbers: inout Int, _ errors: inout [MappingError],
  ) -> Exclusive? {
    let names = row.target.steps.map(\.qualified)
    if isJSON { passThrough(names, sharing: shared, row, &errors) }
    guard let key = key(of: row, names) else {
      lastKey = nil
      return nil
    }
    defer { lastKey = key }
    guard var known = places[key] else {
      places[key] = Place(row: row, isPassedThrough: false)
      return nil
    }
    if row.each != nil, known.row.each != nil, lastKey == key { return nil }
    guard row.when != nil, known.row.when != nil, !known.isPassedThrough else {
      errors.append(Self.twice(row, known.row, "keep one of the rows, or give each a ‘when’"))
      return nil
    }
    if let number = known.exclusive { return Exclusive(number: number, first: nil) }
    numbers += 1
    known.exclusive = numbers
    places[key] = known
    return Exclusive(number: numbers, first: known.compiledIndex)
  }

  /// Remembers where the row taken last stands among the compiled ones.
  mutating func didCompile(at index: Int) {
    guard let lastKey, places[lastKey]?.compiledIndex == nil else { return }
    places[lastKey]?.compiledIndex = index
  }

  private mutating func passThrough(
    _ names: [String], sharing shared: Int, _ row: MappingRow, _ errors: inout [MappingError],
  ) {
    for length in names.indices.map({ $0 + 1 }) where length > shared {
      let key = names.prefix(length).joined(separator: "/")
      if let known = places[key] {
        errors.append(Self.twice(row, known.row, "put the rows that write into it next to each other"))
        return
      }
      places[key] = Place(row: row, isPassedThrough: true)
    }
  }

  private func key(of row: MappingRow, _ names: [String]) -> String? {
    switch row.target.last {
    case .element(let name): isJSON ? (names + [name.qualified]).joined(separator: "/") : nil
    case .attribute(let name): (names + ["@" + name.qualified]).joined(separator: "/")
    case .here: nil
    }
  }

  private static func twice(_ row: MappingRow, _ first: MappingRow, _ remedy: String) -> MappingError {
    MappingError(
      .target, at: row.position, "‘\(row.target)’ is already written by the row in line \(first.position.line)",
      remedy: remedy)
  }
}
