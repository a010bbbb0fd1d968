import DocumentKit
import XMLKit

/// An expression of a row ready to be evaluated.
///
/// `group` is the node-set of the variable `$group` where there is one. It is a class so that evaluating it passes one
/// reference along and copies none of its parts.
final class SourcePath: Sendable {
  /// The name of the nodes that `groupBy` has put together, without `$`.
  static let groupVariable = "group"

  let definition: MappingDefinition.Expression
  let compiled: XPathExpression
  /// The same expression, kept alive by `compiled`; see `Unmanaged.lend` for why it is not retained.
  private let borrowed: Unmanaged<XPathExpression>
  /// The names of the steps, without prefixes, where the expression is nothing but a relative path of names; of others
  /// none. They tell where something would stand that is not there.
  let names: [String]
  /// The paths inside the expression; none for a plain one, which is its own.
  let references: CompiledReferences
  let usesGroup: Bool

  /// `variables`: the names that are known here; the expression is refused if it uses another.
  init(
    _ definition: MappingDefinition.Expression, namespaces: [String: String], variables: Set<String> = [],
  ) throws(XMLError) {
    self.definition = definition
    compiled = try XPathExpression(definition.text, namespaces: namespaces, functions: DocumentFunctions.library)
    borrowed = Unmanaged.passUnretained(compiled)
    if let unknown = compiled.variableNames.subtracting(variables).sorted().first {
      throw XMLError(
        .expressionInvalid, "the expression \"\(definition.text)\" uses $\(unknown), which is not known here")
    }
    usesGroup = compiled.variableNames.contains(Self.groupVariable)
    names = compiled.isPath ? Self.names(of: definition.text) : []
    references = compiled.isPath ? .none : CompiledReferences(of: definition.text, namespaces: namespaces)
  }

  /// The string value, as XPath's `string()` gives it.
  func text(at context: XMLNode, group: [XMLNode]) throws(XMLError) -> String {
    let variables = usesGroup ? Self.variables(group) : [:]
    return try borrowed.lend { expression throws(XMLError) in try expression.string(at: context, variables: variables) }
  }

  func nodes(at context: XMLNode, group: [XMLNode]) throws(XMLError) -> [XMLNode] {
    let variables = usesGroup ? Self.variables(group) : [:]
    return try borrowed.lend { expression throws(XMLError) in try expression.nodes(at: context, variables: variables) }
  }

  func isTrue(at context: XMLNode, group: [XMLNode]) throws(XMLError) -> Bool {
    let variables = usesGroup ? Self.variables(group) : [:]
    return try borrowed.lend { expression throws(XMLError) in try expression.boolean(at: context, variables: variables)
    }
  }

  /// Lends the text of the first node, where the expression is walked; false where there is none or it is empty.
  func withFirstText(at context: XMLNode, _ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Bool {
    borrowed.lend { $0.withFirstText(at: context, body) }
  }

  /// The nodes the value came from, for complaints; none where the expression computes a value.
  func origins(at context: XMLNode, group: [XMLNode]) -> [XMLNode] {
    let variables = usesGroup ? Self.variables(group) : [:]
    guard case .nodes(let nodes)? = try? compiled.evaluate(at: context, variables: variables) else { return [] }
    return nodes
  }

  private static func names(of path: String) -> [String] {
    guard case .path(.context, let steps)? = try? XPathSyntax(path).root else { return [] }
    return steps.compactMap { step in
      guard case .name(let name) = step.test else { return nil }
      return step.axis == .attribute ? "@" + name.local : name.local
    }
  }

  static func variables(_ group: [XMLNode]) -> [String: XPathValue] {
    [groupVariable: .nodes(group)]
  }
}
