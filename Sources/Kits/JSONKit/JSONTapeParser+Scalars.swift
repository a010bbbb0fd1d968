extension JSONTapeParser {
  // MARK: Strings

  /// Reads the string that begins at the quote under `position` and appends it to the tape.
  mutating func readString() throws(JSONFault) {
    let start = position + 1
    position = start
    var seen: UInt64 = 0  // all bytes read, or-ed: a high bit means there is something beyond ASCII
    var hasEscapes = false
    while true {
      skipPlain(&seen)
      guard position < count else { throw fault(.unexpectedEnd) }
      let byte = base[position]
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        try skipEscape()
      } else if byte < 0x20 {
        throw fault(.controlCharacter)
      } else {
        seen |= UInt64(byte)
        position += 1
      }
    }
    if seen & 0x8080_8080_8080_8080 != 0 { try validateUTF8(from: start, to: position) }
    tape.append(
      JSONNode(kind: .string, mark: hasEscapes, start: start, length: position - start, next: tape.count + 1))
    position += 1
  }

  /// Skips whole words of eight bytes, then to the quote, backslash or control character inside the next word.
  ///
  /// The usual zero-byte trick: a borrow can only spoil bytes above a true hit, and only the lowest hit is used.
  @inline(__always) private mutating func skipPlain(_ seen: inout UInt64) {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    while position + 8 <= count {
      let word = UInt64(
        littleEndian: UnsafeRawPointer(base).loadUnaligned(fromByteOffset: position, as: UInt64.self))
      seen |= word
      let quote = word ^ (ones &* 0x22)
      let backslash = word ^ (ones &* 0x5C)
      let control = (word &- ones &* 0x20) & ~word
      let hits = (((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | control) & highs
      if hits != 0 {
        position += hits.trailingZeroBitCount >> 3
        return
      }
      position += 8
    }
  }

  /// Checks and skips one escape; surrogates must come in pairs.
  private mutating func skipEscape() throws(JSONFault) {
    let start = position
    guard position + 1 < count else { throw JSONFault(code: .unexpectedEnd, offset: count) }
    switch base[position + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
    case UInt8(ascii: "u"):
      let unit = try readHexadecimal()
      if unit & 0xFC00 == 0xDC00 { throw JSONFault(code: .loneSurrogate, offset: start) }
      guard unit & 0xFC00 == 0xD800 else { return }
      for (index, expected) in [UInt8(ascii: "\\"), UInt8(ascii: "u")].enumerated() {
        guard position + index < count else { throw JSONFault(code: .unexpectedEnd, offset: count) }
        guard base[position + index] == expected else { throw JSONFault(code: .loneSurrogate, offset: start) }
      }
      guard try readHexadecimal() & 0xFC00 == 0xDC00 else { throw JSONFault(code: .loneSurrogate, offset: start) }
    default:
      throw fault(.invalidEscape)
    }
  }

  /// Reads `\uXXXX` and returns the code unit.
  private mutating func readHexadecimal() throws(JSONFault) -> UInt16 {
    var unit: UInt16 = 0
    for index in 2..<6 {
      guard position + index < count else { throw JSONFault(code: .unexpectedEnd, offset: count) }
      guard let digit = JSONText.hexadecimalDigit(base[position + index]) else { throw fault(.invalidEscape) }
      unit = unit << 4 | UInt16(digit)
    }
    position += 6
    return unit
  }

  private func validateUTF8(from start: Int, to end: Int) throws(JSONFault) {
    let bytes = UnsafeBufferPointer(start: base + start, count: end - start)
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw JSONFault(code: .invalidUTF8, offset: start + error.byteOffsets.lowerBound)
    }
  }

  // MARK: Numbers

  /// Reads the number that begins under `position` (RFC 8259 §6) and appends it to the tape.
  mutating func readNumber() throws(JSONFault) {
    let start = position
    var isInteger = true
    if base[position] == UInt8(ascii: "-") { position += 1 }
    if position < count, base[position] == UInt8(ascii: "0") {
      position += 1
      if position < count, Self.isDigit(base[position]) { throw fault(.invalidNumber) }
    } else {
      try skipDigits()
    }
    if position < count, base[position] == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      try skipDigits()
    }
    if position < count, base[position] | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      position += 1
      if position < count, base[position] == UInt8(ascii: "+") || base[position] == UInt8(ascii: "-") { position += 1 }
      try skipDigits()
    }
    guard position - start <= limits.numberLength else { throw JSONFault(code: .numberTooLong, offset: start) }
    tape.append(
      JSONNode(kind: .number, mark: isInteger, start: start, length: position - start, next: tape.count + 1))
  }

  /// Skips at least one digit.
  private mutating func skipDigits() throws(JSONFault) {
    guard position < count else { throw fault(.unexpectedEnd) }
    guard Self.isDigit(base[position]) else { throw fault(.invalidNumber) }
    repeat { position += 1 } while position < count && Self.isDigit(base[position])
  }

  @inline(__always) private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
