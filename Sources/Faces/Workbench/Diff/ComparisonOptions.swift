/// What two documents are allowed to differ in, and how the members of their lists find each other.
package struct ComparisonOptions: Sendable {
  /// Paths that do not matter, with everything below them.
  package var ignored: [PathPattern] = []
  /// Lists whose members are told apart by the text of one of their leaves and not by their place.
  package var keys: [Key] = []

  package struct Key: Sendable {
    package let list: PathPattern
    /// A path of names below a member, such as `id` or `identity/@number`.
    package let leaf: [String]

    /// `LIST=LEAF`, such as `attachment=id`; nil for anything else.
    package init?(_ text: String) {
      let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
      list = PathPattern(parts[0])
      leaf = parts[1].split(separator: "/").map(String.init)
    }
  }

  package init() {}
}
