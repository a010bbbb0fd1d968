/// Reads an expression by descending through the grammar of XPath 1.0 §3.
///
/// The rules of §3.7 that tell the operator `and` from the element `and`, and `*` from `*`, need no special care: what
/// is read depends on whether an operand or an operator is expected. A name is as long as it can be, so `a-b` is one.
struct XPathParser {
  let text: [Unicode.Scalar]
  var index = 0
  private var depth = 0

  init(_ source: String) {
    text = Array(source.unicodeScalars)
    skipBlanks()
  }

  mutating func finish() throws(XMLError) {
    guard index == text.count else { throw failure("‘\(text[index])’ cannot stand here") }
  }

  // MARK: Operators, weakest first

  mutating func expression() throws(XMLError) -> XPathTerm {
    depth += 1
    guard depth <= XPathSyntax.depthLimit else {
      throw XMLError(
        .limitExceeded, "the expression is nested deeper than \(XPathSyntax.depthLimit)", line: 1, column: index + 1)
    }
    defer { depth -= 1 }
    return try operation(level: 0)
  }

  private static let levels: [[XPathTerm.Operator]] = [
    [.or], [.and], [.equal, .notEqual], [.lessOrEqual, .greaterOrEqual, .less, .greater], [.plus, .minus],
    [.multiply, .divide, .remainder],
  ]

  private mutating func operation(level: Int) throws(XMLError) -> XPathTerm {
    guard level < Self.levels.count else { return try unary() }
    var left = try operation(level: level + 1)
    while let symbol = Self.levels[level].first(where: { takes($0.rawValue) }) {
      left = .operation(symbol, left, try operation(level: level + 1))
    }
    return left
  }

  private mutating func unary() throws(XMLError) -> XPathTerm {
    var signs = 0
    while takes("-") { signs += 1 }
    var term = try union()
    for _ in 0..<signs { term = .negation(term) }
    return term
  }

  private mutating func union() throws(XMLError) -> XPathTerm {
    var left = try path()
    while takes("|") { left = .operation(.union, left, try path()) }
    return left
  }

  // MARK: Primary expressions (§3.1–3.3)

  /// A path, or something else that steps and predicates may follow.
  private mutating func path() throws(XMLError) -> XPathTerm {
    guard let primary = try primary() else { return try locationPath() }
    var predicates: [XPathTerm] = []
    while let predicate = try predicate() { predicates.append(predicate) }
    let term = predicates.isEmpty ? primary : .filter(primary, predicates)
    if takes("//") { return .path(.term(term), [.anyDepth] + (try steps())) }
    return takes("/") ? .path(.term(term), try steps()) : term
  }

  /// Nil where a location path begins.
  private mutating func primary() throws(XMLError) -> XPathTerm? {
    guard let scalar = peek() else { throw failure("something is missing at the end") }
    switch scalar {
    case "$":
      index += 1
      guard let name = qualifiedName() else { throw failure("a variable has no name") }
      skipBlanks()
      return .variable(name)
    case "(":
      _ = takes("(")
      let inner = try expression()
      try expect(")")
      return inner
    case "'", "\"": return .literal(try literal())
    case "0"..."9": return .number(try number())
    case "." where isDigit(index + 1): return .number(try number())
    default: return try call()
    }
  }

  private mutating func call() throws(XMLError) -> XPathTerm? {
    let start = index
    guard let name = qualifiedName(), takes("(", behindBlanks: true),
      name.prefix != nil || !Self.nodeTypes.contains(name.local)
    else {
      index = start
      return nil
    }
    var arguments: [XPathTerm] = []
    guard !takes(")") else { return .call(name, arguments) }
    repeat { arguments.append(try expression()) } while takes(",")
    try expect(")")
    return .call(name, arguments)
  }

  static let nodeTypes: Set<String> = ["comment", "text", "processing-instruction", "node"]

  mutating func literal() throws(XMLError) -> String {
    let quote = text[index]
    guard let end = text[(index + 1)...].firstIndex(of: quote) else { throw failure("a string is not closed") }
    var content = String.UnicodeScalarView()
    content.append(contentsOf: text[(index + 1)..<end])
    index = end + 1
    skipBlanks()
    return String(content)
  }

  private mutating func number() throws(XMLError) -> String {
    let start = index
    while isDigit(index) { index += 1 }
    if index < text.count, text[index] == "." { index += 1 }
    while isDigit(index) { index += 1 }
    var digits = String.UnicodeScalarView()
    digits.append(contentsOf: text[start..<index])
    skipBlanks()
    return String(digits)
  }

  /// One `[…]`, if one is here.
  mutating func predicate() throws(XMLError) -> XPathTerm? {
    guard takes("[") else { return nil }
    let term = try expression()
    try expect("]")
    return term
  }

  // MARK: Characters

  func peek() -> Unicode.Scalar? { index < text.count ? text[index] : nil }

  /// Goes past `sign`, which is of ASCII, and the blanks behind it, if it is here. It is asked a dozen times for every term.
  mutating func takes(_ sign: String, behindBlanks: Bool = false) -> Bool {
    var end = behindBlanks ? endOfBlanks : index
    for byte in sign.utf8 {
      guard end < text.count, text[end].value == UInt32(byte) else { return false }
      end += 1
    }
    index = end
    skipBlanks()
    return true
  }

  private mutating func expect(_ sign: String) throws(XMLError) {
    guard takes(sign) else { throw failure("‘\(sign)’ is missing") }
  }

  mutating func skipBlanks() { index = endOfBlanks }

  private var endOfBlanks: Int {
    var end = index
    while end < text.count {
      switch text[end] {
      case " ", "\t", "\n", "\r": end += 1
      default: return end
      }
    }
    return end
  }

  private func isDigit(_ index: Int) -> Bool {
    index < text.count && ("0"..."9").contains(text[index])
  }

  func failure(_ message: String) -> XMLError {
    XMLError(.expressionInvalid, "the expression is not valid: \(message)", line: 1, column: index + 1)
  }
}
