/// One reason why a value is not valid by a schema.
///
/// The sentences name what the schema says (names, limits, formats) and never what the value holds.
package struct JSONSchemaFinding: Sendable, Equatable {
  /// The value that is not valid, as a JSON Pointer from the value that was validated.
  package let instanceLocation: JSONPointer
  /// The keyword, as a URI of its schema with a JSON Pointer as fragment.
  package let keywordLocation: String
  /// The keyword, for example `minLength`; `false` for the schema that allows nothing.
  package let keyword: String
  /// Byte offset of the value in its document; `JSONDocument.position(ofOffset:)` tells line and column.
  package let offset: Int
  package let messageEnglish: String
  package let messageVietnamese: String
}
