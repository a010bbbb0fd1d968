import CCrypto

/// SHA-256 of bytes that arrive in pieces; used up by `finish`.
///
/// It may be handed from thread to thread, but it has one owner at a time.
package struct SHA256Hasher: ~Copyable {
  private let context: OpaquePointer

  package init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex2(context, DigestAlgorithm.sha256.pointer, nil) == 1 else {
      CryptographyError.stop("SHA-256 could not begin")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else {
      CryptographyError.stop("SHA-256 could not take \(bytes.count) bytes")
    }
  }

  package mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  package mutating func update(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// The hash of everything handed in.
  package consuming func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { buffer, count in
      // EVP_DigestFinal_ex writes exactly 32 bytes for SHA-256; the buffer has room for 32.
      guard EVP_DigestFinal_ex(context, buffer.baseAddress, nil) == 1 else {
        CryptographyError.stop("SHA-256 could not finish")
      }
      count = SHA256.byteCount
    }
  }
}
