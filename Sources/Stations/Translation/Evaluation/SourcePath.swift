import DocumentKit
import XMLKit

/// An expression of a row ready to be evaluated.
///
/// Values are the XPath engine's, which walks plain paths by itself; where nodes are wanted, plain steps find the same
/// ones without it. `group` is the node-set of the variable `$group` where there is one.
struct SourcePath: Sendable {
  /// The name of the nodes that `groupBy` has put together, without `$`.
  static let groupVariable = "group"

  let definition: MappingDefinition.Expression
  let plain: PlainPath?
  let compiled: XPathExpression
  /// The paths inside the expression; none for a plain one, which is its own.
  let references: CompiledReferences
  let usesGroup: Bool

  /// `variables`: the names that are known here; the expression is refused if it uses another.
  init(
    _ definition: MappingDefinition.Expression, namespaces: [String: String], variables: Set<String> = [],
  ) throws(XMLError) {
    self.definition = definition
    compiled = try XPathExpression(definition.text, namespaces: namespaces, functions: DocumentFunctions.library)
    if let unknown = compiled.variableNames.subtracting(variables).sorted().first {
      throw XMLError(
        .expressionInvalid, "the expression \"\(definition.text)\" uses $\(unknown), which is not known here")
    }
    usesGroup = compiled.variableNames.contains(Self.groupVariable)
    plain = PlainPath(definition.text, namespaces: namespaces)
    references = plain == nil ? CompiledReferences(of: definition.text, namespaces: namespaces) : .none
  }

  /// The string value, as XPath's `string()` gives it.
  func text(at context: XMLNode, group: [XMLNode]) throws(XMLError) -> String {
    guard usesGroup else { return try compiled.string(at: context) }
    return try compiled.string(at: context, variables: Self.variables(group))
  }

  func nodes(at context: XMLNode, group: [XMLNode]) throws(XMLError) -> [XMLNode] {
    if let plain { return plain.nodes(at: context) }
    guard usesGroup else { return try compiled.nodes(at: context) }
    return try compiled.nodes(at: context, variables: Self.variables(group))
  }

  func isTrue(at context: XMLNode, group: [XMLNode]) throws(XMLError) -> Bool {
    guard usesGroup else { return try compiled.boolean(at: context) }
    return try compiled.boolean(at: context, variables: Self.variables(group))
  }

  /// The nodes the value came from, for complaints; none where the expression computes a value.
  func origins(at context: XMLNode, group: [XMLNode]) -> [XMLNode] {
    if let plain { return plain.nodes(at: context) }
    let variables = usesGroup ? Self.variables(group) : [:]
    guard case .nodes(let nodes)? = try? compiled.evaluate(at: context, variables: variables) else { return [] }
    return nodes
  }

  static func variables(_ group: [XMLNode]) -> [String: XPathValue] {
    [groupVariable: .nodes(group)]
  }
}
