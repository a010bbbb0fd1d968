/// A document inside a string that a row reads: `parse`.
package struct NestedSource: Sendable {
  /// The text, in the context of the row.
  package let from: MappingDefinition.Expression
  package let source: MappingDefinition.Source
  /// The text is base64 of the document.
  package let isBase64: Bool
  /// Paths of the document inside that nobody reads.
  package let ignored: [MappingDefinition.Ignored]
}
