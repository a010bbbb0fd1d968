import CXML

/// Reads libxml2's result objects.
enum XPathObject {
  /// The value of `object` as nodes of `document`.
  static func value(of object: xmlXPathObjectPtr, document: XMLDocument) -> XPathValue {
    switch object.pointee.type {
    case XPATH_NODESET, XPATH_XSLT_TREE: .nodes(nodes(of: object, document: document))
    case XPATH_NUMBER: .number(object.pointee.floatval)
    case XPATH_BOOLEAN: .boolean(object.pointee.boolval != 0)
    default: .string(object.pointee.stringval.map { String(cString: $0) } ?? "")
    }
  }

  /// The nodes in document order; namespace nodes are left out, since they live and die with `object`.
  static func nodes(of object: xmlXPathObjectPtr, document: XMLDocument) -> [XMLNode] {
    guard let set = object.pointee.nodesetval else { return [] }
    let count = Int(set.pointee.nodeNr)
    if count > 1 { xmlXPathNodeSetSort(set) }
    var nodes: [XMLNode] = []
    nodes.reserveCapacity(count)
    for index in 0..<count {
      guard let node = set.pointee.nodeTab[index], node.pointee.type != XML_NAMESPACE_DECL else { continue }
      nodes.append(XMLNode(document: document, pointer: node))
    }
    return nodes
  }

  /// Lends the bytes of the value as XPath's `string()` converts it, without a copy where the tree has them in one
  /// piece.
  static func withStringBytes<Result>(
    of object: xmlXPathObjectPtr, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    switch object.pointee.type {
    case XPATH_NODESET, XPATH_XSLT_TREE:
      guard let set = object.pointee.nodesetval, set.pointee.nodeNr > 0 else { break }
      if set.pointee.nodeNr > 1 { xmlXPathNodeSetSort(set) }
      guard let first = set.pointee.nodeTab[0] else { break }
      if first.pointee.type == XML_NAMESPACE_DECL { return try withCastBytes(xmlXPathCastNodeToString(first), body) }
      return try first.withTextBytes(body)
    case XPATH_STRING:
      guard let text = object.pointee.stringval else { break }
      return try body(UnsafeBufferPointer(start: text, count: Int(xmlStrlen(text))))
    default:
      return try withCastBytes(xmlXPathCastToString(object), body)
    }
    return try body(UnsafeBufferPointer(start: nil, count: 0))
  }

  /// The string value of any node of a set, namespace nodes included.
  static func text(of node: xmlNodePtr) -> String {
    if node.pointee.type == XML_NAMESPACE_DECL {
      return withCastBytes(xmlXPathCastNodeToString(node)) { String(decoding: $0, as: UTF8.self) }
    }
    return node.withTextBytes { String(decoding: $0, as: UTF8.self) }
  }

  private static func withCastBytes<Result>(
    _ text: UnsafeMutablePointer<UInt8>?, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    guard let text else { return try body(UnsafeBufferPointer(start: nil, count: 0)) }
    defer { lt_xmlFree(text) }
    return try body(UnsafeBufferPointer(start: text, count: Int(xmlStrlen(text))))
  }
}

extension XPathValue {
  /// libxml2's object of this value, owned by the caller; node-sets refer to the nodes without owning them.
  func makeObject() -> xmlXPathObjectPtr? {
    switch self {
    case .string(let string): return xmlXPathNewString(string)
    case .number(let number): return xmlXPathNewFloat(number)
    case .boolean(let boolean): return xmlXPathNewBoolean(boolean ? 1 : 0)
    case .nodes(let nodes):
      let object = xmlXPathNewNodeSet(nil)
      for node in nodes { xmlXPathNodeSetAddUnique(object?.pointee.nodesetval, node.pointer) }
      return object
    }
  }

  /// As XPath's `string()` converts it.
  package var string: String {
    switch self {
    case .nodes(let nodes): nodes.first?.text ?? ""
    case .string(let string): string
    case .number(let number): XPathNumber.string(number)
    case .boolean(let boolean): boolean ? "true" : "false"
    }
  }

  /// As XPath's `boolean()` converts it.
  package var boolean: Bool {
    switch self {
    case .nodes(let nodes): !nodes.isEmpty
    case .string(let string): !string.isEmpty
    case .number(let number): number != 0 && !number.isNaN
    case .boolean(let boolean): boolean
    }
  }
}
