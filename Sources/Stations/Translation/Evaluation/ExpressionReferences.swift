/// The paths inside an XPath expression by which it reaches nodes, found in its text.
///
/// `normalize-space(concat(Ho, ' ', Ten))` reads `Ho` and `Ten`; `file[@kind = 'a']/name` reads `file/name` where its
/// predicate says so, and tests `file` and `file/@kind`. An expression has been compiled before, so its syntax is right;
/// every path found compiles by itself, in the same context.
package struct ExpressionReferences: Sendable, Equatable {
  package struct Reference: Sendable, Hashable {
    /// An XPath expression that yields nodes.
    package let path: String
    /// All of its nodes count and not only the first, as in `count()` or `sum()`.
    package let countsAll: Bool
  }

  /// Paths whose text is in the value.
  package private(set) var values: [Reference] = []
  /// Paths that only decide: what predicates are put to, and what they read.
  package private(set) var tests: [Reference] = []

  package init(of expression: String) {
    var scanner = ExpressionScanner(expression)
    let found = scanner.expression(countsAll: false)
    values = found.values
    tests = found.tests
  }
}

/// Walks the text of one expression (XPath 1.0 §3.7), operand by operand; precedence does not matter to what is read.
private struct ExpressionScanner {
  typealias Reference = ExpressionReferences.Reference

  struct Found {
    var values: [Reference] = []
    var tests: [Reference] = []
    /// The text of the expression if it is one path or a union of paths.
    var path: String?
  }

  private let text: [UInt8]
  private var position = 0

  init(_ expression: String) { text = Array(expression.utf8) }

  /// Functions that look at every node of their argument.
  private static let countingFunctions: Set<String> = [
    "count", "sum", "str:concat", "math:min", "math:max", "math:highest", "math:lowest", "set:distinct",
    "set:difference", "set:intersection", "not", "boolean",
  ]
  /// Functions that read the context node when they are called without arguments.
  private static let contextFunctions: Set<String> = ["string", "normalize-space", "string-length", "number"]

  // MARK: Expressions and operands

  /// Up to the end, a closing bracket or a comma.
  mutating func expression(countsAll: Bool) -> Found {
    skipSpace()
    let start = position
    var found = Found()
    var operands = 0
    var arePaths = true
    var areUnited = true
    while !isAtEnd {
      while skip("-") { arePaths = false }
      let operand = operand(countsAll: countsAll)
      operands += 1
      found.values += operand.values
      found.tests += operand.tests
      if operand.path == nil { arePaths = false }
      skipSpace()
      guard let sign = operatorSign() else { break }
      if sign != "|" { areUnited = false }
    }
    guard arePaths, areUnited, operands > 0 else { return found }
    let path = slice(start, position)
    found.path = path
    found.values = [Reference(path: path, countsAll: countsAll)]
    return found
  }

  private mutating func operand(countsAll: Bool) -> Found {
    skipSpace()
    let start = position
    guard let first = peek else { return Found() }
    switch first {
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      literal()
      return Found()
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      number()
      return Found()
    case UInt8(ascii: "("):
      position += 1
      let inner = expression(countsAll: countsAll)
      _ = skip(")")
      return goOn(inner, from: start, countsAll: countsAll)
    case UInt8(ascii: "$"):
      position += 1
      _ = name()
      var found = Found()
      found.path = slice(start, position)
      found.values = [Reference(path: found.path ?? "", countsAll: countsAll)]
      return goOn(found, from: start, countsAll: countsAll)
    default: break
    }
    if isDot, let next = peek(1), next >= UInt8(ascii: "0"), next <= UInt8(ascii: "9") {
      number()
      return Found()
    }
    if let called = functionName() { return call(called) }
    return steps(from: start, countsAll: countsAll)
  }

  /// A filter expression: predicates and steps behind something in brackets or a variable.
  private mutating func goOn(_ head: Found, from start: Int, countsAll: Bool) -> Found {
    skipSpace()
    guard peek == UInt8(ascii: "[") || peek == UInt8(ascii: "/") else { return head }
    var found = steps(from: start, countsAll: countsAll)
    guard head.path != nil else {
      // Nodes that a function made are none of the source's; what made them has been read.
      return Found(values: head.values, tests: head.tests)
    }
    found.tests = head.tests + found.tests
    return found
  }

  private mutating func call(_ function: String) -> Found {
    let countsAll = Self.countingFunctions.contains(function)
    var found = Found()
    skipSpace()
    _ = skip("(")
    skipSpace()
    if peek == UInt8(ascii: ")"), Self.contextFunctions.contains(function) {
      found.values = [Reference(path: ".", countsAll: false)]
    }
    while !isAtEnd, peek != UInt8(ascii: ")") {
      let argument = expression(countsAll: countsAll)
      found.values += argument.values
      found.tests += argument.tests
      skipSpace()
      guard skip(",") else { break }
    }
    _ = skip(")")
    return goOn(found, from: position, countsAll: countsAll)
  }

  /// A location path, or the steps behind a filter expression that began at `start`.
  private mutating func steps(from start: Int, countsAll: Bool) -> Found {
    var found = Found()
    while let byte = peek {
      if byte == UInt8(ascii: "[") {
        let base = slice(start, position)
        found.tests.append(Reference(path: base, countsAll: true))
        position += 1
        let inner = expression(countsAll: true)
        found.tests += (inner.values + inner.tests).map { Reference(path: Self.join(base, $0.path), countsAll: true) }
        _ = skip("]")
        skipBlanksBeforeStep()
      } else if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "@") || isDot {
        position += 1
        skipSpace()
      } else if byte == UInt8(ascii: "*") {
        position += 1
        skipBlanksBeforeStep()
      } else if Self.isNamePart(byte) {
        _ = name()
        // A node type such as text(), or the axis before `::`.
        if peek == UInt8(ascii: "(") { skipNodeType() }
        if peek == UInt8(ascii: ":"), peek(1) == UInt8(ascii: ":") { position += 2 }
        skipBlanksBeforeStep()
      } else {
        break
      }
    }
    found.path = slice(start, position)
    found.values = [Reference(path: found.path ?? "", countsAll: countsAll)]
    return found
  }

  /// The path `inner` as seen from where `base` starts; an absolute path or a variable starts anywhere.
  private static func join(_ base: String, _ inner: String) -> String {
    if inner.hasPrefix("/") || inner.hasPrefix("$") { return inner }
    guard inner.hasPrefix("(") || inner.contains("|") else { return base + "/" + inner }
    // A union has no place behind a slash in XPath 1.0; what is tested is then at least where it was tested.
    return base
  }

  // MARK: Tokens

  private var isAtEnd: Bool { position >= text.count }
  private var peek: UInt8? { isAtEnd ? nil : text[position] }
  private var isDot: Bool { peek == UInt8(ascii: ".") }

  private func peek(_ ahead: Int) -> UInt8? {
    position + ahead < text.count ? text[position + ahead] : nil
  }

  private func slice(_ start: Int, _ end: Int) -> String {
    var bytes = text[start..<end]
    while let last = bytes.last, Self.isSpace(last) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private mutating func skipSpace() {
    while let byte = peek, Self.isSpace(byte) { position += 1 }
  }

  /// White space may stand before the `/` or `[` that goes on with a path; elsewhere it ends it.
  private mutating func skipBlanksBeforeStep() {
    var ahead = 0
    while let byte = peek(ahead), Self.isSpace(byte) { ahead += 1 }
    if let next = peek(ahead), next == UInt8(ascii: "/") || next == UInt8(ascii: "[") { position += ahead }
  }

  private mutating func skip(_ sign: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek == UInt8(ascii: sign) else { return false }
    position += 1
    return true
  }

  private mutating func literal() {
    let quote = text[position]
    position += 1
    while let byte = peek, byte != quote { position += 1 }
    if !isAtEnd { position += 1 }
  }

  private mutating func number() {
    while let byte = peek, byte == UInt8(ascii: ".") || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") {
      position += 1
    }
  }

  /// A name with its prefix; `::` is left standing.
  private mutating func name() -> String {
    let start = position
    while let byte = peek {
      if Self.isNamePart(byte) || byte == UInt8(ascii: ".") {
        position += 1
      } else if byte == UInt8(ascii: ":"), let next = peek(1), Self.isNamePart(next) || next == UInt8(ascii: "*") {
        position += 1
      } else {
        break
      }
    }
    return slice(start, position)
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z") || byte == UInt8(ascii: "_")
      || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte == UInt8(ascii: "-") || byte >= 0x80
  }

  private static let nodeTypes: Set<String> = ["text", "node", "comment", "processing-instruction"]

  /// The name of the function called here, which is then read; nil, with nothing read, where none is.
  private mutating func functionName() -> String? {
    let start = position
    let name = name()
    skipSpace()
    guard !name.isEmpty, peek == UInt8(ascii: "("), !Self.nodeTypes.contains(name) else {
      position = start
      return nil
    }
    return name
  }

  private mutating func skipNodeType() {
    while let byte = peek, byte != UInt8(ascii: ")") { position += 1 }
    if !isAtEnd { position += 1 }
  }

  /// The operator between two operands, which is then read.
  private mutating func operatorSign() -> String? {
    skipSpace()
    for sign in ["!=", "<=", ">=", "|", "=", "<", ">", "+", "-", "*"] where text[position...].starts(with: sign.utf8) {
      position += sign.utf8.count
      return sign
    }
    for word in ["and", "or", "div", "mod"] where text[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return word
    }
    return nil
  }
}
