/// Reads fixed-width decimal numbers and single signs from the bytes of a text, front to back.
struct DigitScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0

  /// The scanner must not outlive the closure that lent `bytes`.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { index == bytes.count }

  /// Consumes `byte` if it comes next.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  /// The number written with exactly so many ASCII digits; nil consumes nothing that matters to the caller.
  mutating func number(digits: Int) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard let digit = nextDigit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// The number written with one to `limit` ASCII digits; `limit` is at most 18.
  mutating func number(upToDigits limit: Int) -> Int? {
    var value = 0
    var count = 0
    while let digit = nextDigit() {
      count += 1
      guard count <= limit else { return nil }
      value = value * 10 + digit
    }
    return count > 0 ? value : nil
  }

  /// One to `digitsLimit` digits behind a decimal point, as milliseconds; finer digits are cut off.
  mutating func fraction(digitsLimit: Int) -> Int? {
    var milliseconds = 0
    var count = 0
    while let digit = nextDigit() {
      count += 1
      guard count <= digitsLimit else { return nil }
      if count <= 3 { milliseconds = milliseconds * 10 + digit }
    }
    guard count > 0 else { return nil }
    for _ in min(count, 3)..<3 { milliseconds *= 10 }
    return milliseconds
  }

  private mutating func nextDigit() -> Int? {
    guard index < bytes.count, bytes[index] >= UInt8(ascii: "0"), bytes[index] <= UInt8(ascii: "9") else { return nil }
    defer { index += 1 }
    return Int(bytes[index] - UInt8(ascii: "0"))
  }
}
