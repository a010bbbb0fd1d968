import Synchronization

/// Hands out random words fetched from libcrypto many at a time: one fetch costs microseconds whatever its size.
///
/// A word is handed out once and forgotten. Not for keys, whose bytes should lie nowhere in advance.
final class SecureRandomPool: Sendable {
  private static let wordsPerFetch = 128

  private let words = Mutex<[UInt64]>([])

  func word() -> UInt64 {
    words.withLock { words in
      if words.isEmpty {
        SecureRandom.bytes(Self.wordsPerFetch * 8).withUnsafeBytes { bytes in
          // The array has room for exactly that many words; loadUnaligned does not ask how it is aligned.
          for place in 0..<Self.wordsPerFetch {
            words.append(bytes.loadUnaligned(fromByteOffset: place * 8, as: UInt64.self))
          }
        }
      }
      return words.removeLast()
    }
  }
}
