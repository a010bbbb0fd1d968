/// How large a schema may be for a shape to be made of it.
package struct SchemaShapeLimits: Sendable, Equatable {
  /// Files of one schema.
  package var files: Int
  /// Bytes of each file.
  package var fileBytes: Int
  /// Declarations of elements, attributes and members.
  package var places: Int
  /// Leaf paths below one root.
  package var leaves: Int
  /// Declarations, types and groups inside one another.
  package var depth: Int
  /// Combinations of the branches of `anyOf` and `oneOf` at one place of a JSON Schema.
  package var alternatives: Int

  package init(
    files: Int = 500, fileBytes: Int = 8 << 20, places: Int = 20_000, leaves: Int = 20_000, depth: Int = 128,
    alternatives: Int = 64,
  ) {
    self.files = files
    self.fileBytes = fileBytes
    self.places = places
    self.leaves = leaves
    self.depth = depth
    self.alternatives = alternatives
  }

  package static let standard = SchemaShapeLimits()
}
