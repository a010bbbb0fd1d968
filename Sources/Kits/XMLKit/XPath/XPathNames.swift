/// The names an expression uses: prefixes, functions and variables.
///
/// libxml2 looks them up while it evaluates, so a misspelt function in a seldom-taken branch would show months later.
/// Reading them takes only the lexical rules of XPath 1.0 §3.7.
struct XPathNames {
  struct Function: Hashable {
    let prefix: String?
    let name: String
  }

  private(set) var prefixes: Set<String> = []
  private(set) var functions: Set<Function> = []
  private(set) var variables: Set<String> = []

  init(of source: String) {
    let text = Array(source.unicodeScalars)
    var index = 0
    while index < text.count {
      let scalar = text[index]
      if scalar == "'" || scalar == "\"" {
        index = (text[(index + 1)...].firstIndex(of: scalar) ?? text.endIndex - 1) + 1
      } else if scalar == "$" {
        index += 1
        while index < text.count, text[index].properties.isWhitespace { index += 1 }
        let (_, name, _) = Self.readName(text, &index)
        variables.insert(name)
      } else if Self.isStart(scalar) {
        let (prefix, name, isCall) = Self.readName(text, &index)
        if let prefix { prefixes.insert(prefix) }
        if isCall, prefix != nil || !Self.noFunctions.contains(name) {
          functions.insert(Function(prefix: prefix, name: name))
        }
      } else if scalar.properties.numericType != nil {
        // A number, so that the e of 1e3 is no name.
        while index < text.count, Self.isPart(text[index]) { index += 1 }
      } else {
        index += 1
      }
    }
  }

  /// Throws when a prefix or function is not known.
  func check(source: String, prefixes known: [String: String], functions library: XPathFunctionLibrary) throws(XMLError)
  {
    for prefix in prefixes.sorted() where known[prefix] == nil && prefix != "xml" {
      throw XMLError(
        .expressionInvalid, "the expression \"\(source)\" uses the prefix \"\(prefix)\", which is not declared")
    }
    for function in functions {
      let namespace = function.prefix.flatMap { known[$0] }
      let exists =
        namespace == XPathFunctionLibrary.namespace
        ? library[function.name] != nil : XPathContext.isKnownFunction(function.name, namespace: namespace)
      guard !exists else { continue }
      let name = function.prefix.map { "\($0):\(function.name)" } ?? function.name
      throw XMLError(.expressionInvalid, "the expression \"\(source)\" calls \"\(name)\", which does not exist")
    }
  }

  /// Node types and operators that may stand before a bracket (XPath 1.0 §3.7).
  private static let noFunctions: Set<String> = [
    "node", "text", "comment", "processing-instruction", "and", "or", "div", "mod",
  ]

  /// The parts of a name that stands alone, nil when `text` is anything more.
  static func qualifiedName(_ text: String) -> (prefix: String?, local: String)? {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.first, isStart(first) else { return nil }
    var index = 0
    let (prefix, local, _) = readName(scalars, &index)
    guard index == scalars.count, let start = local.unicodeScalars.first, isStart(start) else { return nil }
    return (prefix, local)
  }

  /// Reads `name` or `prefix:name` or `prefix:*` and whether a bracket follows.
  private static func readName(
    _ text: [Unicode.Scalar], _ index: inout Int
  ) -> (prefix: String?, name: String, isCall: Bool) {
    var prefix: String?
    var name = readPart(text, &index)
    if index + 1 < text.count, text[index] == ":", text[index + 1] != ":" {
      prefix = name
      index += 1
      name = readPart(text, &index)
    }
    var behind = index
    while behind < text.count, text[behind].properties.isWhitespace { behind += 1 }
    return (prefix, name, behind < text.count && text[behind] == "(")
  }

  private static func readPart(_ text: [Unicode.Scalar], _ index: inout Int) -> String {
    var part = String.UnicodeScalarView()
    while index < text.count, isPart(text[index]) {
      part.append(text[index])
      index += 1
    }
    return String(part)
  }

  private static func isStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic
  }

  private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    isStart(scalar) || scalar == "-" || scalar == "." || scalar == "\u{B7}" || scalar.properties.numericType != nil
      || scalar.properties.generalCategory == .nonspacingMark
  }
}
