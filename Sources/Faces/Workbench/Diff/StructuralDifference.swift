/// One place in which two documents differ.
package struct StructuralDifference: Sendable, Equatable {
  package enum Kind: String, Sendable {
    /// Only the second document has it.
    case added
    /// Only the first document has it.
    case removed
    /// Both have it, with other text, another JSON type, or another order of their elements.
    case changed
  }

  package let kind: Kind
  /// A JSON Pointer or an XPath; of what was added in the second document, otherwise in the first.
  package let path: String
  /// The path by names alone, without places in lists, as `--ignore` and patterns name it: `owner/name`.
  package let pattern: String
  /// The text in the first document; of JSON as it is written there. Nil for what holds elements or is not there.
  package let before: String?
  package let after: String?

  package init(_ kind: Kind, path: String, pattern: String, before: String?, after: String?) {
    self.kind = kind
    self.path = path
    self.pattern = pattern
    self.before = before
    self.after = after
  }

  /// `~ path: "before" → "after"`, `+ path: "after"`, `- path: "before"`.
  package var text: String {
    switch kind {
    case .added: "+ \(path)" + (after.map { ": \($0)" } ?? "")
    case .removed: "- \(path)" + (before.map { ": \($0)" } ?? "")
    case .changed: "~ \(path): \(before ?? "…") → \(after ?? "…")"
    }
  }
}
