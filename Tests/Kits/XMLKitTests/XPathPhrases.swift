/// Makes expressions from the grammar of XPath 1.0, and breaks them.
struct XPathPhrases {
  static let namespaces = ["x": "urn:x", "tên": "urn:ten"]

  private var random: PhraseRandom

  init(seed: UInt64) { random = PhraseRandom(state: seed) }

  /// A sentence of the grammar with blanks strewn in where they mean nothing.
  mutating func expression() -> String { join(tokens(depth: 4)) }

  /// A sentence with one to three mistakes in its tokens; some of them are sentences still.
  mutating func broken() -> String {
    var tokens = tokens(depth: 3)
    for _ in 0...Int.random(in: 0..<3, using: &random) where !tokens.isEmpty {
      let place = Int.random(in: tokens.indices, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: tokens.remove(at: place)
      case 1: tokens.insert(tokens[place], at: place)
      case 2: tokens.swapAt(place, Int.random(in: tokens.indices, using: &random))
      default: tokens.insert(pick(Self.strange), at: place)
      }
    }
    return join(tokens)
  }

  /// What libxml2 2.9 lets pass though XPath 1.0 has no such sentence: steps without anything between their slashes, and
  /// a call or a union left open at the very end.
  static func isKnownDeviation(_ source: String) -> Bool {
    var slashes: [Int] = []
    var isBehindSlash = false
    var quote: Character?
    for character in source {
      if let open = quote {
        if character == open { quote = nil }
        continue
      }
      if character == "'" || character == "\"" { quote = character }
      if character == "/" {
        if isBehindSlash { slashes[slashes.count - 1] += 1 } else { slashes.append(1) }
        isBehindSlash = true
      } else if !character.isWhitespace {
        isBehindSlash = false
      }
    }
    let end = source.last { !$0.isWhitespace }
    return slashes.contains { $0 > 2 } || source.contains(/\/\s+\//) || end == "(" || end == "," || end == "|"
  }

  private static let strange = [
    "!", "#", "::", ":", "]", ")", "(", "[", ",", "$", "'", "..", "//", "@", "and", "1", "~",
  ]

  // MARK: The grammar

  private mutating func tokens(depth: Int) -> [String] {
    guard depth > 0 else { return operand(depth: 0) }
    switch Int.random(in: 0..<8, using: &random) {
    case 0:
      let symbol = pick(["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"])
      return tokens(depth: depth - 1) + [symbol] + tokens(depth: depth - 1)
    case 1: return path(depth: depth - 1) + ["|"] + path(depth: depth - 1)
    case 2: return ["-"] + operand(depth: depth - 1)
    default: return operand(depth: depth - 1)
    }
  }

  private mutating func operand(depth: Int) -> [String] {
    switch Int.random(in: 0..<(depth > 0 ? 12 : 8), using: &random) {
    case 0: [pick(["1", "0.5", ".5", "7."])]
    case 1: [pick(["'a'", "\"b c\"", "''", "'đ'"])]
    case 2: [pick(["$group", "$x:y"])]
    case 3...7: path(depth: max(0, depth - 1))
    case 8: ["("] + tokens(depth: depth - 1) + [")"]
    case 9: ["("] + path(depth: depth - 1) + [")", "["] + tokens(depth: depth - 1) + ["]"]
    case 10: ["("] + path(depth: depth - 1) + [")", pick(["/", "//"])] + steps(depth: depth - 1)
    default: call(depth: depth - 1)
    }
  }

  private mutating func call(depth: Int) -> [String] {
    let name = pick(["count", "not", "normalize-space", "x:f", "last", "concat"])
    var tokens = [name, "("]
    for number in 0..<Int.random(in: 0..<3, using: &random) {
      if number > 0 { tokens.append(",") }
      tokens += self.tokens(depth: depth)
    }
    return tokens + [")"]
  }

  private mutating func path(depth: Int) -> [String] {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: ["/"] + steps(depth: depth)
    case 1: ["//"] + steps(depth: depth)
    default: steps(depth: depth)
    }
  }

  private mutating func steps(depth: Int) -> [String] {
    var tokens = step(depth: depth)
    for _ in 0..<Int.random(in: 0..<3, using: &random) { tokens += [pick(["/", "/", "//"])] + step(depth: depth) }
    return tokens
  }

  private mutating func step(depth: Int) -> [String] {
    var tokens: [String]
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return [pick([".", ".."])]
    case 1: tokens = ["@", pick(["id", "x:id", "*"])]
    case 2:
      tokens = [pick(["child", "parent", "self", "descendant", "ancestor-or-self"]), "::", pick(["a", "*", "x:b"])]
    case 3: tokens = [pick(["text", "node", "comment"]), "(", ")"]
    case 4: tokens = [pick(["*", "x:*"])]
    default: tokens = [pick(["a", "b-c", "MaHoSo", "or", "div", "child", "text", "x:ten", "_1.2"])]
    }
    if depth > 0, Int.random(in: 0..<4, using: &random) == 0 {
      tokens += ["["] + self.tokens(depth: depth - 1) + ["]"]
    }
    return tokens
  }

  // MARK: Chance

  private mutating func pick(_ choices: [String]) -> String {
    choices.randomElement(using: &random) ?? ""
  }

  /// Blanks where two names or numbers would run together, and by chance elsewhere.
  private mutating func join(_ tokens: [String]) -> String {
    var text = ""
    for token in tokens {
      let runsTogether = text.last.map(Self.isInName) ?? false && token.first.map(Self.isInName) ?? false
      if runsTogether || Int.random(in: 0..<5, using: &random) == 0 { text += " " }
      text += token
    }
    return text
  }

  private static func isInName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "-_.".contains(character)
  }
}

/// SplitMix64: the same expressions for the same seed.
struct PhraseRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
