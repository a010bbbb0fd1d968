/// The work behind `Base64` and `Base64URL`: one alphabet, padded or not.
struct Base64Coder: Sendable {
  private let alphabet: [UInt8]
  /// The value of each byte; `Self.invalid` for bytes outside the alphabet.
  private let values: [UInt8]
  private let isPadded: Bool

  static let standard = Base64Coder(lastTwo: "+/", isPadded: true)
  static let url = Base64Coder(lastTwo: "-_", isPadded: false)

  private static let invalid: UInt8 = 0xFF
  private static let padding = UInt8(ascii: "=")

  private init(lastTwo: String, isPadded: Bool) {
    alphabet = Array(("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + lastTwo).utf8)
    var values = [UInt8](repeating: Self.invalid, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    self.values = values
    self.isPadded = isPadded
  }

  func encode(_ bytes: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { buffer in
      // Each group of up to three bytes writes at most four characters: the buffer has room for all.
      var written = 0
      func put(_ character: UInt8) {
        buffer[written] = character
        written += 1
      }
      var place = 0
      while place < bytes.count {
        let count = min(3, bytes.count - place)
        var group = UInt32(bytes[place]) << 16
        if count > 1 { group |= UInt32(bytes[place + 1]) << 8 }
        if count > 2 { group |= UInt32(bytes[place + 2]) }
        for number in 0..<4 {
          if number <= count {
            put(alphabet[Int(group >> (18 - 6 * UInt32(number)) & 0x3F)])
          } else if isPadded {
            put(Self.padding)
          }
        }
        place += 3
      }
      return written
    }
  }

  func decode(_ characters: [UInt8]) throws(CryptographyError) -> [UInt8] {
    let body = try bodyCount(characters)
    let tail = body % 4
    guard tail != 1 else { throw CryptographyError(.badBase64, "base64 text cannot have this length") }
    var failure: Int?
    let bytes = [UInt8](unsafeUninitializedCapacity: body / 4 * 3 + 2) { buffer, count in
      // Four characters write three bytes, a tail of two or three writes one or two: the buffer has room for all.
      var group: UInt32 = 0
      var written = 0
      for place in 0..<body {
        let value = values[Int(characters[place])]
        guard value != Self.invalid else {
          failure = place
          break
        }
        group = group << 6 | UInt32(value)
        if place & 3 == 3 {
          buffer[written] = UInt8(truncatingIfNeeded: group >> 16)
          buffer[written + 1] = UInt8(truncatingIfNeeded: group >> 8)
          buffer[written + 2] = UInt8(truncatingIfNeeded: group)
          written += 3
          group = 0
        }
      }
      if failure == nil, tail > 0 {
        let unusedBits: UInt32 = tail == 2 ? 4 : 2
        if group & (1 << unusedBits - 1) != 0 { failure = body - 1 }
        group >>= unusedBits
        if tail == 3 {
          buffer[written] = UInt8(truncatingIfNeeded: group >> 8)
          written += 1
        }
        buffer[written] = UInt8(truncatingIfNeeded: group)
        written += 1
      }
      count = written
    }
    if let failure {
      throw CryptographyError(.badBase64, "character \(failure + 1) cannot stand there in base64 text")
    }
    return bytes
  }

  /// The number of characters before the padding, which must complete the last group of four.
  private func bodyCount(_ characters: [UInt8]) throws(CryptographyError) -> Int {
    guard isPadded else { return characters.count }
    guard characters.count.isMultiple(of: 4) else {
      throw CryptographyError(.badBase64, "base64 text has a length that is a multiple of four, padded with ‘=’")
    }
    guard characters.last == Self.padding else { return characters.count }
    return characters.count - (characters[characters.count - 2] == Self.padding ? 2 : 1)
  }
}
