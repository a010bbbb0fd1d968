/// The name of an element or attribute that a mapping writes, with its namespace if it has one.
///
/// It is a class so that the rows and elements that bear a name share it instead of copying its texts.
package final class TargetName: Sendable, Hashable {
  /// As written in the mapping and in the document: `name`, or `prefix:name`.
  package let qualified: String
  package let prefix: String?
  package let local: String
  /// Nil means no namespace.
  package let namespace: String?

  package init(_ qualified: String, namespace: String? = nil) {
    self.qualified = qualified
    self.namespace = namespace
    let colon = qualified.firstIndex(of: ":")
    prefix = colon.map { String(qualified[..<$0]) }
    local = colon.map { String(qualified[qualified.index(after: $0)...]) } ?? qualified
  }

  package static func == (left: TargetName, right: TargetName) -> Bool {
    left.qualified == right.qualified && left.namespace == right.namespace
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(qualified)
    hasher.combine(namespace)
  }
}
