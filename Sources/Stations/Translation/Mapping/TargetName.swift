/// The name of an element or attribute that a mapping writes, with its namespace if it has one.
package struct TargetName: Sendable, Hashable {
  /// As written in the mapping and in the document: `name`, or `prefix:name`.
  package let qualified: String
  /// Nil means no namespace.
  package let namespace: String?

  package init(_ qualified: String, namespace: String? = nil) {
    self.qualified = qualified
    self.namespace = namespace
  }

  package var prefix: String? {
    qualified.firstIndex(of: ":").map { String(qualified[..<$0]) }
  }

  package var local: String {
    qualified.firstIndex(of: ":").map { String(qualified[qualified.index(after: $0)...]) } ?? qualified
  }
}
