import XMLKit

/// A `when` as far as it can be reasoned about: what it asks of which part of the source.
indirect enum Condition: Sendable {
  case constant(Bool)
  /// A question that is only known by its text.
  case opaque(String)
  /// A node of this path is there.
  case exists(String)
  /// The path's text is (or is not) this one; `asText` where an absent node counts as an empty text.
  case equals(String, Operand, isNegated: Bool, asText: Bool)
  /// The path's text is not empty.
  case isFilled(String)
  case not(Condition)
  case and(Condition, Condition)
  case or(Condition, Condition)

  enum Operand: Sendable, Hashable {
    case text(String)
    case number(String)

    func matches(_ text: String) -> Bool {
      switch self {
      case .text(let own): own == text
      case .number(let digits): Double(digits) != nil && Double(digits) == Double(text)
      }
    }

    var text: String {
      switch self {
      case .text(let text), .number(let text): text
      }
    }
  }
}
