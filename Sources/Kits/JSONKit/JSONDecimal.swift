/// A number's exact value: an integer of any length times a power of ten, always in its shortest form.
///
/// An exponent of more than 18 digits is taken for 10^18; two numbers beyond that compare by their digits only.
struct JSONDecimal: Sendable, Hashable {
  private(set) var isNegative: Bool
  /// The digits 0…9, without zeros in front or behind; empty for zero.
  private(set) var digits: [UInt8]
  private(set) var exponent: Int

  private static let exponentMaximum = 1_000_000_000_000_000_000

  /// The value of a number whose spelling was accepted before.
  init(_ text: ArraySlice<UInt8>) {
    self = text.withUnsafeBufferPointer { JSONDecimal($0) }
  }

  init(_ text: UnsafeBufferPointer<UInt8>) {
    isNegative = text.first == UInt8(ascii: "-")
    digits = []
    exponent = 0
    var hasPoint = false
    for index in 0..<text.count {
      let byte = text[index]
      if byte == UInt8(ascii: ".") {
        hasPoint = true
      } else if byte | 0x20 == UInt8(ascii: "e") {
        exponent += Self.exponent(text[(index + 1)...])
        break
      } else if byte != UInt8(ascii: "-") {
        if hasPoint { exponent -= 1 }
        if !digits.isEmpty || byte != UInt8(ascii: "0") { digits.append(byte - UInt8(ascii: "0")) }
      }
    }
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    if digits.isEmpty {
      isNegative = false
      exponent = 0
    }
  }

  var isZero: Bool { digits.isEmpty }
  /// Whether the value is mathematically an integer, as 1.0 and 1e2 are.
  var isInteger: Bool { exponent >= 0 }

  private static func exponent(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    var value = 0
    for byte in text where byte != UInt8(ascii: "-") && byte != UInt8(ascii: "+") {
      value = value >= exponentMaximum / 10 ? exponentMaximum : value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return text.first == UInt8(ascii: "-") ? -value : value
  }
}

extension JSONDecimal: Comparable {
  static func < (first: JSONDecimal, second: JSONDecimal) -> Bool {
    if first.isNegative != second.isNegative { return first.isNegative }
    return first.isNegative ? second.isSmallerInMagnitude(than: first) : first.isSmallerInMagnitude(than: second)
  }

  private func isSmallerInMagnitude(than other: JSONDecimal) -> Bool {
    if isZero || other.isZero { return isZero && !other.isZero }
    let order = exponent + digits.count
    let otherOrder = other.exponent + other.digits.count
    if order != otherOrder { return order < otherOrder }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}

extension JSONDecimal {
  /// The most digits a divisor may have, so that its remainders fit 128 bits while computing.
  static let divisorDigitsMaximum = 18

  /// Whether this is a whole multiple of a divisor above zero of at most `divisorDigitsMaximum` digits.
  func isMultiple(of divisor: JSONDecimal) -> Bool {
    precondition(!divisor.isZero && divisor.digits.count <= Self.divisorDigitsMaximum, "a divisor of 1 to 18 digits")
    if isZero { return true }
    // Neither number of digits ends in zero, so a divisor with the greater exponent cannot fit.
    guard exponent >= divisor.exponent else { return false }
    let modulus = divisor.digits.reduce(UInt128(0)) { $0 * 10 + UInt128($1) }
    var remainder = digits.reduce(UInt128(0)) { ($0 * 10 + UInt128($1)) % modulus }
    // times 10^(difference of the exponents), by squaring
    var power = exponent - divisor.exponent
    var base = 10 % modulus
    while power > 0, remainder != 0 {
      if power & 1 == 1 { remainder = remainder * base % modulus }
      base = base * base % modulus
      power >>= 1
    }
    return remainder == 0
  }
}
