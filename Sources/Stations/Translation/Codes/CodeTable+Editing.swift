package import DocumentKit

extension CodeTable {
  /// The table without the row at this place; what a tool asks to learn which documents need the row.
  package func without(rowAt position: YAMLPosition) -> CodeTable {
    var errors: [MappingError] = []
    return CodeTable(
      name: name, foreignTitle: foreignTitle, canonicalTitle: canonicalTitle, columns: columns,
      rows: rows.filter { $0.position != position }, dictionary: dictionary,
      unmappedIn: unmappedIn, unmappedOut: unmappedOut,
      position: self.position, errors: &errors)
  }
}
