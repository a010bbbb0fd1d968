/// Makes random JSON texts, always the same ones for a seed.
struct JSONSampler {
  private var generator: SplitMix64
  private var names = 0

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  /// A text without white space, nested at most so deep.
  mutating func text(depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &generator) {
    case 0: return ["null", "true", "false"].randomElement(using: &generator) ?? "null"
    case 1, 2: return number()
    case 3, 4, 5: return string()
    case 6, 7:
      let members = (0..<size()).map { _ in name() + ":" + text(depth: depth - 1) }
      return "{" + members.joined(separator: ",") + "}"
    default:
      return "[" + (0..<size()).map { _ in text(depth: depth - 1) }.joined(separator: ",") + "]"
    }
  }

  /// White space put between the tokens of such a text.
  mutating func spaced(_ text: String) -> String {
    var result = ""
    var isInString = false
    var isEscaped = false
    for character in text.unicodeScalars {
      let isToken = "{}[]:,".unicodeScalars.contains(character) && !isInString
      if isToken { result += space() }
      result.unicodeScalars.append(character)
      if isToken { result += space() }
      if character == "\"", !isEscaped { isInString.toggle() }
      isEscaped = isInString && !isEscaped && character == "\\"
    }
    return space() + result + space()
  }

  mutating func integer(in range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }

  // MARK: Pieces

  private mutating func size() -> Int { Int.random(in: 0..<6, using: &generator) }

  private mutating func space() -> String {
    let pieces = ["", "", "", " ", "\n", "\t", "\r\n", "  "]
    return pieces.randomElement(using: &generator) ?? ""
  }

  /// A name that has not come before, so that no object has it twice.
  private mutating func name() -> String {
    names += 1
    return String(string().dropLast()) + "#\(names)\""
  }

  private mutating func string() -> String {
    let pieces = [
      "a", "Ế", "đ", "😀", "\u{301}", "\u{7F}", "\u{FFFF}", "/", "\\/", "\\\"", "\\\\", "\\n", "\\b", "\\u0000",
      "\\u00E9",
      "\\ud83d\\ude00", "\\uFFFE", "Nguyễn Văn", "01234567", " ",
    ]
    return "\"" + (0..<size() * 2).compactMap { _ in pieces.randomElement(using: &generator) }.joined() + "\""
  }

  private mutating func number() -> String {
    let pieces = ["0", "-0", "7", "-12", "123456789012345678901234567890", "9007199254740993"]
    let fractions = ["", "", ".0", ".50", ".000000000000000000001"]
    let exponents = ["", "", "e5", "E-07", "e+300"]
    return [pieces, fractions, exponents].compactMap { $0.randomElement(using: &generator) }.joined()
  }
}
