package import DocumentKit
package import XMLKit

/// A source path of which a stylesheet says that what stands there may be lost, and why: `ignore` of the second form.
package struct StylesheetIgnored: Sendable {
  package let reason: String
  package let position: YAMLPosition
  private let path: XPathExpression

  /// The expression is relative to the source's root element, with the prefixes of the element `ignore`.
  init(_ from: String, reason: String, at element: XMLNode, position: YAMLPosition) throws(XMLError) {
    self.reason = reason
    self.position = position
    var namespaces: [String: String] = [:]
    for prefix in Self.prefixes(in: from) { namespaces[prefix] = element.namespace(ofPrefix: prefix) }
    path = try XPathExpression(from, namespaces: namespaces, functions: DocumentFunctions.library)
  }

  /// What it speaks of in a document.
  package func nodes(in tree: DocumentTree) -> [XMLNode] { (try? path.nodes(at: tree.root)) ?? [] }

  /// Words before a single colon; `::` stands behind an axis.
  private static func prefixes(in expression: String) -> Set<String> {
    let parts = expression.replacing("::", with: " ").split(separator: ":").dropLast()
    return Set(
      parts.map { String($0.reversed().prefix { $0.isLetter || $0.isNumber || "_-.".contains($0) }.reversed()) })
  }
}
