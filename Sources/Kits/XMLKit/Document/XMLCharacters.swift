import CXML

/// Which characters XML allows where.
package enum XMLCharacters {
  /// Offset of the first character that XML 1.0 §2.2 does not allow; nil when all may stand in a document.
  ///
  /// The bytes are UTF-8. Not allowed are U+0000 to U+001F without tab, line feed and carriage return, and U+FFFE, U+FFFF.
  package static func firstNotAllowed(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    let count = bytes.count
    while index < count {
      let byte = bytes[index]
      if byte < 0x20 {
        if byte != 0x09, byte != 0x0A, byte != 0x0D { return index }
      } else if byte == 0xEF, index + 2 < count, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE {
        return index
      }
      index += 1
    }
    return nil
  }

  /// True when the UTF-8 bytes are an NCName (Namespaces in XML 1.0 §3): a name without colon.
  package static func isName(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first else { return false }
    guard isNameStart(first) else { return first >= 0x80 && isLongName(bytes) }
    for byte in bytes where !isNamePart(byte) {
      return byte >= 0x80 && isLongName(bytes)
    }
    return true
  }

  /// Throws when `string` has a character that may not stand in a document.
  static func check(_ string: String) throws(XMLError) {
    var string = string
    let offset = string.withUTF8 { firstNotAllowed(in: $0) }
    if let offset { throw error(at: offset) }
  }

  static func error(at offset: Int) -> XMLError {
    XMLError(
      .characterNotAllowed, "the text has a character that XML 1.0 does not allow, at byte \(offset); leave it out")
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || byte == UInt8(ascii: "_")
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    isNameStart(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  // Names beyond ASCII are left to libxml2, which has the tables; it wants them terminated by a zero.
  private static func isLongName(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let terminated = Array(bytes) + [0]
    return !bytes.contains(0) && xmlValidateNCName(terminated, 0) == 0
  }
}
