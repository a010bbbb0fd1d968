import JSONKit
import XMLKit

extension DocumentTree {
  /// The tree as JSON; of a tree that was made from JSON the same members, types and digits in the same order.
  ///
  /// An element without a tag came from XML and has no place in JSON: the tree is then refused.
  package func json(indent: Int? = nil) throws(DocumentError) -> [UInt8] {
    var writer = JSONWriter(indent: indent)
    try write(root, to: &writer)
    return writer.finish()
  }

  private func write(_ node: XMLNode, to writer: inout JSONWriter) throws(DocumentError) {
    switch tag(of: node).kind {
    case .object: try writeObject(node, to: &writer)
    case .array:
      writer.beginArray()
      for element in node.elements { try write(element, to: &writer) }
      writer.endArray()
    case .string: writer.string(node.text)
    case .number: writer.number(node.text)
    case .boolean: writer.boolean(node.text == "true")
    case .null: writer.null()
    case .untagged:
      throw DocumentError(
        .notExpressibleInJSON, "An element has no JSON type because it came from XML; translate it to JSON first.",
        path: path(of: node))
    }
  }

  private func writeObject(_ node: XMLNode, to writer: inout JSONWriter) throws(DocumentError) {
    writer.beginObject()
    var openList: XMLNode?
    for child in node.children {
      if let list = openList, !Self.continues(list, child) {
        writer.endArray()
        openList = nil
      }
      switch child.kind {
      case .element where openList != nil:
        try write(child, to: &writer)
      case .element:
        writer.name(MemberName.unescaped(child.localName))
        if tag(of: child).isListMember {
          writer.beginArray()
          openList = child
        }
        try write(child, to: &writer)
      case .processingInstruction where child.localName == Self.emptyListTarget:
        writer.name(MemberName.unescaped(child.text))
        writer.beginArray()
        writer.endArray()
      default: break
      }
    }
    if openList != nil { writer.endArray() }
    writer.endObject()
  }

  /// Whether `child` is the next value of the list that `first` began; names are compared byte for byte.
  private static func continues(_ first: XMLNode, _ child: XMLNode) -> Bool {
    child.kind == .element && NodeTag(rawValue: child.mark.tag).isListMember && child.isNamed(first.localName)
  }
}
