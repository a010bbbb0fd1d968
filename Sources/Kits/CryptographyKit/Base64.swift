/// Base64 (RFC 4648 §4): strict, because two texts for the same bytes are two keys for the same thing.
///
/// Decoding wants the padding, no line breaks and nothing after the end, and the unused bits of the last character
/// must be zero (§3.5).
package enum Base64 {
  /// What to do with space, tab, CR and LF between the characters. XML Schema's base64Binary and MIME allow them.
  package enum WhiteSpace: Sendable {
    case refused
    case skipped
  }

  package static func encode(_ bytes: [UInt8]) -> String {
    Base64Coder.standard.encode(bytes)
  }

  package static func decode(_ text: String, whiteSpace: WhiteSpace = .refused) throws(CryptographyError) -> [UInt8] {
    try decode(Array(text.utf8), whiteSpace: whiteSpace)
  }

  /// Decodes ASCII bytes, so that a large attachment needs no `String` in between.
  package static func decode(
    _ characters: [UInt8], whiteSpace: WhiteSpace = .refused
  ) throws(CryptographyError) -> [UInt8] {
    switch whiteSpace {
    case .refused: try Base64Coder.standard.decode(characters)
    case .skipped: try Base64Coder.standard.decode(characters.filter { !isWhiteSpace($0) })
    }
  }

  private static func isWhiteSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
