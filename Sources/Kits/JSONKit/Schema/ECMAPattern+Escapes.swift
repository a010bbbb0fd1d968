extension ECMAPattern {
  /// The characters of `\s` (ECMA-262 §22.2.2.9: white space and line terminators), as the inside of a class.
  static let space =
    #"\t-\r\x20\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}"#
  /// All others, for `\S` inside a class, where a negation cannot stand.
  static let notSpace =
    #"\x{0}-\x08\x0E-\x1F\x21-\x{9F}\x{A1}-\x{167F}\x{1681}-\x{1FFF}\x{200B}-\x{2027}\x{202A}-\x{202E}"#
    + #"\x{2030}-\x{205E}\x{2060}-\x{2FFF}\x{3001}-\x{FEFE}\x{FF00}-\x{10FFFF}"#

  /// Reads an escape outside a class; false for a boundary, which cannot repeat.
  mutating func readEscape() throws(Fault) -> Bool {
    index += 1
    guard let scalar = peek() else { throw fault("\"\\\" ends the expression; write \"\\\\\\\\\" for a backslash") }
    switch scalar {
    case "b", "B":
      result += "\\\(take())"
      return false
    case "1"..."9":
      result += "\\g{\(try readCount())}"
    case "k":
      index += 1
      guard peek() == "<" else { throw fault("\\k stands before <name>") }
      index += 1
      result += "\\k<" + (try readGroupName()) + ">"
    case "s":
      index += 1
      result += "[\(Self.space)]"
    case "S":
      index += 1
      result += "[^\(Self.space)]"
    default:
      if try !appendSet() { appendLiteral(try readEscapedScalar()) }
    }
    return true
  }

  /// Reads `\d \D \w \W \p{…} \P{…}`, which PCRE2 spells alike inside and outside a class; false if it is none of them.
  mutating func appendSet() throws(Fault) -> Bool {
    switch peek() {
    case "d", "D", "w", "W":
      result += "\\\(take())"
    case "p", "P":
      let letter = take()
      guard peek() == "{" else { throw fault("\\\(letter) stands before {property}") }
      index += 1
      var name = ""
      while let scalar = peek(), scalar != "}" {
        guard scalar.isASCII,
          scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "_=".contains(Character(scalar))
        else { throw fault("a property is written {Name} or {Name=Value}") }
        name.unicodeScalars.append(take())
      }
      guard peek() == "}", !name.isEmpty else { throw fault("a property ends with \"}\"") }
      index += 1
      result += "\\\(letter){\(UnicodePropertyName.inPCRE2(name))}"
    default:
      return false
    }
    return true
  }

  /// Reads the rest of an escape that means one scalar, behind its backslash.
  mutating func readEscapedScalar() throws(Fault) -> Unicode.Scalar {
    let scalar = take()
    switch scalar {
    case "t": return "\t"
    case "n": return "\n"
    case "v": return "\u{B}"
    case "f": return "\u{C}"
    case "r": return "\r"
    case "0":
      if let next = peek(), ("0"..."9").contains(next) { throw fault("octal escapes are unknown; write \\x00") }
      return "\0"
    case "c":
      guard let letter = peek(), letter.isASCII, letter.properties.isAlphabetic else {
        throw fault("\\c stands before a letter")
      }
      return Unicode.Scalar(UInt8(take().value & 31))
    case "x": return try unicodeScalar(readHexadecimal(count: 2))
    case "u": return try readUnicodeEscape()
    default:
      guard scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) else {
        index -= 1
        throw fault("the escape \\\(scalar) is unknown to ECMA-262")
      }
      return scalar
    }
  }

  /// Reads `XXXX` (with a second `\uXXXX` for the other surrogate) or `{X…}`.
  private mutating func readUnicodeEscape() throws(Fault) -> Unicode.Scalar {
    if peek() == "{" {
      index += 1
      var value: UInt32 = 0
      while let scalar = peek(), scalar != "}" {
        value = value << 4 | (try hexadecimalDigit())
        guard value <= 0x10FFFF else { throw fault("\\u{…} goes up to 10FFFF") }
      }
      guard peek() == "}", scalars[index - 1] != "{" else { throw fault("\\u{…} holds hexadecimal digits") }
      index += 1
      return try unicodeScalar(value)
    }
    let unit = try readHexadecimal(count: 4)
    guard unit & 0xFC00 == 0xD800 else { return try unicodeScalar(unit) }
    guard starts(with: "\\u") else { throw fault("a surrogate has no partner") }
    index += 2
    let low = try readHexadecimal(count: 4)
    guard low & 0xFC00 == 0xDC00 else { throw fault("a surrogate has no partner") }
    return try unicodeScalar(0x10000 + ((unit & 0x3FF) << 10 | low & 0x3FF))
  }

  private mutating func readHexadecimal(count: Int) throws(Fault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<count { value = value << 4 | (try hexadecimalDigit()) }
    return value
  }

  private mutating func hexadecimalDigit() throws(Fault) -> UInt32 {
    guard let scalar = peek(), scalar.isASCII, let digit = JSONText.hexadecimalDigit(UInt8(scalar.value)) else {
      throw fault("a hexadecimal digit is missing")
    }
    index += 1
    return UInt32(digit)
  }

  private func unicodeScalar(_ value: UInt32) throws(Fault) -> Unicode.Scalar {
    guard let scalar = Unicode.Scalar(value) else { throw fault("a surrogate has no partner") }
    return scalar
  }
}
