/// Brings a document's bytes to UTF-8 before the parser sees them, so that offsets, positions and checks have one
/// meaning and no converter outside of this file decides what the bytes say.
enum XMLEncoding {
  /// The bytes as UTF-8; the same array when they already claim to be. libxml2 checks that claim while it parses.
  static func utf8(from bytes: [UInt8]) throws(XMLError) -> [UInt8] {
    if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes.dropFirst(2), highFirst: true) }
    if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes.dropFirst(2), highFirst: false) }
    switch declaredName(in: bytes) {
    case nil, "utf-8", "utf8", "us-ascii", "ascii": return bytes
    case "iso-8859-1", "latin1":
      var text = [UInt8]()
      text.reserveCapacity(bytes.count + bytes.count / 8)
      for byte in bytes {
        if byte < 0x80 {
          text.append(byte)
        } else {
          text.append(0xC0 | byte >> 6)
          text.append(0x80 | byte & 0x3F)
        }
      }
      return text
    case .some(let name):
      throw XMLError(
        .encodingUnsupported,
        "the document says its encoding is \"\(name)\"; send UTF-8, UTF-16 with a byte order mark, or ISO-8859-1",
        line: 1, column: 1)
    }
  }

  /// UTF-16 is decoded strictly: an unpaired surrogate is refused, never replaced.
  private static func utf16(_ bytes: ArraySlice<UInt8>, highFirst: Bool) throws(XMLError) -> [UInt8] {
    let invalid = XMLError(.notWellFormed, "the bytes are not valid UTF-16", line: 1, column: 1)
    guard bytes.count.isMultiple(of: 2) else { throw invalid }
    var text = [UInt8]()
    text.reserveCapacity(bytes.count)
    let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).lazy.map { index in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return highFirst ? first << 8 | second : second << 8 | first
    }
    let malformed = transcode(
      units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true, into: { text.append($0) })
    guard !malformed else { throw invalid }
    return text
  }

  /// The encoding named by the XML declaration in lower case, if there is one (XML 1.0 §4.3.3).
  private static func declaredName(in bytes: [UInt8]) -> String? {
    var text = bytes.prefix(256)
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
    guard text.starts(with: Array("<?xml".utf8)), let end = text.firstIndex(of: UInt8(ascii: ">")) else { return nil }
    let declaration = Array(text[..<end])
    let word = Array("encoding".utf8)
    guard
      let start = declaration.indices.first(where: { declaration[$0...].starts(with: word) })
    else { return nil }
    let behind = declaration[(start + word.count)...].drop { byte in byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard behind.first == UInt8(ascii: "=") else { return nil }
    let value = behind.dropFirst().drop { byte in byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let quote = value.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
    return String(decoding: value.dropFirst().prefix { $0 != quote }, as: UTF8.self).lowercased()
  }
}
