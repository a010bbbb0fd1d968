/// A document that a row writes as the text of its place: `write`.
package struct NestedTarget: Sendable {
  package let target: MappingDefinition.Target
  /// The text is base64 of the document.
  package let isBase64: Bool
  /// The text begins with `<?xml version="1.0" encoding="UTF-8"?>`.
  package let hasDeclaration: Bool
}
