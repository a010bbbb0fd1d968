import CCrypto

/// Random bytes that cannot be guessed, from libcrypto's generator.
package enum SecureRandom {
  /// `count` random bytes. The process stops if the machine gives no randomness: going on would be worse.
  package static func bytes(_ count: Int) -> [UInt8] {
    precondition(count >= 0 && count <= Int(Int32.max), "the number of random bytes is between 0 and 2^31 - 1")
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
      // RAND_bytes fills all `count` bytes or fails.
      guard count == 0 || RAND_bytes(buffer.baseAddress, Int32(count)) == 1 else {
        CryptographyError.stop("libcrypto gives no random bytes")
      }
      initialised = count
    }
  }

  /// 64 random bits.
  package static func word() -> UInt64 {
    var word: UInt64 = 0
    withUnsafeMutableBytes(of: &word) { buffer in
      // The buffer is the eight bytes of `word`.
      guard RAND_bytes(buffer.baseAddress, Int32(buffer.count)) == 1 else {
        CryptographyError.stop("libcrypto gives no random bytes")
      }
    }
    return word
  }
}
