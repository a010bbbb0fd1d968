import CryptographyKit

/// SHA-256 of a message's bytes as received: what a receipt proves.
package struct MessageDigest: Sendable, Hashable, CustomStringConvertible {
  package let bytes: [UInt8]

  /// nil unless there are 32 bytes.
  package init?(bytes: [UInt8]) {
    guard bytes.count == SHA256.byteCount else { return nil }
    self.bytes = bytes
  }

  /// The digest of these bytes.
  package init(of message: [UInt8]) { bytes = SHA256.hash(message) }
  package init(of message: ArraySlice<UInt8>) { bytes = SHA256.hash(message) }

  /// Lower-case hexadecimal.
  package var description: String { Hexadecimal.encode(bytes) }
}
