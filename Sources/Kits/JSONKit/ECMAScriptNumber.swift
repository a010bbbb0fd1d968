/// Numbers as ECMAScript prints them, which RFC 8785 §3.2.2.3 prescribes.
enum ECMAScriptNumber {
  /// `Number::toString` of ECMA-262 §6.1.6.1.20 for a finite double.
  ///
  /// Swift's `description` holds the same shortest digits that read back as the same double; only the layout differs.
  static func text(of double: Double) -> String {
    precondition(double.isFinite, "ECMAScript prints only finite numbers as JSON does")
    if double == 0 { return "0" }
    let decimal = JSONDecimal(Array(double.magnitude.description.utf8)[...])
    let digits = decimal.digits.map { Character(Unicode.Scalar($0 + UInt8(ascii: "0"))) }
    let point = digits.count + decimal.exponent  // ECMA's n: the value is 0.digits × 10^n
    let sign = double < 0 ? "-" : ""
    switch point {
    case digits.count...max(21, digits.count) where point <= 21:
      return sign + String(digits) + String(repeating: "0", count: point - digits.count)
    case 1...21:
      return sign + String(digits[..<point]) + "." + String(digits[point...])
    case -5...0:
      return sign + "0." + String(repeating: "0", count: -point) + String(digits)
    default:
      let fraction = digits.count > 1 ? "." + String(digits[1...]) : ""
      return sign + String(digits[0]) + fraction + "e" + (point > 0 ? "+" : "-") + String((point - 1).magnitude)
    }
  }
}
