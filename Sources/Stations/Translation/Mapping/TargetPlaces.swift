import DocumentKit

/// Sees to it that one group writes no JSON member and no attribute twice.
///
/// XML elements may repeat, so they are left to the target's schema. Two rows for one place are allowed where each has
/// a `when`; that only one of them writes is then checked for every document.
struct TargetPlaces {
  private struct Place {
    let row: MappingRow
    /// Which of the rows taken it is.
    let index: Int
    let isPassedThrough: Bool
    var exclusive: Int?
  }

  private let isJSON: Bool
  private var places: [String: Place] = [:]
  private var lastKey: String?
  /// For each row taken the number it shares with rows of other conditions for the same place; nil if it has none.
  private(set) var exclusiveNumbers: [Int?] = []

  init(isJSON: Bool) {
    self.isJSON = isJSON
  }

  /// Takes the places of the next row.
  mutating func take(
    _ row: MappingRow, sharing shared: Int, _ numbers: inout Int, _ errors: inout [MappingError],
  ) {
    let index = exclusiveNumbers.count
    exclusiveNumbers.append(nil)
    let names = row.target.steps.map(\.qualified)
    if isJSON { passThrough(names, sharing: shared, row, &errors) }
    let key = key(of: row, names)
    defer { lastKey = key }
    guard let key else { return }
    guard var known = places[key] else {
      places[key] = Place(row: row, index: index, isPassedThrough: false)
      return
    }
    if row.each != nil, known.row.each != nil, lastKey == key { return }
    guard row.when != nil, known.row.when != nil, !known.isPassedThrough else {
      errors.append(
        Self.twice(
          row, known.row,
          Sentence(
            "keep one of the rows, or give each a ‘when’", "hãy giữ một trong các dòng, hoặc cho mỗi dòng một ‘when’")))
      return
    }
    if known.exclusive == nil {
      numbers += 1
      known.exclusive = numbers
      places[key] = known
      exclusiveNumbers[known.index] = numbers
    }
    exclusiveNumbers[index] = known.exclusive
  }

  private mutating func passThrough(
    _ names: [String], sharing shared: Int, _ row: MappingRow, _ errors: inout [MappingError],
  ) {
    for length in names.indices.map({ $0 + 1 }) where length > shared {
      let key = names.prefix(length).joined(separator: "/")
      if let known = places[key] {
        errors.append(
          Self.twice(
            row, known.row,
            Sentence("put the rows that write into it next to each other", "hãy đặt các dòng cùng ghi vào đó cạnh nhau")
          ))
        return
      }
      places[key] = Place(row: row, index: exclusiveNumbers.count - 1, isPassedThrough: true)
    }
  }

  private func key(of row: MappingRow, _ names: [String]) -> String? {
    switch row.target.last {
    case .element(let name): isJSON ? (names + [name.qualified]).joined(separator: "/") : nil
    case .attribute(let name): (names + ["@" + name.qualified]).joined(separator: "/")
    case .here: nil
    }
  }

  private static func twice(_ row: MappingRow, _ first: MappingRow, _ remedy: Sentence) -> MappingError {
    MappingError(
      .target, at: row.position,
      Sentence(
        "‘\(row.target)’ is already written by the row in line \(first.position.line)",
        "‘\(row.target)’ đã được ghi bởi dòng ánh xạ ở dòng \(first.position.line)"),
      remedy: remedy)
  }
}
