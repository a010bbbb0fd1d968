import CCrypto

/// Collects what libcrypto prints.
final class MemoryOutput {
  let pointer: OpaquePointer

  init() {
    guard let bio = BIO_new(BIO_s_mem()) else { CryptographyError.stop("libcrypto has no memory for a text") }
    pointer = bio
  }

  deinit { BIO_free(pointer) }

  /// Everything printed so far; malformed UTF-8 becomes U+FFFD.
  var text: String {
    var start: UnsafeMutablePointer<CChar>?
    // BIO_CTRL_INFO (the macro BIO_get_mem_data) lends the BIO's own bytes until its next use; they are copied here.
    let count = BIO_ctrl(pointer, BIO_CTRL_INFO, 0, &start)
    guard count > 0, let start else { return "" }
    return String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
  }
}
