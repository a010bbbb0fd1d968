extension XPathTerm: CustomStringConvertible {
  /// The term in one spelling, whatever its author's was; equal terms have equal texts.
  package var description: String {
    switch self {
    case .operation(let symbol, let left, let right): "(\(left) \(symbol.rawValue) \(right))"
    case .negation(let operand): "-\(operand)"
    case .literal(let text): text.contains("'") ? "\"\(text)\"" : "'\(text)'"
    case .number(let text): text
    case .variable(let name): "$\(name)"
    case .call(let name, let arguments): "\(name)(\(arguments.map(\.description).joined(separator: ", ")))"
    case .filter(let term, let predicates): "(\(term))" + Self.brackets(predicates)
    case .path(let start, let steps): Self.text(start, steps)
    }
  }

  fileprivate static func brackets(_ predicates: [XPathTerm]) -> String {
    predicates.map { "[\($0)]" }.joined()
  }

  private static func text(_ start: XPathStart, _ steps: [XPathStep]) -> String {
    let path = steps.map(\.description).joined(separator: "/")
    return switch start {
    case .context: path
    case .document: "/" + path
    case .term(let term): "(\(term))/" + path
    }
  }
}

extension XPathStep: CustomStringConvertible {
  /// Abbreviated where XPath 1.0 §2.5 has an abbreviation.
  package var description: String {
    if predicates.isEmpty, test == .node {
      if axis == .`self` { return "." }
      if axis == .parent { return ".." }
    }
    let direction =
      switch axis {
      case .child: ""
      case .attribute: "@"
      default: axis.rawValue + "::"
      }
    return direction + test.description + XPathTerm.brackets(predicates)
  }
}

extension XPathStep.Test: CustomStringConvertible {
  package var description: String {
    switch self {
    case .name(let name): name.description
    case .any: "*"
    case .anyOf(let prefix): prefix + ":*"
    case .node: "node()"
    case .text: "text()"
    case .comment: "comment()"
    case .processingInstruction(let name): "processing-instruction(\(name.map { "'\($0)'" } ?? ""))"
    }
  }
}
