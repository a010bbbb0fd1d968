/// Says in which file the schema of a namespace is, for imports of namespaces that live elsewhere.
package struct XMLCatalogue: Sendable, Equatable {
  /// Path of the schema file by namespace.
  package var files: [String: String]

  package init(_ files: [String: String]) {
    self.files = files
  }

  package static let empty = XMLCatalogue([:])
}
