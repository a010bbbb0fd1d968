extension XPathParser {
  /// A location path (§2).
  mutating func locationPath() throws(XMLError) -> XPathTerm {
    if takes("//") { return .path(.document, [.anyDepth] + (try steps())) }
    guard takes("/") else { return .path(.context, try steps()) }
    return .path(.document, isAtStep ? try steps() : [])
  }

  /// Steps with `/` or `//` between them.
  mutating func steps() throws(XMLError) -> [XPathStep] {
    var steps = [try step()]
    while true {
      if takes("//") {
        steps.append(.anyDepth)
      } else if !takes("/") {
        return steps
      }
      steps.append(try step())
    }
  }

  private var isAtStep: Bool {
    guard let scalar = peek() else { return false }
    return scalar == "." || scalar == "@" || scalar == "*" || isNameStart(scalar)
  }

  private mutating func step() throws(XMLError) -> XPathStep {
    if takes("..") { return XPathStep(.parent, .node) }
    if takes(".") { return XPathStep(.self, .node) }
    let axis = takes("@") ? .attribute : try axis() ?? .child
    let test = try nodeTest()
    var predicates: [XPathTerm] = []
    while let predicate = try predicate() { predicates.append(predicate) }
    return XPathStep(axis, test, predicates)
  }

  /// `name::`, if that is what comes next.
  private mutating func axis() throws(XMLError) -> XPathStep.Axis? {
    let start = index
    guard let name = name(), takes("::", behindBlanks: true) else {
      index = start
      return nil
    }
    guard let axis = XPathStep.Axis(rawValue: name) else {
      index = start
      throw failure("there is no axis ‘\(name)’")
    }
    return axis
  }

  private mutating func nodeTest() throws(XMLError) -> XPathStep.Test {
    if takes("*") { return .any }
    guard let name = name() else { throw failure("the name of an element is missing") }
    if Self.nodeTypes.contains(name), takes("(", behindBlanks: true) { return try nodeType(name) }
    guard index + 1 < text.count, text[index] == ":", text[index + 1] != ":" else {
      skipBlanks()
      return .name(XPathName(name))
    }
    index += 1
    if takes("*") { return .anyOf(prefix: name) }
    guard let local = self.name() else { throw failure("a prefix has no name behind it") }
    skipBlanks()
    return .name(XPathName(prefix: name, local))
  }

  private mutating func nodeType(_ name: String) throws(XMLError) -> XPathStep.Test {
    var target: String?
    if name == "processing-instruction", let quote = peek(), quote == "'" || quote == "\"" { target = try literal() }
    guard takes(")") else { throw failure("‘)’ is missing") }
    return switch name {
    case "node": .node
    case "text": .text
    case "comment": .comment
    default: .processingInstruction(target)
    }
  }

  // MARK: Names

  /// `name` or `prefix:name`, without blanks in it; nothing is read where there is none.
  mutating func qualifiedName() -> XPathName? {
    let start = index
    guard let first = name() else { return nil }
    guard index + 1 < text.count, text[index] == ":", text[index + 1] != ":" else { return XPathName(first) }
    index += 1
    guard let local = name() else {
      index = start
      return nil
    }
    return XPathName(prefix: first, local)
  }

  /// An NCName (Namespaces in XML 1.0 §3).
  private mutating func name() -> String? {
    guard let first = peek(), isNameStart(first) else { return nil }
    var name = String.UnicodeScalarView([first])
    index += 1
    while let scalar = peek(), isNamePart(scalar) {
      name.append(scalar)
      index += 1
    }
    return String(name)
  }

  private func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "_", "a"..."z", "A"..."Z": true
    case _ where scalar.isASCII: false
    default: isName(String(scalar))
    }
  }

  private func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "-", ".": true
    case _ where scalar.isASCII: isNameStart(scalar)
    default: isName("a" + String(scalar))
    }
  }

  private func isName(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { XMLCharacters.isName($0) }
  }
}
