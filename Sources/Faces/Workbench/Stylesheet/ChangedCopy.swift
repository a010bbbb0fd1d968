import XMLKit

/// A copy of a document in which some leaves have another text, or are not there.
struct ChangedCopy: ~Copyable {
  private var tree = XMLTreeBuilder()
  private let texts: [XMLNode: String?]

  /// A leaf whose text is nil is left out. Comments are left out too: no mapping reads them.
  static func document(of root: XMLNode, _ texts: [XMLNode: String?]) throws(XMLError) -> XMLDocument {
    var copy = ChangedCopy(texts: texts)
    try copy.append(root)
    return copy.finish()
  }

  private init(texts: [XMLNode: String?]) {
    self.texts = texts
  }

  private consuming func finish() -> XMLDocument { tree.finish() }

  private mutating func append(_ node: XMLNode) throws(XMLError) {
    switch node.kind {
    case .element:
      let changed = texts[node]
      if case .some(nil) = changed { return }
      tree.open(node.localName, namespace: node.namespace, prefix: node.prefix, mark: node.mark)
      for attribute in node.attributes {
        guard let value = texts[attribute] ?? attribute.text else { continue }
        try tree.attribute(attribute.localName, value, namespace: attribute.namespace, prefix: attribute.prefix)
      }
      if case .some(let text?) = changed {
        try tree.text(text)
      } else {
        for child in node.children { try append(child) }
      }
      tree.close()
    case .text, .cdata: try tree.text(node.text)
    case .processingInstruction: tree.processingInstruction(node.localName, node.text)
    default: break
    }
  }
}
