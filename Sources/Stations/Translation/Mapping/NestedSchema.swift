package import DocumentKit

/// The schema of a document inside a string that a mapping reads or writes.
package struct NestedSchema: Sendable {
  /// Path below the folder of schemas.
  package let path: String
  package let format: DocumentTree.Format
  /// Where the mapping names it.
  package let position: YAMLPosition
}

extension MappingDefinition {
  /// The schemas of all documents inside strings, in the order of the rows.
  package var nestedSchemas: [NestedSchema] {
    allRows.flatMap { row in
      var schemas: [NestedSchema] = []
      if let source = row.parse?.source {
        schemas.append(NestedSchema(path: source.schema, format: source.format, position: source.position))
      }
      if case .document(let document, _) = row.content {
        let target = document.target
        schemas.append(NestedSchema(path: target.schema, format: target.format, position: target.position))
      }
      return schemas
    }
  }
}
