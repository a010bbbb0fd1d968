/// Base64url without padding (RFC 4648 §5, RFC 7515 §2), strict: what JWS, tokens and links carry.
package enum Base64URL {
  package static func encode(_ bytes: [UInt8]) -> String {
    Base64Coder.url.encode(bytes)
  }

  /// Refuses padding, white space, `+` and `/`, an impossible length and unused bits that are not zero.
  package static func decode(_ text: String) throws(CryptographyError) -> [UInt8] {
    try Base64Coder.url.decode(Array(text.utf8))
  }

  package static func decode(_ characters: [UInt8]) throws(CryptographyError) -> [UInt8] {
    try Base64Coder.url.decode(characters)
  }
}
