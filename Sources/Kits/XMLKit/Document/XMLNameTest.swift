import CXML

/// A name prepared once to find elements and attributes by, many times: no string is converted while searching.
package struct XMLNameTest: Sendable, Equatable {
  package let localName: String
  /// Nil means no namespace, as an unprefixed name does in XPath 1.0.
  package let namespace: String?
  private let localBytes: [UInt8]
  private let namespaceBytes: [UInt8]?

  package init(_ localName: String, namespace: String? = nil) {
    self.localName = localName
    self.namespace = namespace
    // libxml2's strings end with a zero.
    localBytes = Array(localName.utf8) + [0]
    namespaceBytes = namespace.map { Array($0.utf8) + [0] }
  }

  /// The first of these siblings that is an element or attribute of this name.
  func first(from start: xmlNodePtr?, of type: xmlElementType) -> xmlNodePtr? {
    localBytes.withUnsafeBufferPointer { name in
      var cursor = start
      while let node = cursor {
        if node.pointee.type == type, let own = node.pointee.name, own.pointee == name[0],
          xmlStrEqual(own, name.baseAddress) == 1, matches(node.pointee.ns)
        {
          return node
        }
        cursor = node.pointee.next
      }
      return nil
    }
  }

  private func matches(_ declaration: xmlNsPtr?) -> Bool {
    guard let namespaceBytes else { return declaration?.pointee.href == nil }
    guard let href = declaration?.pointee.href else { return false }
    return xmlStrEqual(href, namespaceBytes) == 1
  }
}

extension XMLNode {
  /// The first child element of this name.
  package func firstElement(_ test: XMLNameTest) -> XMLNode? {
    guard pointer.pointee.type == XML_ELEMENT_NODE || pointer.pointee.type == XML_DOCUMENT_NODE else { return nil }
    return test.first(from: pointer.pointee.children, of: XML_ELEMENT_NODE).map {
      XMLNode(document: document, pointer: $0)
    }
  }

  /// The next element of this name behind this one, among the same siblings.
  package func nextElement(_ test: XMLNameTest) -> XMLNode? {
    test.first(from: pointer.pointee.next, of: XML_ELEMENT_NODE).map { XMLNode(document: document, pointer: $0) }
  }

  /// The attribute of this name.
  package func attribute(_ test: XMLNameTest) -> XMLNode? {
    guard pointer.pointee.type == XML_ELEMENT_NODE else { return nil }
    // `xmlAttr` agrees with `xmlNode` in all fields up to and including `ns`.
    return test.first(from: Self.asNode(pointer.pointee.properties), of: XML_ATTRIBUTE_NODE).map {
      XMLNode(document: document, pointer: $0)
    }
  }
}
