import CXML

extension XMLNode {
  /// The parent; of an attribute its element, of the root element the document node.
  package var parent: XMLNode? { node(pointer.pointee.parent) }

  package var nextSibling: XMLNode? { node(pointer.pointee.next) }

  package var previousSibling: XMLNode? { node(pointer.pointee.prev) }

  package var firstChild: XMLNode? { holdsChildren ? node(pointer.pointee.children) : nil }

  /// Child nodes of every kind, in document order.
  package var children: XMLNodeSequence {
    XMLNodeSequence(document: document, first: holdsChildren ? pointer.pointee.children : nil, elementsOnly: false)
  }

  /// Child elements, in document order.
  package var elements: XMLNodeSequence {
    XMLNodeSequence(document: document, first: holdsChildren ? pointer.pointee.children : nil, elementsOnly: true)
  }

  /// Attributes in the order written; namespace declarations are not among them.
  package var attributes: XMLNodeSequence {
    let isElement = pointer.pointee.type == XML_ELEMENT_NODE
    return XMLNodeSequence(
      document: document, first: isElement ? Self.asNode(pointer.pointee.properties) : nil, elementsOnly: false)
  }

  /// The first child element of this name.
  package func firstElement(named localName: String, namespace: XMLNamespaceMatch = .any) -> XMLNode? {
    guard holdsChildren else { return nil }
    var localName = localName
    return localName.withUTF8 { localName in
      // Bare nodes: what is passed over is not retained.
      var candidate = pointer.pointee.children
      while let current = candidate {
        if current.pointee.type == XML_ELEMENT_NODE, Self.equal(current.pointee.name, localName),
          namespace.matches(current.pointee.ns?.pointee.href)
        {
          return XMLNode(document: document, pointer: current)
        }
        candidate = current.pointee.next
      }
      return nil
    }
  }

  /// Whether a name that ends with a zero is this one.
  private static func equal(_ name: UnsafePointer<UInt8>?, _ wanted: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let name else { return false }
    for (index, byte) in wanted.enumerated() where name[index] != byte || byte == 0 { return false }
    return name[wanted.count] == 0
  }

  /// The attribute of this name; attributes without prefix have no namespace (Namespaces in XML 1.0 §6.2).
  package func attribute(named localName: String, namespace: XMLNamespaceMatch = .none) -> XMLNode? {
    attributes.first { $0.isNamed(localName, namespace: namespace) }
  }

  private var holdsChildren: Bool {
    switch pointer.pointee.type {
    case XML_ELEMENT_NODE, XML_DOCUMENT_NODE: true
    default: false
    }
  }

  private func node(_ pointer: xmlNodePtr?) -> XMLNode? {
    pointer.map { XMLNode(document: document, pointer: $0) }
  }

  // `xmlAttr` begins with the same fields as `xmlNode`, which libxml2 itself relies on.
  static func asNode(_ attribute: xmlAttrPtr?) -> xmlNodePtr? {
    attribute.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: xmlNode.self) }
  }
}

/// Siblings one after the other, without an array being made of them.
package struct XMLNodeSequence: Sequence, IteratorProtocol {
  private let document: XMLDocument
  private var cursor: xmlNodePtr?
  private let elementsOnly: Bool

  init(document: XMLDocument, first: xmlNodePtr?, elementsOnly: Bool) {
    self.document = document
    cursor = first
    self.elementsOnly = elementsOnly
  }

  package mutating func next() -> XMLNode? {
    while let node = cursor {
      cursor = node.pointee.next
      if !elementsOnly || node.pointee.type == XML_ELEMENT_NODE { return XMLNode(document: document, pointer: node) }
    }
    return nil
  }

  /// True when there is nothing in it.
  package var isEmpty: Bool {
    var copy = self
    return copy.next() == nil
  }
}
