/// Keeps the text of a scalar as written together with how it was written.
///
/// No type is guessed: `yes`, `01` and `2026-11-20` stay text until a reader asks for something else.
package struct YAMLScalar: Sendable, Equatable {
  package enum Style: Sendable {
    case plain
    case singleQuoted
    case doubleQuoted
    case literal
    case folded
  }

  package let text: String
  package let style: Style
  /// Whether the scalar may be read as a number, a boolean or null: plain and untagged, or tagged with such a type.
  package let isTyped: Bool

  package init(text: String, style: Style, isTyped: Bool) {
    self.text = text
    self.style = style
    self.isTyped = isTyped
  }

  /// Whether this is YAML's null: nothing at all, `~` or `null`, unquoted (YAML 1.2 §10.3.2, core schema).
  package var isNull: Bool {
    guard isTyped else { return false }
    switch text {
    case "", "~", "null", "Null", "NULL": return true
    default: return false
    }
  }
}
