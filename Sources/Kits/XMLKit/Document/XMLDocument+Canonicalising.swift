import CXML

extension XMLDocument {
  /// The canonical form in UTF-8, as it is digested for signatures.
  ///
  /// - Parameters:
  ///   - withComments: keeps comments.
  ///   - inclusivePrefixes: for the exclusive form, prefixes that are treated as in the inclusive form; `#default` names
  ///     the default namespace (Exclusive XML Canonicalization 1.0 §3).
  /// - Throws: `canonicalisationFailed` for documents with relative namespace names, which Canonical XML forbids, and
  ///   the errors of the subset's expression.
  package func canonicalised(
    _ form: XMLCanonicalForm, withComments: Bool = false, inclusivePrefixes: [String] = [],
    subset: XMLCanonicalSubset = .whole
  ) throws(XMLError) -> [UInt8] {
    let writer = XMLCanonicalWriter(
      document: self, form: form, withComments: withComments, inclusivePrefixes: inclusivePrefixes)
    switch subset {
    case .whole:
      return try writer.write(isVisible: nil, data: nil)
    case .subtree(let node):
      precondition(node.document === self, "the subtree is of another document")
      return try writer.write(isVisible: isInSubtree, data: UnsafeMutableRawPointer(node.pointer))
    case .nodes(let expression, let node):
      precondition(node.document === self, "the node is of another document")
      let written: Result<[UInt8], XMLError> = try expression.withObject(at: node, [:]) { object in
        guard object.pointee.type == XPATH_NODESET else {
          return .failure(XMLError(.canonicalisationFailed, "the expression \"\(expression.source)\" yields no nodes"))
        }
        return writer.write(nodes: object.pointee.nodesetval)
      }
      return try written.get()
    }
  }
}

/// One run of libxml2's canonicaliser.
struct XMLCanonicalWriter {
  let document: XMLDocument
  let form: XMLCanonicalForm
  let withComments: Bool
  let inclusivePrefixes: [String]

  /// Writes what `isVisible` says, everything when it is nil.
  func write(
    isVisible: xmlC14NIsVisibleCallback?, data: UnsafeMutableRawPointer?
  ) throws(XMLError) -> [UInt8] {
    guard let output = xmlAllocOutputBuffer(nil) else { throw XMLError.outOfMemory }
    defer { xmlOutputBufferClose(output) }
    let collector = XMLMessageCollector(messagesLimit: 0)
    let status = withPrefixes { prefixes in
      collector.collect {
        xmlC14NExecute(document.pointer, isVisible, data, mode, prefixes, withComments ? 1 : 0, output)
      }
    }
    guard status >= 0 else { throw Self.failure(collector) }
    return [UInt8](UnsafeBufferPointer(start: xmlOutputBufferGetContent(output), count: xmlOutputBufferGetSize(output)))
  }

  /// Writes the nodes of a set.
  func write(nodes: xmlNodeSetPtr?) -> Result<[UInt8], XMLError> {
    // libxml2 takes no set for the whole document; no node is nothing.
    guard let nodes, nodes.pointee.nodeNr > 0 else { return .success([]) }
    let collector = XMLMessageCollector(messagesLimit: 0)
    var text: UnsafeMutablePointer<UInt8>?
    let count = withPrefixes { prefixes in
      collector.collect {
        xmlC14NDocDumpMemory(document.pointer, nodes, mode, prefixes, withComments ? 1 : 0, &text)
      }
    }
    defer { text.map { lt_xmlFree($0) } }
    guard count >= 0 else { return .failure(Self.failure(collector)) }
    return .success([UInt8](UnsafeBufferPointer(start: text, count: Int(count))))
  }

  private var mode: Int32 {
    switch form {
    case .inclusive: Int32(XML_C14N_1_0.rawValue)
    case .inclusive11: Int32(XML_C14N_1_1.rawValue)
    case .exclusive: Int32(XML_C14N_EXCLUSIVE_1_0.rawValue)
    }
  }

  /// Lends the prefixes as the array ending with null that libxml2 reads, null when there are none.
  private func withPrefixes<Result>(
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Result
  ) -> Result {
    guard !inclusivePrefixes.isEmpty else { return body(nil) }
    var prefixes = inclusivePrefixes.map { xmlStrdup(Array($0.utf8) + [0]) }
    defer { prefixes.forEach { $0.map { lt_xmlFree($0) } } }
    prefixes.append(nil)
    return prefixes.withUnsafeMutableBufferPointer { body($0.baseAddress) }
  }

  private static func failure(_ collector: XMLMessageCollector) -> XMLError {
    let reason = collector.fault.map { XSLTFault($0, blankingQuoted: true).text } ?? "libxml2 gives no reason"
    return XMLError(.canonicalisationFailed, "the document has no canonical form: \(reason)")
  }
}

/// True for the apex handed over as data, and everything inside of it.
private let isInSubtree: xmlC14NIsVisibleCallback = { apex, node, parent in
  guard let apex, let node else { return 0 }
  // Attributes and namespace nodes are judged by their element; a namespace node is no node of the tree.
  let isOfElement = node.pointee.type == XML_ATTRIBUTE_NODE || node.pointee.type == XML_NAMESPACE_DECL
  var current: xmlNodePtr? = isOfElement ? parent : node
  while let candidate = current {
    if UnsafeMutableRawPointer(candidate) == apex { return 1 }
    current = candidate.pointee.parent
  }
  return 0
}
