/// Turns a regular expression of ECMA-262 (with its `u` flag, as JSON Schema §6.4 of core asks) into one of PCRE2.
///
/// Only what ECMA-262 knows passes, so that nothing peculiar to PCRE2 (verbs, recursion, callouts, possessive
/// quantifiers, inline options) can be had through a schema. Where the two agree the text is copied; where they differ
/// it is rewritten: `.`, `\s`, `[]`, `[^]`, `\u…`, `\cX`, back references and long property names. Punctuation may be
/// escaped also where the `u` flag forbids it (`\-`, `\"`), for that is common and harmless.
struct ECMAPattern {
  /// Why a text is no such expression, and at which scalar.
  struct Fault: Error, Equatable {
    let reason: String
    let index: Int
  }

  let scalars: [Unicode.Scalar]
  var index = 0
  var result = ""
  private var openGroups = 0

  /// The PCRE2 form; to be compiled with UTF, DOLLAR_ENDONLY and MATCH_UNSET_BACKREF, without UCP.
  static func translated(_ source: String) throws(Fault) -> String {
    var translator = ECMAPattern(scalars: Array(source.unicodeScalars))
    try translator.readAlternatives()
    return translator.result
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  // MARK: Terms

  private mutating func readAlternatives() throws(Fault) {
    var canRepeat = false
    while let scalar = peek() {
      switch scalar {
      case "|", "^", "$":
        append(take())
        canRepeat = false
      case "(":
        canRepeat = try openGroup()
      case ")":
        guard openGroups > 0 else { throw fault("\")\" closes no group") }
        openGroups -= 1
        append(take())
        canRepeat = true
      case "*", "+", "?", "{":
        guard canRepeat else { throw fault("nothing stands here that could repeat") }
        try readQuantifier()
        canRepeat = false
      case "[":
        try readClass()
        canRepeat = true
      case ".":
        index += 1
        result += "[^\\n\\r\\x{2028}\\x{2029}]"  // ECMA-262 §22.2.2.9.4: all but line terminators
        canRepeat = true
      case "\\":
        canRepeat = try readEscape()
      case "]", "}":
        throw fault("\"\(scalar)\" must be escaped here")
      default:
        appendLiteral(take())
        canRepeat = true
      }
    }
    guard openGroups == 0 else { throw fault("a group is not closed") }
  }

  /// Reads what opens a group; a quantifier cannot follow immediately.
  private mutating func openGroup() throws(Fault) -> Bool {
    index += 1
    openGroups += 1
    guard peek() == "?" else {
      result += "("
      return false
    }
    for form in ["?:", "?=", "?!", "?<=", "?<!"] where starts(with: form) {
      index += form.unicodeScalars.count
      result += "(" + form
      return false
    }
    guard starts(with: "?<") else { throw fault("this kind of group is unknown to ECMA-262") }
    index += 2
    result += "(?<" + (try readGroupName()) + ">"
    return false
  }

  /// Reads a name up to and with its `>`.
  mutating func readGroupName() throws(Fault) -> String {
    var name = ""
    while let scalar = peek(), scalar != ">" {
      guard scalar.properties.isXIDContinue || scalar == "_", name.unicodeScalars.count < 32 else {
        throw fault("a group's name is made of at most 32 letters, digits and _")
      }
      name.unicodeScalars.append(take())
    }
    guard peek() == ">", let first = name.unicodeScalars.first, !first.properties.generalCategory.isDigit else {
      throw fault("a group's name begins with a letter and ends with \">\"")
    }
    index += 1
    return name
  }

  private mutating func readQuantifier() throws(Fault) {
    if take() == "{" {
      let (minimum, maximum) = try readBounds()
      result += "{\(minimum)" + (maximum.map { $0 == minimum ? "}" : ",\($0)}" } ?? ",}")
    } else {
      result.unicodeScalars.append(scalars[index - 1])
    }
    if peek() == "?" { append(take()) }
    if let next = peek(), "*+?{".unicodeScalars.contains(next) { throw fault("a quantifier cannot follow another") }
  }

  /// Reads `n}`, `n,}` or `n,m}`.
  private mutating func readBounds() throws(Fault) -> (Int, Int?) {
    let minimum = try readCount()
    var maximum: Int? = minimum
    if peek() == "," {
      index += 1
      maximum = peek() == "}" ? nil : try readCount()
    }
    guard peek() == "}" else { throw fault("\"{\" begins a quantifier {n}, {n,} or {n,m}, or must be escaped") }
    index += 1
    if let maximum, maximum < minimum { throw fault("the numbers of a quantifier are out of order") }
    return (minimum, maximum)
  }

  mutating func readCount() throws(Fault) -> Int {
    var digits = ""
    while let scalar = peek(), ("0"..."9").contains(scalar) { digits.unicodeScalars.append(take()) }
    guard let count = Int(digits), count <= 65_535 else { throw fault("a quantifier counts from 0 to 65535") }
    return count
  }
}

extension Unicode.GeneralCategory {
  fileprivate var isDigit: Bool { self == .decimalNumber }
}

// MARK: - Reading and writing

extension ECMAPattern {
  func peek() -> Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  mutating func take() -> Unicode.Scalar {
    defer { index += 1 }
    return scalars[index]
  }

  func starts(with text: String) -> Bool { scalars[index...].starts(with: text.unicodeScalars) }

  mutating func append(_ scalar: Unicode.Scalar) { result.unicodeScalars.append(scalar) }

  /// A scalar that means itself, inside or outside a class: all but ASCII letters and digits in hexadecimal.
  mutating func appendLiteral(_ scalar: Unicode.Scalar) {
    if scalar.isASCII, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
      append(scalar)
    } else {
      result += "\\x{\(String(scalar.value, radix: 16))}"
    }
  }

  func fault(_ reason: String) -> Fault { Fault(reason: reason, index: index) }
}
