import CXML

/// One node of a document: an element, attribute, text, comment, processing instruction, or the document itself.
///
/// It keeps its document alive. Two nodes are equal when they are the same node of the same document. Namespace nodes
/// of XPath are never handed out, since they do not live in the tree.
package struct XMLNode: Equatable, Hashable {
  /// The kinds of nodes that a document without DOCTYPE has.
  package enum Kind: Sendable {
    case document
    case element
    case attribute
    case text
    case cdata
    case comment
    case processingInstruction
    case other
  }

  package let document: XMLDocument
  let pointer: xmlNodePtr

  init(document: XMLDocument, pointer: xmlNodePtr) {
    self.document = document
    self.pointer = pointer
  }

  package static func == (left: XMLNode, right: XMLNode) -> Bool {
    left.pointer == right.pointer
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(pointer)
  }

  package var kind: Kind {
    switch pointer.pointee.type {
    case XML_DOCUMENT_NODE: .document
    case XML_ELEMENT_NODE: .element
    case XML_ATTRIBUTE_NODE: .attribute
    case XML_TEXT_NODE: .text
    case XML_CDATA_SECTION_NODE: .cdata
    case XML_COMMENT_NODE: .comment
    case XML_PI_NODE: .processingInstruction
    default: .other
    }
  }

  /// The name without prefix; the target of a processing instruction; empty for nodes without name.
  package var localName: String {
    hasName ? pointer.pointee.name.map { String(cString: $0) } ?? "" : ""
  }

  /// The namespace of an element or attribute; nil when it has none.
  package var namespace: String? {
    declaration?.pointee.href.map { String(cString: $0) }
  }

  /// The prefix as written in the document; nil when there is none.
  package var prefix: String? {
    declaration?.pointee.prefix.map { String(cString: $0) }
  }

  /// The name as written in the document, `prefix:local` or `local`.
  package var name: String {
    guard let prefix else { return localName }
    return "\(prefix):\(localName)"
  }

  /// True when the node is an element or attribute of this name and, unless `namespace` is `.any`, this namespace.
  package func isNamed(_ localName: String, namespace: XMLNamespaceMatch = .any) -> Bool {
    guard hasName, let own = pointer.pointee.name else { return false }
    return xmlStrEqual(own, localName) == 1 && namespace.matches(declaration?.pointee.href)
  }

  private var hasName: Bool {
    switch pointer.pointee.type {
    case XML_ELEMENT_NODE, XML_ATTRIBUTE_NODE, XML_PI_NODE: true
    default: false
    }
  }

  // `xmlNode` and `xmlAttr` agree in layout up to and including `ns`; other kinds have no namespace.
  private var declaration: xmlNsPtr? {
    switch pointer.pointee.type {
    case XML_ELEMENT_NODE, XML_ATTRIBUTE_NODE: pointer.pointee.ns
    default: nil
    }
  }
}

/// Which namespace a search by name asks for.
package enum XMLNamespaceMatch: Sendable, ExpressibleByStringLiteral {
  /// Whatever namespace, or none.
  case any
  /// No namespace at all.
  case none
  /// This namespace.
  case uri(String)

  package init(stringLiteral value: String) {
    self = .uri(value)
  }

  func matches(_ uri: UnsafePointer<UInt8>?) -> Bool {
    switch self {
    case .any: true
    case .none: uri == nil
    case .uri(let wanted): uri != nil && xmlStrEqual(uri, wanted) == 1
    }
  }
}
