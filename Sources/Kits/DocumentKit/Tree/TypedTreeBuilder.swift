import JSONKit
import XMLKit

/// Builds the tagged elements of XML that says what it is as JSON.
///
/// It goes as deep as the XML is nested, which the parser or the transformation has bounded.
struct TypedTreeBuilder: ~Copyable {
  private var tree = XMLTreeBuilder()

  static func document(of root: XMLNode) throws(DocumentError) -> XMLDocument {
    var builder = TypedTreeBuilder()
    try builder.append(root, named: DocumentTree.rootName)
    return builder.finish()
  }

  private consuming func finish() -> XMLDocument {
    tree.finish()
  }

  private static let kinds: [String: NodeTag.Kind] = [
    "object": .object, "array": .array, "string": .string, "number": .number, "boolean": .boolean, "null": .null,
  ]

  private mutating func append(_ element: XMLNode, named name: String) throws(DocumentError) {
    let tag = try tag(of: element)
    tree.open(name, mark: XMLNodeMark(offset: element.mark.offset, tag: tag.rawValue))
    switch tag.kind {
    case .object: try appendMembers(of: element)
    case .array:
      try refuseText(beside: element)
      for value in element.elements {
        // Each value of an array is a member of it, whatever its attributes say.
        try appendItem(value)
      }
    default: try appendText(of: element, tag.kind)
    }
    tree.close()
  }

  private mutating func appendItem(_ element: XMLNode) throws(DocumentError) {
    guard try tag(of: element).isListMember else {
      throw refusal(element, "A value of an array lacks list=\"true\".")
    }
    try append(element, named: DocumentTree.itemName)
  }

  private mutating func appendMembers(of object: XMLNode) throws(DocumentError) {
    try refuseText(beside: object)
    var names: Set<[UInt8]> = []
    var openList: [UInt8]?
    for element in object.elements {
      let isEmptyList = element.isNamed("empty-list", namespace: .uri(DocumentTree.typingNamespace))
      let name = isEmptyList ? element.attribute(named: "name")?.text ?? "" : element.localName
      let bytes = Array(name.utf8)
      let isListMember = isEmptyList ? false : try tag(of: element).isListMember
      guard MemberName.isXMLName(name) else { throw refusal(element, "An empty list has no name.") }
      if !(isListMember && openList == bytes) {
        guard names.insert(bytes).inserted else {
          throw refusal(element, "A member is there twice; the values of a list need list=\"true\" and stand together.")
        }
      }
      openList = isListMember ? bytes : nil
      if isEmptyList {
        tree.processingInstruction(DocumentTree.emptyListTarget, name)
      } else {
        try append(element, named: name)
      }
    }
  }

  private mutating func appendText(of element: XMLNode, _ kind: NodeTag.Kind) throws(DocumentError) {
    guard element.elements.isEmpty else { throw refusal(element, "A value that is no object holds elements.") }
    let text = element.text
    let isRight =
      switch kind {
      case .number: (try? JSONDocument(parsing: text))?.root.numberText == text
      case .boolean: text == "true" || text == "false"
      case .null: text.isEmpty
      default: true
      }
    guard isRight else { throw refusal(element, "A text is not of the type that the element says.") }
    do throws(XMLError) {
      try tree.text(text)
    } catch {
      preconditionFailure("text of a tree cannot stand in a tree: \(error)")
    }
  }

  private func tag(of element: XMLNode) throws(DocumentError) -> NodeTag {
    var kind: NodeTag.Kind = element.elements.isEmpty ? .string : .object
    var isListMember = false
    for attribute in element.attributes {
      switch (attribute.namespace, attribute.localName) {
      case (DocumentTree.typingNamespace, "type"):
        guard let named = Self.kinds[attribute.text] else {
          throw refusal(element, "An element has a type that JSON does not know.")
        }
        kind = named
      case (DocumentTree.typingNamespace, "list"): isListMember = attribute.text == "true"
      default: throw refusal(element, "JSON has no attributes; an element has one.")
      }
    }
    return NodeTag(kind, isListMember: isListMember)
  }

  private func refuseText(beside element: XMLNode) throws(DocumentError) {
    for child in element.children where child.kind == .text || child.kind == .cdata {
      guard child.text.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else {
        throw refusal(element, "An element holds text beside elements.")
      }
    }
  }

  private func refusal(_ element: XMLNode, _ message: String) -> DocumentError {
    DocumentError(.notExpressibleInJSON, message, path: element.path)
  }
}
