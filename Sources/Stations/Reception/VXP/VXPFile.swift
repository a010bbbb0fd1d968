import CryptographyKit

/// The file in the body of `sendEdoc` and the hash beside it (domain page §3.5.2).
enum VXPFile {
  /// The bytes that are the document. The client adds CR LF behind the file and takes the hash without; a body whose hash
  /// fits as a whole is taken whole. Nil if the hash fits neither.
  static func document(in body: [UInt8], hash: String) -> [UInt8]? {
    if body.suffix(2).elementsEqual([0x0D, 0x0A]), fits(hash, SHA256.hash(body.dropLast(2))) {
      return Array(body.dropLast(2))
    }
    return fits(hash, SHA256.hash(body)) ? body : nil
  }

  /// Whether the text spells this digest: with two digits for each byte, or as the client does it, where a byte below 16
  /// has one. Two digests may share a spelling of the second kind; to find a file for a given one is still out of reach.
  static func fits(_ hash: String, _ digest: [UInt8]) -> Bool {
    let hash = hash.lowercased()
    return hash == Hexadecimal.encode(digest) || hash == unpadded(digest)
  }

  /// Byte by byte without zeros in front.
  static func unpadded(_ digest: [UInt8]) -> String { digest.map { String($0, radix: 16) }.joined() }
}
