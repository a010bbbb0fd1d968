import CCrypto

/// SHA-256 (FIPS 180-4) of bytes: content addresses, body fingerprints and certificate fingerprints.
///
/// Hashing does not fail for reasons of the world; if libcrypto has no SHA-256 at all the process stops with a sentence.
package enum SHA256 {
  package static let byteCount = 32

  /// The 32 bytes of the hash.
  package static func hash(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBytes { hash($0) }
  }

  package static func hash(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.withUnsafeBytes { hash($0) }
  }

  /// The hash of the text's UTF-8.
  package static func hash(_ text: String) -> [UInt8] {
    var text = text
    return text.withUTF8 { hash(UnsafeRawBufferPointer($0)) }
  }

  package static func hash(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
      // EVP_Digest writes exactly 32 bytes for SHA-256; the buffer has room for 32.
      let algorithm = DigestAlgorithm.sha256.pointer
      guard EVP_Digest(bytes.baseAddress, bytes.count, buffer.baseAddress, nil, algorithm, nil) == 1 else {
        CryptographyError.stop("SHA-256 failed")
      }
      count = byteCount
    }
  }
}
