import CXML

extension XMLNode {
  /// The string value as XPath defines it (XPath 1.0 §5): of an element, all text inside of it.
  package var text: String {
    withTextBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether the string value is more than nothing.
  package var hasText: Bool {
    withTextBytes { !$0.isEmpty }
  }

  /// Lends the bytes of the string value; they are not copied when the node holds at most one piece of text, which is
  /// so for every leaf.
  package func withTextBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    try pointer.withTextBytes(body)
  }
}

extension xmlNodePtr {
  /// The same for a bare node, so that hot paths need not retain its document.
  func withTextBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    if let borrowed = singlePiece { return try body(borrowed) }
    guard let copied = xmlNodeGetContent(self) else { return try body(Self.noBytes) }
    defer { lt_xmlFree(copied) }
    return try body(UnsafeBufferPointer(start: copied, count: Int(xmlStrlen(copied))))
  }

  private static var noBytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: nil, count: 0) }

  /// The text in place, when the string value is one piece of the tree; nil when it must be put together.
  private var singlePiece: UnsafeBufferPointer<UInt8>? {
    switch pointee.type {
    case XML_TEXT_NODE, XML_CDATA_SECTION_NODE, XML_COMMENT_NODE, XML_PI_NODE:
      return content
    case XML_ELEMENT_NODE, XML_ATTRIBUTE_NODE:
      guard let child = pointee.children else { return Self.noBytes }
      guard child.pointee.next == nil,
        child.pointee.type == XML_TEXT_NODE || child.pointee.type == XML_CDATA_SECTION_NODE
      else { return nil }
      return child.content
    default:
      return nil
    }
  }

  private var content: UnsafeBufferPointer<UInt8> {
    guard let content = pointee.content else { return Self.noBytes }
    return UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content)))
  }
}
