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
          .codes, at: table.position, "the table ‘\(table.name)’ is also in \(first.position.file)",
          remedy: "give one of them another name"))
    }
    guard errors.isEmpty else { throw MappingErrors(errors) }
    self.tables = byName
  }

  package var names: [String] { tables.keys.sorted() }

  package subscript(name: String) -> CodeTable? { tables[name] }

  /// The complaint about a table that is not there, with the nearest name as a hint.
  func missing(_ name: String, at position: YAMLPosition) -> MappingError {
    let hint = NearestName.of(name, among: names).map { "did you mean ‘\($0)’?" }
    return MappingError(
      .codes, at: position, "there is no code table ‘\(name)’", remedy: hint ?? "add codes/\(name).yaml")
  }
}
