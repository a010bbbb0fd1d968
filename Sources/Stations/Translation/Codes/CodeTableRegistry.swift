import DocumentKit

/// The code tables of a site by name, shared by all mappings.
package struct CodeTableRegistry: Sendable {
  package static let empty = CodeTableRegistry(tables: [:])

  private let tables: [String: CodeTable]

  private init(tables: [String: CodeTable]) {
    self.tables = tables
  }

  /// Throws if two tables bear one name.
  package init(_ tables: [CodeTable]) throws(MappingErrors) {
    var byName: [String: CodeTable] = [:]
    var errors: [MappingError] = []
    for table in tables {
      guard let first = byName.updateValue(table, forKey: table.name) else { continue }
      errors.append(
        MappingError(
          .codes, at: table.position,
          Sentence(
            "the table ‘\(table.name)’ is also in \(first.position.file)",
            "bảng mã ‘\(table.name)’ cũng có trong \(first.position.file)"),
          remedy: Sentence("give one of them another name", "hãy đổi tên một trong hai")))
    }
    guard errors.isEmpty else { throw MappingErrors(errors) }
    self.tables = byName
  }

  package var names: [String] { tables.keys.sorted() }

  package subscript(name: String) -> CodeTable? { tables[name] }

  /// The complaint about a table that is not there, with the nearest name as a hint.
  func missing(_ name: String, at position: YAMLPosition) -> MappingError {
    let hint = NearestName.of(name, among: names).map(Sentence.didYouMean)
    return MappingError(
      .codes, at: position, Sentence("there is no code table ‘\(name)’", "không có bảng mã ‘\(name)’"),
      remedy: hint ?? Sentence("add codes/\(name).yaml", "hãy thêm codes/\(name).yaml"))
  }
}
