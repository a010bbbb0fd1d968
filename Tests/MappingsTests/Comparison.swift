import DocumentKit
import JSONKit
import XMLKit

/// Documents without what does not matter when two of them are compared.
enum Comparison {
  /// Layout does not matter; in JSON neither does the order of members.
  static func normalForm(_ bytes: [UInt8], _ format: DocumentTree.Format) throws -> String {
    switch format {
    case .json: String(decoding: try JSONDocument(parsing: bytes).canonicalised(), as: UTF8.self)
    case .xml: normalForm(try DocumentTree(parsing: bytes, as: .xml).root)
    }
  }

  /// One line per element and attribute; blanks between elements are layout, text beside no element is content.
  private static func normalForm(_ node: XMLNode, indent: String = "") -> String {
    let attributes = node.attributes.map { " \($0.name)=\"\($0.text)\"" }.sorted().joined()
    let children = node.elements.map { normalForm($0, indent: indent + "  ") }
    let content = children.isEmpty ? node.text : "\n" + children.joined()
    return "\(indent)<\(node.namespace ?? "")}\(node.localName)\(attributes)>\(content)\n"
  }
}
