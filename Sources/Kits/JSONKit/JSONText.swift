/// How strings are spelt inside a JSON text: resolving escapes and writing them (RFC 8259 §7).
enum JSONText {
  /// The bytes of a string whose spelling the parser has accepted, escapes resolved, in UTF-8.
  static func unescaped(_ raw: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(raw.count)
    var index = 0
    while index < raw.count {
      let byte = raw[index]
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        index += 1
        continue
      }
      switch raw[index + 1] {
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "u"):
        var scalar = codeUnit(raw, at: index + 2)
        if scalar & 0xFC00 == 0xD800 {
          scalar = 0x10000 + ((scalar & 0x3FF) << 10 | codeUnit(raw, at: index + 8) & 0x3FF)
          index += 6
        }
        append(scalar, to: &result)
        index += 4
      default: result.append(raw[index + 1])
      }
      index += 2
    }
    return result
  }

  /// Appends text between quotes; control characters, quote and backslash are escaped, all else stands as it is.
  ///
  /// The short escapes and the lower-case `\u00xx` are those of RFC 8785 §3.2.2.2.
  static func appendQuoted(_ text: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]) {
    result.append(UInt8(ascii: "\""))
    var start = 0
    for index in 0..<text.count {
      let byte = text[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
      result.append(contentsOf: text[start..<index])
      start = index + 1
      appendEscape(of: byte, to: &result)
    }
    result.append(contentsOf: text[start...])
    result.append(UInt8(ascii: "\""))
  }

  static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  // MARK: Helpers

  private static func codeUnit(_ raw: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt32 {
    var unit: UInt32 = 0
    for index in start..<start + 4 { unit = unit << 4 | UInt32(hexadecimalDigit(raw[index]) ?? 0) }
    return unit
  }

  private static func append(_ scalar: UInt32, to result: inout [UInt8]) {
    // The parser has refused lone surrogates, so this is a scalar.
    guard let scalar = Unicode.Scalar(scalar) else { preconditionFailure("an unpaired surrogate passed the parser") }
    result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private static func appendEscape(of byte: UInt8, to result: inout [UInt8]) {
    result.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: result.append(UInt8(ascii: "b"))
    case 0x09: result.append(UInt8(ascii: "t"))
    case 0x0A: result.append(UInt8(ascii: "n"))
    case 0x0C: result.append(UInt8(ascii: "f"))
    case 0x0D: result.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): result.append(byte)
    default:
      let low = byte & 15
      result.append(contentsOf: [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")])
      result.append(UInt8(ascii: "0") + (byte >> 4))
      result.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
    }
  }
}

extension JSONText {
  /// Whether the whole text is a number as RFC 8259 §6 spells it.
  static func isNumber(_ text: String) -> Bool {
    var digits = Substring(text).utf8
    func skipDigits() -> Bool {
      let rest = digits.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      defer { digits = rest }
      return rest.startIndex != digits.startIndex
    }
    if digits.first == UInt8(ascii: "-") { digits.removeFirst() }
    let hasLeadingZero = digits.first == UInt8(ascii: "0")
    let integer = digits
    guard skipDigits(), !hasLeadingZero || integer.index(after: integer.startIndex) == digits.startIndex else {
      return false
    }
    if digits.first == UInt8(ascii: ".") {
      digits.removeFirst()
      guard skipDigits() else { return false }
    }
    if let letter = digits.first, letter | 0x20 == UInt8(ascii: "e") {
      digits.removeFirst()
      if let sign = digits.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { digits.removeFirst() }
      guard skipDigits() else { return false }
    }
    return digits.isEmpty
  }
}
