import Glibc

/// Refuses a start tag with too many attributes before libxml2 sees it.
///
/// libxml2 compares each attribute of an element with every other before it calls back: sixteen megabytes of
/// attributes in one tag would take it minutes. The scan needs no parser: in a start tag every attribute has one quoted
/// value, no value has a '<', and a tag of few bytes cannot have many attributes.
enum XMLAttributeScan {
  /// Documents up to this size are not scanned: at five bytes per attribute their worst tag costs milliseconds, and the
  /// parser's own count refuses it afterwards.
  static let bytesUnscanned = 16 << 10
  private static let bytesPerAttributeMinimum = 5

  static func check(_ source: [UInt8], limit: Int) throws(XMLError) {
    guard source.count > bytesUnscanned else { return }
    let offender = source.withUnsafeBytes { Self.offset(ofTagOver: limit, in: $0) }
    guard let offender else { return }
    let place = XMLLineStarts.position(of: offender, in: source, lineStarts: XMLLineStarts.make(source))
    throw .limit("attributesPerElement", limit, line: place.line, column: place.column)
  }

  private static func offset(ofTagOver limit: Int, in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    var start = 0
    while start < bytes.count, let found = memchr(base + start, Int32(UInt8(ascii: "<")), bytes.count - start) {
      let open = UnsafeRawPointer(found) - base
      let next = memchr(base + open + 1, Int32(UInt8(ascii: "<")), bytes.count - open - 1)
      let end = next.map { UnsafeRawPointer($0) - base } ?? bytes.count
      if end - open > limit * bytesPerAttributeMinimum, attributes(in: bytes[open..<end]) > limit { return open }
      start = end
    }
    return nil
  }

  /// Quoted values before the '>' of the tag that begins the slice; 0 for what is no start tag.
  private static func attributes(in tag: Slice<UnsafeRawBufferPointer>) -> Int {
    let name = tag.dropFirst()
    guard let first = name.first, first != UInt8(ascii: "!"), first != UInt8(ascii: "?"), first != UInt8(ascii: "/")
    else { return 0 }
    var count = 0
    var quote: UInt8?
    for byte in name {
      if let open = quote {
        if byte == open { quote = nil }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        quote = byte
        count += 1
      case UInt8(ascii: ">"): return count
      default: break
      }
    }
    return count
  }
}
