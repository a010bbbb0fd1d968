import CXML

extension XMLNode {
  /// Where the node is in its tree, like `/MSyncDocument/Attachments[2]/AttachmentName/@type`.
  ///
  /// Names are as written; a number stands only where siblings share the name.
  package var path: String {
    var steps: [String] = []
    var current: xmlNodePtr? = pointer
    while let node = current, node.pointee.type != XML_DOCUMENT_NODE {
      steps.append(Self.step(of: XMLNode(document: document, pointer: node)))
      current = node.pointee.parent
    }
    return "/" + steps.reversed().joined(separator: "/")
  }

  /// Line and column of the element in the source, or of the element that holds this node; nil when it was not parsed.
  package var position: (line: Int, column: Int)? {
    document.position(ofOffset: nearestOffset)
  }

  /// What is remembered beside this node; the offset counts in `XMLDocument.source`'s bytes for parsed documents.
  package var mark: XMLNodeMark {
    get { XMLNodeMark(word: UInt(bitPattern: pointer.pointee._private)) }
    nonmutating set { pointer.pointee._private = UnsafeMutableRawPointer(bitPattern: newValue.word) }
  }

  /// The offset of this element, or of the nearest element around this node that knows one.
  package var nearestOffset: Int {
    var current: xmlNodePtr? = pointer
    while let node = current, node.pointee.type != XML_DOCUMENT_NODE {
      let offset = XMLNodeMark(word: UInt(bitPattern: node.pointee._private)).offset
      if offset >= 0 { return offset }
      current = node.pointee.parent
    }
    return -1
  }

  private static func step(of node: XMLNode) -> String {
    switch node.kind {
    case .attribute: return "@" + node.name
    case .element: return numbered(node, node.name) { $0.pointee.type == XML_ELEMENT_NODE && $0.hasSameName(as: node) }
    case .text, .cdata: return numbered(node, "text()") { $0.isText }
    case .comment: return numbered(node, "comment()") { $0.pointee.type == XML_COMMENT_NODE }
    case .processingInstruction:
      return numbered(node, "processing-instruction()") { $0.pointee.type == XML_PI_NODE }
    case .document, .other: return "node()"
    }
  }

  private static func numbered(_ node: XMLNode, _ name: String, _ isAlike: (xmlNodePtr) -> Bool) -> String {
    var before = 0
    var cursor = node.pointer.pointee.prev
    while let sibling = cursor {
      if isAlike(sibling) { before += 1 }
      cursor = sibling.pointee.prev
    }
    if before > 0 { return "\(name)[\(before + 1)]" }
    cursor = node.pointer.pointee.next
    while let sibling = cursor {
      if isAlike(sibling) { return "\(name)[1]" }
      cursor = sibling.pointee.next
    }
    return name
  }
}

extension xmlNodePtr {
  fileprivate var isText: Bool {
    pointee.type == XML_TEXT_NODE || pointee.type == XML_CDATA_SECTION_NODE
  }

  fileprivate func hasSameName(as node: XMLNode) -> Bool {
    xmlStrEqual(pointee.name, node.pointer.pointee.name) == 1
      && xmlStrEqual(pointee.ns?.pointee.href, node.pointer.pointee.ns?.pointee.href) == 1
  }
}
