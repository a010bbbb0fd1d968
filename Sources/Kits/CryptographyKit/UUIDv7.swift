/// A UUID of version 7 (RFC 9562 §5.7): milliseconds since 1970 first, so that identifiers sort by the time of their birth.
package struct UUIDv7: Sendable, Hashable, Comparable {
  /// The first eight bytes, big-endian: 48 bits of milliseconds, the version, 12 bits.
  package let high: UInt64
  /// The last eight bytes, big-endian: the variant, 62 bits.
  package let low: UInt64

  /// Nil unless version (7) and variant (binary 10) are those of a UUIDv7.
  package init?(high: UInt64, low: UInt64) {
    guard high >> 12 & 0xF == 7, low >> 62 == 0b10 else { return nil }
    self.high = high
    self.low = low
  }

  /// Sets version and variant itself: 48 bits of `milliseconds`, 12 bits of `randomA`, 62 bits of `randomB`.
  package init(milliseconds: Int64, randomA: UInt16, randomB: UInt64) {
    precondition(milliseconds >= 0 && milliseconds < 1 << 48, "a UUIDv7 holds the years 1970 to 10889")
    high = UInt64(milliseconds) << 16 | 0x7000 | UInt64(randomA & 0xFFF)
    low = 1 << 63 | (randomB & (1 << 62 - 1))
  }

  /// From the 16 bytes of a database column; nil unless they are a UUIDv7.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for place in 0..<8 {
      high = high << 8 | UInt64(bytes[place])
      low = low << 8 | UInt64(bytes[place + 8])
    }
    self.init(high: high, low: low)
  }

  /// The 16 bytes, most significant first.
  package var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
      for place in 0..<8 {
        buffer[place] = UInt8(truncatingIfNeeded: high >> (56 - 8 * place))
        buffer[place + 8] = UInt8(truncatingIfNeeded: low >> (56 - 8 * place))
      }
      count = 16
    }
  }

  /// Milliseconds since 1970 at which the identifier was made (at times a little ahead, see `UUIDv7Generator`).
  package var milliseconds: Int64 { Int64(high >> 16) }

  package static func < (left: UUIDv7, right: UUIDv7) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}
