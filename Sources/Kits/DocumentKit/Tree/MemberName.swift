import Glibc
import XMLKit

/// Turns the name of a JSON member into the name of an element and back, without loss.
///
/// Most names of the field (`MaHoSo`, `error_code`) are element names as they stand and are left alone. What is allowed
/// in a name is what Namespaces in XML 1.0 §3 calls an NCName, with the letters of XML 1.0 up to its fourth edition,
/// which every parser and every XPath engine reads. Anything else is written `_xHHHH_`, the hexadecimal number of the
/// Unicode scalar in four to six digits, as ISO 9075-14 does. So that the way back is unambiguous an underscore
/// followed by `x` is itself written `_x005F_`, and the empty name is `_x_`.
package enum MemberName {
  /// Whether `name` (UTF-8) can be an element's name exactly as it stands.
  package static func isElementName(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard XMLCharacters.isName(name) else { return false }
    for index in 1..<max(1, name.count) where name[index] == UInt8(ascii: "x") {
      if name[index - 1] == UInt8(ascii: "_") { return false }
    }
    return true
  }

  /// Whether `name` can be the name of an element, an attribute or a prefix of XML.
  package static func isXMLName(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { XMLCharacters.isName($0) }
  }

  /// The element name that stands for the member name `name`.
  package static func escaped(_ name: String) -> String {
    if name.isEmpty { return "_x_" }
    var name = name
    if name.withUTF8({ isElementName($0) }) { return name }
    var result = ""
    let scalars = Array(name.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let opensEscape = scalar == "_" && index + 1 < scalars.count && scalars[index + 1] == "x"
      let allowed = index == 0 ? isNameStart(scalar) : isNamePart(scalar)
      if allowed, !opensEscape {
        result.unicodeScalars.append(scalar)
      } else {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "_x" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "_"
      }
    }
    return result
  }

  /// The member name for which the element name `name` stands; text that is no escape stays as it is.
  package static func unescaped(_ name: String) -> String {
    var name = name
    let mayBeEscaped = name.withUTF8 { bytes in
      bytes.baseAddress.map { memchr($0, Int32(UInt8(ascii: "_")), bytes.count) != nil } ?? false
    }
    guard mayBeEscaped else { return name }
    if name == "_x_" { return "" }
    var result = String.UnicodeScalarView()
    var rest = Substring(name).unicodeScalars
    while let scalar = rest.first {
      if scalar == "_", let (escaped, length) = leadingEscape(of: rest) {
        result.append(escaped)
        rest = rest.dropFirst(length)
      } else {
        result.append(scalar)
        rest = rest.dropFirst()
      }
    }
    return String(result)
  }

  private static func leadingEscape(of text: Substring.UnicodeScalarView) -> (Unicode.Scalar, length: Int)? {
    var rest = text.dropFirst()
    guard rest.popFirst() == "x" else { return nil }
    var value: UInt32 = 0
    var digits = 0
    while let scalar = rest.popFirst() {
      if scalar == "_" {
        guard digits >= 4, let escaped = Unicode.Scalar(value) else { return nil }
        return (escaped, digits + 3)
      }
      guard digits < 6, scalar.isASCII, let digit = Character(scalar).hexDigitValue else { return nil }
      value = value * 16 + UInt32(digit)
      digits += 1
    }
    return nil
  }

  private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    isXMLName(String(scalar))
  }

  private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    isXMLName("a" + String(scalar))
  }
}
