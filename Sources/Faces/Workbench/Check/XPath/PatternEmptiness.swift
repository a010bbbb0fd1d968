/// Whether a regular expression matches a text of no characters.
///
/// It reads what JSON Schema and XSD patterns have in common: alternatives, groups, classes, quantifiers. For a text without
/// characters it does not matter whether the pattern is anchored.
struct PatternEmptiness {
  private var rest: Substring
  private var isKnown = true

  /// Nil where the pattern uses something that is not read here, such as looking ahead.
  static func matchesNothing(_ pattern: String) -> Bool? {
    var reader = PatternEmptiness(rest: pattern[...])
    let answer = reader.alternatives()
    return reader.isKnown && reader.rest.isEmpty ? answer : nil
  }

  private mutating func alternatives() -> Bool {
    var answer = sequence()
    while rest.first == "|" {
      rest.removeFirst()
      let next = sequence()
      answer = answer || next
    }
    return answer
  }

  private mutating func sequence() -> Bool {
    var answer = true
    while isKnown, let first = rest.first, first != "|", first != ")" {
      let piece = piece()
      answer = answer && piece
    }
    return answer
  }

  private mutating func piece() -> Bool {
    let atom = atom()
    switch rest.first {
    case "*", "?":
      rest.removeFirst()
      skipLaziness()
      return true
    case "+":
      rest.removeFirst()
      skipLaziness()
      return atom
    case "{":
      guard let end = rest.firstIndex(of: "}") else { return giveUp() }
      let least = rest[rest.index(after: rest.startIndex)..<end].prefix { $0.isNumber }
      rest = rest[rest.index(after: end)...]
      skipLaziness()
      return atom || Int(least) == 0
    default: return atom
    }
  }

  private mutating func skipLaziness() {
    if let next = rest.first, next == "?" || next == "+" { rest.removeFirst() }
  }

  private mutating func atom() -> Bool {
    switch rest.removeFirst() {
    case "^", "$": return true
    case "(": return group()
    case "[": return characterClass()
    case "\\":
      guard let escaped = rest.popFirst() else { return giveUp() }
      if escaped == "b" || escaped == "B" { return giveUp() }
      if "pPuxc".contains(escaped) { skipArgument() }
      return false
    default: return false
    }
  }

  private mutating func group() -> Bool {
    if rest.first == "?" {
      guard rest.hasPrefix("?:") else { return giveUp() }
      rest.removeFirst(2)
    }
    let answer = alternatives()
    guard rest.popFirst() == ")" else { return giveUp() }
    return answer
  }

  private mutating func characterClass() -> Bool {
    var depth = 1
    while depth > 0 {
      switch rest.popFirst() {
      case nil: return giveUp()
      case "\\": _ = rest.popFirst()
      case "[": depth += 1
      case "]": depth -= 1
      default: break
      }
    }
    return false
  }

  private mutating func skipArgument() {
    guard rest.first == "{", let end = rest.firstIndex(of: "}") else { return }
    rest = rest[rest.index(after: end)...]
  }

  private mutating func giveUp() -> Bool {
    isKnown = false
    return false
  }
}
