import CXML

/// One XML document in memory: parsed, built or transformed, and freed with the last node that refers to it.
///
/// It is owned by one thread at a time and deliberately not `Sendable`: libxml2 writes into the tree even while it
/// reads (XPath ordering, transformations). Hand it over, never share it.
package final class XMLDocument {
  let pointer: xmlDocPtr
  /// The text that the marks' offsets count in: the source as UTF-8, empty for documents that were not parsed.
  let source: [UInt8]
  /// Offsets of the first byte of each line of `source`, made at the first question for a position.
  private lazy var lineStarts: [Int] = XMLLineStarts.make(source)
  /// Evaluation context of all XPath expressions on this document, made at the first evaluation.
  private var evaluator: xmlXPathContextPtr?

  /// Takes over a libxml2 document; `source` is what its marks count in.
  init(takingOwnership pointer: xmlDocPtr, source: [UInt8] = []) {
    self.pointer = pointer
    self.source = source
  }

  deinit {
    if let evaluator { xmlXPathFreeContext(evaluator) }
    xmlFreeDoc(pointer)
  }

  /// The root element; nil only for the result of a transformation that made none.
  package var root: XMLNode? {
    xmlDocGetRootElement(pointer).map { XMLNode(document: self, pointer: $0) }
  }

  /// The document node itself, the parent of the root element.
  package var documentNode: XMLNode {
    XMLNode(document: self, pointer: UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: xmlNode.self))
  }

  /// A deep copy with the same marks.
  package func copy() -> XMLDocument {
    guard let copied = xmlCopyDoc(pointer, 1) else { preconditionFailure("memory ran out while copying a document") }
    let document = XMLDocument(takingOwnership: copied, source: source)
    document.copyMarks(from: self)
    return document
  }

  /// Line and column of a byte of the source, both from 1, columns in characters (a tab is one).
  ///
  /// Nil when the document was not parsed or the offset is outside of it.
  package func position(ofOffset offset: Int) -> (line: Int, column: Int)? {
    guard offset >= 0, offset < source.count else { return nil }
    return XMLLineStarts.position(of: offset, in: source, lineStarts: lineStarts)
  }

  /// The context that expressions are evaluated in; one per document, because making one costs more than most
  /// evaluations.
  var xpathContext: xmlXPathContextPtr {
    if let evaluator { return evaluator }
    let made = XPathContext.make(for: pointer)
    evaluator = made
    return made
  }

  // libxml2 copies nodes without their application word, so both trees are walked side by side.
  private func copyMarks(from original: XMLDocument) {
    var from: xmlNodePtr? = xmlDocGetRootElement(original.pointer)
    var to: xmlNodePtr? = xmlDocGetRootElement(pointer)
    let fromRoot = from
    while let source = from, let target = to {
      target.pointee._private = source.pointee._private
      if source.pointee.type == XML_ELEMENT_NODE {
        var attribute = source.pointee.properties
        var copiedAttribute = target.pointee.properties
        while let present = attribute, let copied = copiedAttribute {
          copied.pointee._private = present.pointee._private
          attribute = present.pointee.next
          copiedAttribute = copied.pointee.next
        }
      }
      (from, to) = Self.nextInDocumentOrder(source, target, root: fromRoot)
    }
  }

  private static func nextInDocumentOrder(
    _ source: xmlNodePtr, _ target: xmlNodePtr, root: xmlNodePtr?
  ) -> (xmlNodePtr?, xmlNodePtr?) {
    if source.pointee.type == XML_ELEMENT_NODE, let child = source.pointee.children {
      return (child, target.pointee.children)
    }
    var (source, target) = (source, target)
    while source != root {
      if let next = source.pointee.next { return (next, target.pointee.next) }
      guard let parent = source.pointee.parent, let targetParent = target.pointee.parent else { break }
      (source, target) = (parent, targetParent)
    }
    return (nil, nil)
  }
}
