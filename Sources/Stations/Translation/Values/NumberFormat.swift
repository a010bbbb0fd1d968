/// Checks and normalises numbers digit by digit; a number never passes through floating point.
///
/// Read is what XML Schema (`xs:decimal`) or RFC 8259 calls a number. Written is the one form both accept: no `+`, no
/// leading zeros, a digit before and behind the point, no exponent, and no `-0`. Digits behind the point are kept as
/// they are written: 12.50 đồng stay 12.50.
package enum NumberFormat: String, Sendable, CaseIterable {
  case integer
  case decimal

  /// Most digits a number has when written out; 1e999999999 would otherwise fill the memory.
  static let digitsLimit = 1_000

  /// The normal form of `text`; nil if it is no number, for `integer` not whole, or longer than `digitsLimit`.
  package func normalised(_ text: String) -> String? {
    if Self.isPlainWhole(text) { return text }
    guard let number = Decimal(text) else { return nil }
    return self == .integer ? number.integerText : number.text
  }

  /// Whether the text is digits alone, none of them leading in vain: its own normal form, as most numbers are.
  private static func isPlainWhole(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard let first = bytes.first, bytes.count <= digitsLimit, bytes.count == 1 || first != UInt8(ascii: "0") else {
        return false
      }
      for byte in bytes where byte < UInt8(ascii: "0") || byte > UInt8(ascii: "9") { return false }
      return true
    }
  }

  /// A number as sign, digits and the place of its point.
  private struct Decimal {
    var isNegative = false
    var digits: [UInt8] = []
    /// How many of the digits stand behind the point; negative means zeros to append.
    var scale = 0

    init?(_ text: String) {
      var rest = text.utf8[...]
      guard rest.count <= NumberFormat.digitsLimit else { return nil }
      if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
        isNegative = sign == UInt8(ascii: "-")
        rest = rest.dropFirst()
      }
      var hasPoint = false
      while let byte = rest.first {
        if byte == UInt8(ascii: "."), !hasPoint {
          hasPoint = true
        } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
          digits.append(byte)
          if hasPoint { scale += 1 }
        } else {
          break
        }
        rest = rest.dropFirst()
      }
      guard !digits.isEmpty else { return nil }
      if let mark = rest.first {
        guard mark | 0x20 == UInt8(ascii: "e"), let exponent = Self.exponent(rest.dropFirst()) else { return nil }
        scale -= exponent
      }
      guard scale.magnitude <= UInt(NumberFormat.digitsLimit) else { return nil }
      settle()
    }

    private static func exponent(_ text: Substring.UTF8View) -> Int? {
      guard text.count <= 6, let text = String(text) else { return nil }
      return Int(text)
    }

    /// Writes the exponent out and drops what has no meaning.
    private mutating func settle() {
      if scale < 0 {
        digits += [UInt8](repeating: UInt8(ascii: "0"), count: -scale)
        scale = 0
      } else if digits.count <= scale {
        digits = [UInt8](repeating: UInt8(ascii: "0"), count: scale + 1 - digits.count) + digits
      }
      let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
      digits.removeFirst(min(leading, digits.count - scale - 1))
      if digits.allSatisfy({ $0 == UInt8(ascii: "0") }) { isNegative = false }
    }

    var text: String? {
      guard digits.count <= NumberFormat.digitsLimit else { return nil }
      var bytes: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
      bytes += digits.dropLast(scale)
      if scale > 0 {
        bytes.append(UInt8(ascii: "."))
        bytes += digits.suffix(scale)
      }
      return String(decoding: bytes, as: UTF8.self)
    }

    var integerText: String? {
      guard digits.suffix(scale).allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
      var whole = self
      whole.digits.removeLast(scale)
      whole.scale = 0
      if whole.digits == [UInt8(ascii: "0")] { whole.isNegative = false }
      return whole.text
    }
  }
}
