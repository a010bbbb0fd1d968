/// A checksum over texts put behind one another, as payment systems make it of the fields of a message: hexadecimal
/// digits, small letters.
package struct FieldChecksum: Sendable, Equatable {
  package enum Algorithm: String, Sendable, CaseIterable {
    /// The texts alone; a secret is one of them.
    case sha256
    /// RFC 2104 with a key beside the texts.
    case hmacSHA256
  }

  package var algorithm: Algorithm
  /// Between two texts.
  package var separator: String

  package init(_ algorithm: Algorithm, separator: String) {
    self.algorithm = algorithm
    self.separator = separator
  }

  /// - Parameter key: not looked at where the algorithm has none.
  package func text(of parts: [String], key: String) -> String {
    let bytes = Array(parts.joined(separator: separator).utf8)
    return Hexadecimal.encode(
      algorithm == .sha256 ? SHA256.hash(bytes) : HMACSHA256.code(of: bytes, key: Array(key.utf8)))
  }

  /// Whether `given` is the checksum, large or small letters; the time it takes says nothing about how close it is.
  package func isValid(_ given: String, of parts: [String], key: String) -> Bool {
    constantTimeEqual(Array(given.lowercased().utf8), Array(text(of: parts, key: key).utf8))
  }
}
