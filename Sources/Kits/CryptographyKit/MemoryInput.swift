import CCrypto

/// Lends bytes to libcrypto as a BIO to read from.
final class MemoryInput {
  let pointer: OpaquePointer

  /// The BIO gets a copy of its own, so nothing depends on how long `bytes` lives.
  init(_ bytes: [UInt8]) {
    guard let bio = BIO_new(BIO_s_mem()) else { CryptographyError.stop("libcrypto has no memory for a text") }
    guard bytes.isEmpty || BIO_write(bio, bytes, Int32(clamping: bytes.count)) == bytes.count else {
      CryptographyError.stop("libcrypto could not take \(bytes.count) bytes")
    }
    pointer = bio
  }

  deinit { BIO_free(pointer) }
}

/// Answers libcrypto's question for a pass phrase with a failure; without it libcrypto asks on the terminal.
func refusePassPhrase(
  _: UnsafeMutablePointer<CChar>?, _: Int32, _: Int32, _: UnsafeMutableRawPointer?
) -> Int32 { -1 }
