import DocumentKit
import XMLKit

/// A `from`, `each` or `when` ready to be evaluated.
///
/// Values are the XPath engine's, which walks plain paths by itself; where nodes are wanted, plain steps find the same
/// ones without it.
struct SourcePath: Sendable {
  let definition: MappingDefinition.Expression
  let plain: PlainPath?
  let compiled: XPathExpression
  /// The paths inside the expression; none for a plain one, which is its own.
  let references: CompiledReferences

  init(_ definition: MappingDefinition.Expression, namespaces: [String: String]) throws(XMLError) {
    self.definition = definition
    compiled = try XPathExpression(definition.text, namespaces: namespaces, functions: DocumentFunctions.library)
    plain = PlainPath(definition.text, namespaces: namespaces)
    references = plain == nil ? CompiledReferences(of: definition.text, namespaces: namespaces) : .none
  }

  /// The string value, as XPath's `string()` gives it.
  func text(at context: XMLNode) throws(XMLError) -> String {
    try compiled.string(at: context)
  }

  func nodes(at context: XMLNode) throws(XMLError) -> [XMLNode] {
    guard let plain else { return try compiled.nodes(at: context) }
    return plain.nodes(at: context)
  }

  func isTrue(at context: XMLNode) throws(XMLError) -> Bool {
    try compiled.boolean(at: context)
  }

  /// The nodes the value came from, for complaints; none where the expression computes a value.
  func origins(at context: XMLNode) -> [XMLNode] {
    if let plain { return plain.nodes(at: context) }
    guard case .nodes(let nodes)? = try? compiled.evaluate(at: context) else { return [] }
    return nodes
  }
}
