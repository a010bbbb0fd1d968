extension ECMAPattern {
  mutating func readClass() throws(Fault) {
    index += 1
    let isNegated = peek() == "^"
    if isNegated { index += 1 }
    if peek() == "]" {  // PCRE2 would take this bracket for a member
      index += 1
      result += isNegated ? "[\\x{0}-\\x{10FFFF}]" : "(?!)"
      return
    }
    result += isNegated ? "[^" : "["
    while let scalar = peek(), scalar != "]" {
      guard let first = try readMember() else {
        if peek() == "-", scalars.indices.contains(index + 1), scalars[index + 1] != "]" {
          throw fault("a class cannot be the end of a range; write the \"-\" last or escape it")
        }
        continue
      }
      appendLiteral(first)
      guard peek() == "-", scalars.indices.contains(index + 1), scalars[index + 1] != "]" else { continue }
      index += 1
      guard let last = try readMember() else { throw fault("a class cannot be the end of a range") }
      guard first <= last else { throw fault("the ends of a range are out of order") }
      result += "-"
      appendLiteral(last)
    }
    guard peek() == "]" else { throw fault("a class is not closed with \"]\"") }
    index += 1
    result += "]"
  }

  /// Reads one member; a single scalar is returned, a set like `\d` is appended and nil returned.
  private mutating func readMember() throws(Fault) -> Unicode.Scalar? {
    guard peek() == "\\" else { return take() }
    index += 1
    switch peek() {
    case nil:
      throw fault("\"\\\" ends the expression")
    case "b":
      index += 1
      return "\u{8}"
    case "s", "S":
      result += take() == "s" ? Self.space : Self.notSpace
      return nil
    default:
      return try appendSet() ? nil : try readEscapedScalar()
    }
  }
}
