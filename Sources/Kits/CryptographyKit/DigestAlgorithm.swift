import CCrypto

/// A hash algorithm fetched from libcrypto once: fetching takes longer than hashing a short message.
///
/// Sendable although it is a pointer: an EVP_MD is reference counted, immutable after the fetch, and this one is
/// never freed.
struct DigestAlgorithm: @unchecked Sendable {
  let pointer: OpaquePointer

  static let sha256 = DigestAlgorithm(fetching: "SHA2-256")

  private init(fetching name: String) {
    guard let pointer = EVP_MD_fetch(nil, name, nil) else { CryptographyError.stop("libcrypto has no \(name)") }
    self.pointer = pointer
  }
}
