import CXML
import Glibc

extension XMLDocument {
  /// Parses a document as it came from outside.
  ///
  /// XML 1.0 with namespaces, in UTF-8, UTF-16 with a byte order mark, or ISO-8859-1; every DOCTYPE is refused, nothing
  /// is ever loaded, and `limits` bound the cost. Errors say line and column of the first fault.
  package convenience init(parsing bytes: [UInt8], limits: XMLLimits = .standard) throws(XMLError) {
    XMLLibrary.start()
    guard bytes.count <= limits.bytes else { throw XMLError.limit("bytes", limits.bytes) }
    let source = try XMLEncoding.utf8(from: bytes)
    let parser = XMLParser(limits: limits, refusingDoctype: true)
    self.init(takingOwnership: try parser.parse(source, options: XMLParser.options), source: source)
  }

  /// Parses a document out of borrowed memory; the bytes are copied once, because positions are looked up in them.
  package convenience init(parsing bytes: UnsafeRawBufferPointer, limits: XMLLimits = .standard) throws(XMLError) {
    guard bytes.count <= limits.bytes else { throw XMLError.limit("bytes", limits.bytes) }
    try self.init(parsing: [UInt8](bytes), limits: limits)
  }

  /// Parses a schema or stylesheet of the installation, which may have a DOCTYPE with entities of its own.
  ///
  /// It stays inside this module: what comes from outside never passes here. External entities are refused as always.
  convenience init(parsingTrusted bytes: [UInt8]) throws(XMLError) {
    XMLLibrary.start()
    let source = try XMLEncoding.utf8(from: bytes)
    let parser = XMLParser(limits: .standard, refusingDoctype: false)
    self.init(takingOwnership: try parser.parse(source, options: XMLParser.options), source: source)
  }
}

/// One parse of one document; a new one each time, since reuse gains nothing measurable and keeps state alive.
struct XMLParser {
  /// For every document, also for schemas and stylesheets, whose own entities are read where they stand in attributes. XML_PARSE_NOENT and XML_PARSE_HUGE are never set: the first reads files, the second
  /// lifts libxml2's own limits. The declared encoding is ignored since the bytes are UTF-8 by now.
  static let options = Int32(
    XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue | XML_PARSE_IGNORE_ENC.rawValue)

  let limits: XMLLimits
  let refusingDoctype: Bool

  /// The parsed tree, owned by the caller.
  func parse(_ source: [UInt8], options: Int32) throws(XMLError) -> xmlDocPtr {
    guard !source.isEmpty else { throw XMLError(.notWellFormed, "the document is empty", line: 1, column: 1) }
    try XMLAttributeScan.check(source, limit: limits.attributesPerElement)
    guard let context = xmlNewParserCtxt() else { throw XMLError.outOfMemory }
    defer { xmlFreeParserCtxt(context) }
    var state = XMLParseState(limits: limits, refusingDoctype: refusingDoctype)
    // The state lives on this frame for exactly as long as the parse; callbacks find it in the parser's
    // application word.
    let document = withUnsafeMutablePointer(to: &state) { state in
      context.pointee._private = UnsafeMutableRawPointer(state)
      XMLParseState.install(in: context)
      return source.withUnsafeBytes { bytes in
        xmlCtxtReadMemory(
          context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), nil, nil, options)
      }
    }
    // libxml2 takes a zero byte behind the root for the end of the input, and would drop what follows it.
    state.checkEnd(in: context, sourceCount: source.count)
    // The result alone says nothing: a stopped parse still returns what it had.
    if let error = state.error(in: source) {
      if let document { xmlFreeDoc(document) }
      throw error
    }
    guard let document, context.pointee.wellFormed == 1 else {
      if let document { xmlFreeDoc(document) }
      throw XMLError(.notWellFormed, "the document is not well-formed XML")
    }
    return document
  }
}

extension XMLError {
  static let outOfMemory = XMLError(.outOfMemory, "memory ran out inside libxml2")

  static func limit(_ name: String, _ value: Int, line: Int = 0, column: Int = 0) -> XMLError {
    XMLError(
      .limitExceeded, "the document exceeds the limit \(name) = \(value); send less or raise the limit",
      line: line, column: column)
  }
}
