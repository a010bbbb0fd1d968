/// Reads a regular expression, one function per level of its grammar.
struct SamplePatternParser {
  private let scalars: [Unicode.Scalar]
  private let dialect: SamplePattern.Dialect
  private var index = 0
  private var depth = 0

  /// Groups inside one another.
  static let depthLimit = 64

  init(_ source: String, _ dialect: SamplePattern.Dialect) {
    scalars = Array(source.unicodeScalars)
    self.dialect = dialect
  }

  mutating func parse() throws(SampleError) -> SamplePattern.Node {
    let node = try alternatives()
    guard index == scalars.count else { throw refusal("a bracket that closes nothing") }
    return node
  }

  private func refusal(_ what: String) -> SampleError {
    SampleError(
      .text, "No text can be made from its pattern: it has \(what) at character \(index + 1); give it `examples`.")
  }

  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    index += 1
    return true
  }

  private mutating func alternatives() throws(SampleError) -> SamplePattern.Node {
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func sequence() throws(SampleError) -> SamplePattern.Node {
    var nodes: [SamplePattern.Node] = []
    while let scalar = next, scalar != "|", scalar != ")" { nodes.append(try quantified(try atom())) }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func quantified(_ node: SamplePattern.Node) throws(SampleError) -> SamplePattern.Node {
    var bounds: (Int, Int?)?
    if take("?") {
      bounds = (0, 1)
    } else if take("*") {
      bounds = (0, nil)
    } else if take("+") {
      bounds = (1, nil)
    } else if take("{") {
      let minimum = number() ?? 0
      var maximum: Int? = minimum
      if take(",") { maximum = number() }
      guard take("}") else { throw refusal("a count that does not end") }
      bounds = (minimum, maximum)
    }
    guard let (minimum, maximum) = bounds else { return node }
    if dialect == .ecma { _ = take("?") }
    return .repeated(node, minimum: minimum, maximum: maximum)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let scalar = next, let digit = Int(String(scalar)), ("0"..."9").contains(scalar) {
      value = min(1_000_000, (value ?? 0) * 10 + digit)
      index += 1
    }
    return value
  }

  private mutating func atom() throws(SampleError) -> SamplePattern.Node {
    guard let scalar = next else { throw refusal("an end where something is missing") }
    switch scalar {
    case "(": return try group()
    case "[":
      index += 1
      return .characters(try characterClass())
    case ".":
      index += 1
      return .characters(.any)
    case "\\":
      index += 1
      return .characters(SampleCharacters(items: [try escape()]))
    case "^" where dialect == .ecma:
      index += 1
      return .start
    case "$" where dialect == .ecma:
      index += 1
      return .end
    case "*", "+", "?": throw refusal("a quantifier that follows nothing")
    default:
      index += 1
      return .characters(.one(scalar))
    }
  }

  private mutating func group() throws(SampleError) -> SamplePattern.Node {
    guard depth < Self.depthLimit else { throw refusal("more than \(Self.depthLimit) groups inside one another") }
    index += 1
    if take("?") {
      if next == "<", index + 1 < scalars.count, scalars[index + 1] != "=", scalars[index + 1] != "!" {
        while let scalar = next, scalar != ">" { index += 1 }
        guard take(">") else { throw refusal("a name that does not end") }
      } else if !take(":") {
        throw refusal("look-around")
      }
    }
    depth += 1
    let node = try alternatives()
    depth -= 1
    guard take(")") else { throw refusal("a group that does not end") }
    return node
  }

  // MARK: Classes and escapes

  private mutating func characterClass() throws(SampleError) -> SampleCharacters {
    var set = SampleCharacters(items: [], isNegated: take("^"))
    while let scalar = next, scalar != "]" {
      if scalar == "[", dialect == .xsd { throw refusal("subtraction of classes") }
      let item = try classItem()
      guard case .range(let low) = item, low.count == 1, next == "-", index + 1 < scalars.count,
        scalars[index + 1] != "]", scalars[index + 1] != "["
      else {
        set.items.append(item)
        continue
      }
      index += 1
      guard case .range(let high) = try classItem(), high.count == 1, low.lowerBound <= high.lowerBound else {
        throw refusal("a range with a wrong end")
      }
      set.items.append(.range(low.lowerBound...high.lowerBound))
    }
    guard take("]") else { throw refusal("a class that does not end") }
    return set
  }

  private mutating func classItem() throws(SampleError) -> SampleCharacters.Item {
    guard let scalar = next else { throw refusal("a class that does not end") }
    index += 1
    return scalar == "\\" ? try escape() : .range(scalar.value...scalar.value)
  }

  private mutating func escape() throws(SampleError) -> SampleCharacters.Item {
    guard let scalar = next else { throw refusal("a backslash at its end") }
    index += 1
    func exactly(_ value: UInt32) -> SampleCharacters.Item { .range(value...value) }
    switch scalar {
    case "d": return .digit
    case "D": return .not(.digit)
    case "s": return .space
    case "S": return .not(.space)
    case "w": return .word
    case "W": return .not(.word)
    case "i" where dialect == .xsd: return .nameStart
    case "I" where dialect == .xsd: return .not(.nameStart)
    case "c" where dialect == .xsd: return .namePart
    case "C" where dialect == .xsd: return .not(.namePart)
    case "p", "P":
      let item = try category()
      return scalar == "p" ? item : .not(item)
    case "n": return exactly(0x0A)
    case "r": return exactly(0x0D)
    case "t": return exactly(0x09)
    case "x" where dialect == .ecma: return exactly(try hexadecimal(2))
    case "u" where dialect == .ecma: return exactly(try hexadecimal(4))
    case "b" where dialect == .ecma, "B" where dialect == .ecma: throw refusal("a word border")
    case "1"..."9": throw refusal("a back reference")
    default: return exactly(scalar.value)
    }
  }

  private mutating func category() throws(SampleError) -> SampleCharacters.Item {
    guard take("{") else { throw refusal("a category without braces") }
    var name = ""
    while let scalar = next, scalar != "}" {
      name.unicodeScalars.append(scalar)
      index += 1
    }
    guard take("}"), SampleCharacters.knownCategories.contains(name) else {
      throw refusal("the category \(name), which is not known here")
    }
    return .category(name)
  }

  private mutating func hexadecimal(_ digits: Int) throws(SampleError) -> UInt32 {
    let text = String(String.UnicodeScalarView(scalars[index..<min(index + digits, scalars.count)]))
    guard let value = UInt32(text, radix: 16), text.unicodeScalars.count == digits else {
      throw refusal("an escape that is no hexadecimal number")
    }
    index += digits
    return value
  }
}
