import CCrypto

/// HMAC-SHA-256 (RFC 2104, RFC 4231): proof that bytes come from someone who has the key.
package enum HMACSHA256 {
  package static let byteCount = 32

  /// The 32-byte code of `bytes` under `key`; a key may have any length, an empty one proves nothing.
  package static func code(of bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
      // HMAC writes exactly 32 bytes for SHA-256 and reads `key` and `bytes` only during the call.
      let written = HMAC(
        DigestAlgorithm.sha256.pointer, key, Int32(key.count), bytes, bytes.count, buffer.baseAddress, nil)
      guard written != nil else { CryptographyError.stop("HMAC-SHA-256 failed") }
      count = byteCount
    }
  }

  /// Whether `code` is the code of `bytes`; takes the same time wherever the two differ. A shortened code is wrong.
  package static func isValid(_ code: [UInt8], for bytes: [UInt8], key: [UInt8]) -> Bool {
    constantTimeEqual(code, self.code(of: bytes, key: key))
  }
}
