extension UUIDv7: LosslessStringConvertible {
  /// Reads the 36-character form, upper or lower case (RFC 9562 §4); nil for anything else or another version.
  package init?(_ text: String) {
    let characters = Array(text.utf8.prefix(37))
    guard characters.count == 36 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    var digits = 0
    for (place, character) in characters.enumerated() {
      if Self.hyphens.contains(place) {
        guard character == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = Hexadecimal.value(character) else { return nil }
      if digits < 16 { words.0 = words.0 << 4 | UInt64(digit) } else { words.1 = words.1 << 4 | UInt64(digit) }
      digits += 1
    }
    self.init(high: words.0, low: words.1)
  }

  /// The 36-character form in lower case: `0192f3c4-5d6e-7abc-8def-0123456789ab`.
  package var description: String {
    String(unsafeUninitializedCapacity: 36) { buffer in
      var digit = 0
      for place in 0..<36 {
        if Self.hyphens.contains(place) {
          buffer[place] = UInt8(ascii: "-")
          continue
        }
        let word = digit < 16 ? high : low
        buffer[place] = Hexadecimal.digit(UInt8(truncatingIfNeeded: word >> (60 - 4 * (digit % 16)) & 0xF))
        digit += 1
      }
      return 36
    }
  }

  private static let hyphens = [8, 13, 18, 23]
}
