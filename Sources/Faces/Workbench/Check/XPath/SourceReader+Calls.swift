import DocumentKit
import XMLKit

extension SourceReader {
  /// XPath 1.0 §4, the functions of `DocumentFunctions` and what mappings use of EXSLT.
  mutating func call(
    _ name: XPathName, _ arguments: [XPathTerm], _ context: SourceContext, _ use: Use,
  ) -> ExpressionFacts {
    let textUse: Use = use == .text ? .text : .comparison
    switch name.description {
    case "last", "position": return .number(isWhole: true)
    case "true": return Self.constant(true)
    case "false": return Self.constant(false)
    case "count":
      for argument in arguments { _ = evaluate(argument, at: context, for: .existence) }
      return .number(isWhole: true)
    case "boolean", "not":
      for argument in arguments { _ = evaluate(argument, at: context, for: .existence) }
      return .boolean
    case "local-name", "name", "namespace-uri":
      for argument in arguments { _ = evaluate(argument, at: context, for: .existence) }
      return .text()
    case "starts-with", "contains", "lang", "lt:ends-with":
      for argument in arguments { _ = evaluate(argument, at: context, for: .comparison) }
      return .boolean
    case "sum", "floor", "ceiling", "round", "string-length", "number":
      for argument in own(arguments) { _ = evaluate(argument, at: context, for: textUse) }
      return .number(isWhole: !["sum", "number"].contains(name.local))
    default: return text(name, arguments, context, textUse)
    }
  }

  private mutating func text(
    _ name: XPathName, _ arguments: [XPathTerm], _ context: SourceContext, _ use: Use,
  ) -> ExpressionFacts {
    let isString = name.prefix == nil && ["string", "normalize-space"].contains(name.local)
    let facts = (isString ? own(arguments) : arguments).map { evaluate($0, at: context, for: use) }
    switch name.description {
    case "string", "normalize-space":
      guard var result = facts.first else { return .unknown() }
      if name.local == "normalize-space" { result.texts = result.texts?.map(Self.normalised) }
      result.kind = .text
      result.mayBeAbsent = false
      return result
    case "lt:lower", "lt:upper":
      guard let argument = facts.first else { return .unknown() }
      let isLower = name.local == "lower"
      return argument.converted { isLower ? $0.lowercased() : $0.uppercased() }
    case "translate":
      guard facts.count == 3, let from = facts[1].texts?.first, facts[1].texts?.count == 1 else {
        return .text()
      }
      let to = facts[2].texts?.first ?? ""
      return facts[0].converted { Self.translated($0, from, to) }
    case "concat": return .text(mayBeEmpty: facts.allSatisfy(\.mayBeEmpty))
    case "substring", "substring-before", "substring-after", "str:replace", "str:concat",
      "str:padding":
      return .text()
    default: return .unknown()
    }
  }

  /// What a function without argument speaks of: the context node.
  private func own(_ arguments: [XPathTerm]) -> [XPathTerm] {
    arguments.isEmpty ? [.path(.context, [XPathStep(.`self`, .node)])] : arguments
  }

  private static func constant(_ value: Bool) -> ExpressionFacts {
    var facts = ExpressionFacts.boolean
    facts.texts = [value ? "true" : "false"]
    return facts
  }

  private static func normalised(_ text: String) -> String {
    text.split(whereSeparator: { " \t\n\r".contains($0) }).joined(separator: " ")
  }

  /// XPath 1.0 §4.2, `translate`.
  private static func translated(_ text: String, _ from: String, _ to: String) -> String {
    let from = Array(from.unicodeScalars)
    let to = Array(to.unicodeScalars)
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard let index = from.firstIndex(of: scalar) else {
        result.append(scalar)
        continue
      }
      if index < to.count { result.append(to[index]) }
    }
    return String(result)
  }
}

extension ExpressionFacts {
  /// The text after a change of its characters; what it may be is known only if it could be listed before.
  fileprivate func converted(_ convert: (String) -> String) -> ExpressionFacts {
    var seen: [String] = []
    for text in texts ?? [] {
      let text = convert(text)
      if !text.isEmpty, !seen.contains(text) { seen.append(text) }
    }
    var result = ExpressionFacts.text(mayBeEmpty: mayBeEmpty || texts == nil || seen.isEmpty)
    result.texts = texts == nil ? nil : seen
    result.isSingle = isSingle
    result.nodes = nodes
    return result
  }
}
