import CXML

/// Builds a document from the root down, one call per node, the fastest way there is without lending pointers.
///
/// Names are interned in the document, so a name that comes a thousand times is stored once. Wrong order of calls and
/// names that are no XML names are mistakes of the caller and trap; text comes from outside and is refused with an error.
/// A builder that is dropped before `finish()` frees what it built.
package struct XMLTreeBuilder: ~Copyable {
  private let document: xmlDocPtr
  private let names: xmlDictPtr
  /// Below `names`, which keeps it.
  private let stored: xmlDictPtr?
  private var current: xmlNodePtr?
  /// Whether any element has declared a namespace; without one there is none to look for above an element.
  private var hasDeclarations = false

  /// `stored`: names that `open(_:)` may be given; the document keeps them.
  package init(names stored: XMLNames? = nil) {
    XMLLibrary.start()
    guard let document = xmlNewDoc("1.0"), let names = xmlDictCreateSub(stored?.dictionary) else {
      preconditionFailure("memory ran out while a document was begun")
    }
    // The document frees its dictionary, which holds a reference to the stored names.
    document.pointee.dict = names
    self.document = document
    self.names = names
    self.stored = stored?.dictionary
  }

  deinit {
    xmlFreeDoc(document)
  }

  /// Opens an element without namespace; `name` is an NCName in UTF-8.
  package mutating func open(name: UnsafeBufferPointer<UInt8>, mark: XMLNodeMark = XMLNodeMark()) {
    append(element: interned(name), mark: mark)
  }

  /// Opens an element without namespace, whose name is one of those the builder was made with; another traps.
  package mutating func open(_ name: XMLName, mark: XMLNodeMark = XMLNodeMark()) {
    precondition(name.dictionary == stored, "the name is not one of those that the document keeps")
    let element = append(element: name.pointer, mark: mark)
    if hasDeclarations { leaveNamespace(element) }
  }

  /// Opens an element. A namespace equal to the one in scope is inherited, another is declared as the default
  /// namespace, or with `prefix`.
  package mutating func open(
    _ name: String, namespace: String? = nil, prefix: String? = nil, mark: XMLNodeMark = XMLNodeMark()
  ) {
    let element = append(element: interned(name), mark: mark)
    guard let namespace else {
      if hasDeclarations { leaveNamespace(element) }
      return
    }
    hasDeclarations = true
    if let known = xmlSearchNs(document, element, prefix), xmlStrEqual(known.pointee.href, namespace) == 1 {
      element.pointee.ns = known
    } else {
      element.pointee.ns = xmlNewNs(element, namespace, prefix)
    }
  }

  /// Ends the default namespace, where one is in scope, for an element that has none.
  private func leaveNamespace(_ element: xmlNodePtr) {
    guard let known = xmlSearchNs(document, element, nil), known.pointee.href?.pointee != 0 else { return }
    xmlNewNs(element, "", nil)
  }

  /// Adds an attribute to the open element, before its content; one with a namespace needs a prefix (Namespaces in XML
  /// 1.0 §6.2). A prefix bound to this namespace around the element is used, another is declared on the element; that
  /// the element itself binds the prefix to something else is the caller's mistake and traps.
  package mutating func attribute(
    _ name: String, _ value: String, namespace: String? = nil, prefix: String? = nil
  ) throws(XMLError) {
    guard let current else { preconditionFailure("an attribute needs an open element") }
    try XMLCharacters.check(value)
    let interned = interned(name)
    guard let namespace else {
      precondition(xmlHasNsProp(current, interned, nil) == nil, "the attribute is already there")
      xmlNewProp(current, interned, value)
      return
    }
    guard let prefix else { preconditionFailure("an attribute with a namespace needs a prefix") }
    precondition(xmlHasNsProp(current, interned, namespace) == nil, "the attribute is already there")
    hasDeclarations = true
    let known = xmlSearchNs(document, current, prefix)
    let isKnown = known.map { xmlStrEqual($0.pointee.href, namespace) == 1 } ?? false
    guard let declaration = isKnown ? known : xmlNewNs(current, namespace, prefix) else {
      preconditionFailure("the element binds the prefix of an attribute to another namespace")
    }
    xmlNewNsProp(current, declaration, interned, value)
  }

  /// Adds text to the open element; `bytes` are UTF-8. Refuses characters outside of XML 1.0 §2.2 by their offset.
  package mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(XMLError) {
    if let offset = XMLCharacters.firstNotAllowed(in: bytes) { throw XMLCharacters.error(at: offset) }
    append(text: bytes)
  }

  /// Adds text to the open element.
  package mutating func text(_ string: String) throws(XMLError) {
    var string = string
    let fault = string.withUTF8 { bytes in
      let fault = XMLCharacters.firstNotAllowed(in: bytes)
      if fault == nil { append(text: bytes) }
      return fault
    }
    if let fault { throw XMLCharacters.error(at: fault) }
  }

  /// Adds text to the open element as it is: text of a tree, which has been checked when it came in.
  package mutating func text(checked bytes: UnsafeBufferPointer<UInt8>) { append(text: bytes) }

  /// Adds a copy of an element and all in it to the open element, by their local names: what is copied has neither
  /// namespaces nor attributes, and text beside elements is left out.
  package mutating func copy(_ element: XMLNode) {
    open(element.localName)
    var hasElements = false
    for child in element.elements {
      hasElements = true
      copy(child)
    }
    if !hasElements { element.withTextBytes { text(checked: $0) } }
    close()
  }

  /// Adds a processing instruction to the open element, or before the root.
  package mutating func processingInstruction(_ target: String, _ data: String) {
    precondition(!data.contains("?>"), "a processing instruction cannot contain its own end")
    guard let node = xmlNewDocPI(document, target, data) else {
      preconditionFailure("memory ran out while a document was built")
    }
    xmlAddChild(current ?? documentNode, node)
  }

  /// Closes the open element.
  package mutating func close() {
    guard let element = current else { preconditionFailure("no element is open") }
    current = element.pointee.parent == documentNode ? nil : element.pointee.parent
  }

  /// The finished document.
  package consuming func finish() -> XMLDocument {
    precondition(current == nil, "an element is still open")
    precondition(xmlDocGetRootElement(document) != nil, "a document needs a root element")
    let finished = document
    discard self
    return XMLDocument(takingOwnership: finished)
  }

  /// Changes the mark of the open element.
  package mutating func mark(_ mark: XMLNodeMark) {
    guard let current else { preconditionFailure("a mark needs an open element") }
    current.pointee._private = UnsafeMutableRawPointer(bitPattern: mark.word)
  }

  private var documentNode: xmlNodePtr {
    UnsafeMutableRawPointer(document).assumingMemoryBound(to: xmlNode.self)
  }

  @discardableResult
  private mutating func append(element name: UnsafePointer<UInt8>, mark: XMLNodeMark) -> xmlNodePtr {
    // A name of the document's dictionary is recognised as such by libxml2 and not freed with the node.
    guard let element = xmlNewDocNodeEatName(document, nil, UnsafeMutablePointer(mutating: name), nil) else {
      preconditionFailure("memory ran out while a document was built")
    }
    element.pointee._private = UnsafeMutableRawPointer(bitPattern: mark.word)
    if let current {
      link(element, to: current)
    } else {
      precondition(xmlDocGetRootElement(document) == nil, "a document has one root element")
      xmlAddChild(documentNode, element)
    }
    current = element
    return element
  }

  private mutating func append(text bytes: UnsafeBufferPointer<UInt8>) {
    guard let current else { preconditionFailure("text needs an open element") }
    guard !bytes.isEmpty else { return }
    if let last = current.pointee.last, last.pointee.type == XML_TEXT_NODE {
      xmlNodeAddContentLen(last, bytes.baseAddress, Int32(bytes.count))
      return
    }
    link(makeText(bytes), to: current)
  }

  /// A text node. Short texts are kept inside of the node, in the field that only elements use, as libxml2's parser does
  /// with XML_PARSE_COMPACT; everything in libxml2 that frees or changes text knows of it.
  private func makeText(_ bytes: UnsafeBufferPointer<UInt8>) -> xmlNodePtr {
    let isShort = bytes.count < 2 * MemoryLayout<UnsafeRawPointer>.size
    guard
      let node = isShort
        ? xmlNewDocText(document, nil) : xmlNewDocTextLen(document, bytes.baseAddress, Int32(bytes.count))
    else { preconditionFailure("memory ran out while a document was built") }
    guard isShort else { return node }
    // `properties` and `nsDef` lie beside each other, both zero in a new node, so the text is terminated.
    let place = UnsafeMutableRawPointer(node).advanced(by: MemoryLayout<xmlNode>.offset(of: \.properties)!)
    place.copyMemory(from: UnsafeRawPointer(bytes.baseAddress!), byteCount: bytes.count)
    node.pointee.content = place.assumingMemoryBound(to: UInt8.self)
    return node
  }

  // What `xmlAddChild` does for a node that is new and no text beside text, without its checks.
  private func link(_ node: xmlNodePtr, to parent: xmlNodePtr) {
    node.pointee.parent = parent
    node.pointee.prev = parent.pointee.last
    if let last = parent.pointee.last { last.pointee.next = node } else { parent.pointee.children = node }
    parent.pointee.last = node
  }

  private func interned(_ name: String) -> UnsafePointer<UInt8> {
    var name = name
    return name.withUTF8 { interned($0) }
  }

  private func interned(_ name: UnsafeBufferPointer<UInt8>) -> UnsafePointer<UInt8> {
    precondition(XMLCharacters.isName(name), "an element or attribute name must be an NCName")
    guard let interned = xmlDictLookup(names, name.baseAddress, Int32(name.count)) else {
      preconditionFailure("memory ran out while a name was stored")
    }
    return interned
  }
}
