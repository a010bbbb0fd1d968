import XMLKit

/// Copies one element with everything inside of it, its namespaces and its marks into a document of its own.
struct SubtreeCopy: ~Copyable {
  private var tree = XMLTreeBuilder()

  /// Comments are left out: no mapping reads them.
  static func document(of element: XMLNode) throws(XMLError) -> XMLDocument {
    var copy = SubtreeCopy()
    try copy.append(element)
    return copy.finish()
  }

  private consuming func finish() -> XMLDocument {
    tree.finish()
  }

  private mutating func append(_ node: XMLNode) throws(XMLError) {
    switch node.kind {
    case .element:
      tree.open(node.localName, namespace: node.namespace, prefix: node.prefix, mark: node.mark)
      for attribute in node.attributes {
        try tree.attribute(
          attribute.localName, attribute.text, namespace: attribute.namespace, prefix: attribute.prefix)
      }
      for child in node.children { try append(child) }
      tree.close()
    case .text, .cdata: try tree.text(node.text)
    case .processingInstruction: tree.processingInstruction(node.localName, node.text)
    default: break
    }
  }
}
