/// One partner's two words for yes and no, such as `True`/`False`, `1`/`0` or `có`/`không`.
package struct BooleanFormat: Sendable, Equatable {
  package let trueText: String
  package let falseText: String

  /// The canonical side; it is written `true`/`false` and, being `xs:boolean`, also read from `1`/`0`.
  package static let canonical = BooleanFormat(trueText: "true", falseText: "false")

  package init(trueText: String, falseText: String) {
    self.trueText = trueText
    self.falseText = falseText
  }

  /// Nil for any word that is neither of the two.
  package func read(_ text: String) -> Bool? {
    if text == trueText { return true }
    if text == falseText { return false }
    guard self == .canonical else { return nil }
    return text == "1" ? true : text == "0" ? false : nil
  }

  package func write(_ value: Bool) -> String {
    value ? trueText : falseText
  }
}
