import CXML

/// What one parse watches and notes; reached from libxml2's callbacks through the parser's application word.
struct XMLParseState {
  /// Why this kit itself stopped the parse.
  enum Refusal {
    case doctype
    case depth
    case nodes
    case attributes
    case namespaces
  }

  private let limits: XMLLimits
  private let refusingDoctype: Bool
  private var nodes = 0
  private var refusal: Refusal?
  private var fault: XMLParseFault?
  /// Offset in the source at which a refusal or fault was noted.
  private var faultOffset = 0

  init(limits: XMLLimits, refusingDoctype: Bool) {
    self.limits = limits
    self.refusingDoctype = refusingDoctype
  }

  /// Puts the watching callbacks before libxml2's own tree builder.
  static func install(in context: xmlParserCtxtPtr) {
    let handler = context.pointee.sax!
    handler.pointee.startElementNs = watchElement
    handler.pointee.comment = watchComment
    handler.pointee.processingInstruction = watchInstruction
    handler.pointee.cdataBlock = watchCDATA
    handler.pointee.internalSubset = watchDoctype
    handler.pointee.serror = watchError
  }

  /// The error to report, the kit's own refusal first: what libxml2 says after being stopped is a consequence.
  func error(in source: [UInt8]) -> XMLError? {
    guard refusal != nil || fault != nil else { return nil }
    let place = XMLLineStarts.position(
      of: min(faultOffset, source.count), in: source, lineStarts: XMLLineStarts.make(source))
    switch refusal {
    case .doctype:
      return XMLError(
        .doctypeRefused, "the document has a DOCTYPE, none is accepted; send it without", line: place.line,
        column: place.column)
    case .depth: return .limit("depth", limits.depth, line: place.line, column: place.column)
    case .nodes: return .limit("nodes", limits.nodes, line: place.line, column: place.column)
    case .attributes:
      return .limit("attributesPerElement", limits.attributesPerElement, line: place.line, column: place.column)
    case .namespaces:
      return .limit("namespacesInScope", limits.namespacesInScope, line: place.line, column: place.column)
    case nil: return fault?.error(line: place.line, column: place.column)
    }
  }

  /// Notes a fault when a parse without fault did not read the whole source.
  mutating func checkEnd(in context: xmlParserCtxtPtr, sourceCount: Int) {
    let end = Self.offset(in: context)
    guard fault == nil, refusal == nil, end < sourceCount else { return }
    fault = .zeroByte
    faultOffset = end
  }

  private mutating func refuse(_ reason: Refusal, in context: xmlParserCtxtPtr, at offset: Int) {
    guard refusal == nil else { return }
    refusal = reason
    faultOffset = offset
    xmlStopParser(context)
  }

  private mutating func countNodes(_ count: Int, in context: xmlParserCtxtPtr) {
    nodes += count
    if nodes > limits.nodes { refuse(.nodes, in: context, at: Self.offset(in: context)) }
  }

  // MARK: What the callbacks do

  fileprivate mutating func sawElement(
    _ element: xmlNodePtr?, in context: xmlParserCtxtPtr, attributes: Int, namespaces: Int
  ) {
    let offset = Self.tagOffset(in: context)
    if let element, offset >= 0 {
      element.pointee._private = UnsafeMutableRawPointer(bitPattern: XMLNodeMark(offset: offset).word)
    }
    nodes += 1 + attributes
    if Int(context.pointee.nodeNr) > limits.depth {
      refuse(.depth, in: context, at: offset)
    } else if attributes + namespaces > limits.attributesPerElement {
      refuse(.attributes, in: context, at: offset)
    } else if Int(context.pointee.nsNr) / 2 > limits.namespacesInScope {
      refuse(.namespaces, in: context, at: offset)
    } else if nodes > limits.nodes {
      refuse(.nodes, in: context, at: offset)
    }
  }

  fileprivate mutating func sawOther(in context: xmlParserCtxtPtr) {
    countNodes(1, in: context)
  }

  /// True when the parse goes on.
  fileprivate mutating func sawDoctype(in context: xmlParserCtxtPtr) -> Bool {
    guard refusingDoctype else { return true }
    refuse(.doctype, in: context, at: Self.offset(in: context))
    return false
  }

  fileprivate mutating func sawError(_ error: xmlErrorPtr, in context: xmlParserCtxtPtr) {
    // Warnings let the document pass, and so do namespace names that are no absolute URIs: Namespaces in XML 1.0 §2.2
    // deprecates them, partners use them.
    let code = xmlParserErrors(rawValue: UInt32(bitPattern: error.pointee.code))
    guard error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue, refusal == nil, fault == nil,
      code != XML_WAR_NS_URI, code != XML_WAR_NS_URI_RELATIVE
    else { return }
    fault = XMLParseFault(copying: error.pointee)
    faultOffset = Self.offset(in: context)
  }

  // MARK: Where the parser stands

  private static func offset(in context: xmlParserCtxtPtr) -> Int {
    guard let input = context.pointee.input, let base = input.pointee.base else { return 0 }
    return Int(input.pointee.consumed) + (input.pointee.cur - base)
  }

  /// Offset of the '<' of the start tag that the parser has just read.
  ///
  /// It calls back when it stands at the tag's '>' or '/', and never moves its buffer inside a start tag. No '<' can
  /// stand between: attribute values may not have one (XML 1.0 §2.3 AttValue).
  private static func tagOffset(in context: xmlParserCtxtPtr) -> Int {
    guard let input = context.pointee.input, let base = input.pointee.base, var cursor = input.pointee.cur else {
      return -1
    }
    while cursor > base {
      cursor -= 1
      if cursor.pointee == UInt8(ascii: "<") { return Int(input.pointee.consumed) + (cursor - base) }
    }
    return -1
  }
}

// The callbacks run on the parsing thread inside `xmlCtxtReadMemory`; the state outlives that call by construction.
private func state(of context: xmlParserCtxtPtr) -> UnsafeMutablePointer<XMLParseState> {
  context.pointee._private.assumingMemoryBound(to: XMLParseState.self)
}

private let watchElement: startElementNsSAX2Func = {
  raw, name, prefix, uri, namespaceCount, namespaces, attributeCount, defaulted, attributes in
  guard let raw else { return }
  let context = raw.assumingMemoryBound(to: xmlParserCtxt.self)
  let depth = context.pointee.nodeNr
  xmlSAX2StartElementNs(
    raw, name, prefix, uri, namespaceCount, namespaces, attributeCount, defaulted, attributes)
  // Past its own depth limit libxml2 frees the element again.
  let element = context.pointee.nodeNr > depth ? context.pointee.node : nil
  state(of: context).pointee.sawElement(
    element, in: context, attributes: Int(attributeCount), namespaces: Int(namespaceCount))
}

private let watchComment: commentSAXFunc = { raw, text in
  guard let raw else { return }
  let context = raw.assumingMemoryBound(to: xmlParserCtxt.self)
  xmlSAX2Comment(raw, text)
  state(of: context).pointee.sawOther(in: context)
}

private let watchInstruction: processingInstructionSAXFunc = { raw, target, data in
  guard let raw else { return }
  let context = raw.assumingMemoryBound(to: xmlParserCtxt.self)
  xmlSAX2ProcessingInstruction(raw, target, data)
  state(of: context).pointee.sawOther(in: context)
}

private let watchCDATA: cdataBlockSAXFunc = { raw, text, length in
  guard let raw else { return }
  let context = raw.assumingMemoryBound(to: xmlParserCtxt.self)
  xmlSAX2CDataBlock(raw, text, length)
  state(of: context).pointee.sawOther(in: context)
}

private let watchDoctype: internalSubsetSAXFunc = { raw, name, publicID, systemID in
  guard let raw else { return }
  let context = raw.assumingMemoryBound(to: xmlParserCtxt.self)
  if state(of: context).pointee.sawDoctype(in: context) {
    xmlSAX2InternalSubset(raw, name, publicID, systemID)
  }
}

private let watchError: xmlStructuredErrorFunc = { raw, error in
  guard let raw, let error else { return }
  let context = raw.assumingMemoryBound(to: xmlParserCtxt.self)
  state(of: context).pointee.sawError(error, in: context)
}
