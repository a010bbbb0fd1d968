/// Bytes as pairs of hexadecimal digits.
package enum Hexadecimal {
  /// Two lower-case digits a byte.
  package static func encode(_ bytes: [UInt8]) -> String { encode(bytes[...]) }

  /// Two lower-case digits a byte.
  package static func encode(_ bytes: ArraySlice<UInt8>) -> String {
    String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
      var place = 0
      for byte in bytes {
        buffer[place] = digit(byte >> 4)
        buffer[place + 1] = digit(byte & 0xF)
        place += 2
      }
      return place
    }
  }

  /// An even number of digits, upper or lower case, and nothing else.
  package static func decode(_ text: String) throws(CryptographyError) -> [UInt8] {
    let characters = Array(text.utf8)
    guard characters.count.isMultiple(of: 2) else {
      throw CryptographyError(.badHexadecimal, "hexadecimal text has an even number of digits")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count / 2)
    for place in stride(from: 0, to: characters.count, by: 2) {
      guard let high = value(characters[place]), let low = value(characters[place + 1]) else {
        throw CryptographyError(.badHexadecimal, "character \(place + 1) or the next is no hexadecimal digit")
      }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  static func value(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
