import Testing

@testable import JSONKit

@Suite("Exact numbers")
struct JSONDecimalTests {
  private func decimal(_ text: String) -> JSONDecimal { JSONDecimal(Array(text.utf8)[...]) }

  @Test(
    "One value has one form, however it is spelt",
    arguments: [
      ("1", "1.0"), ("100", "1e2"), ("0", "-0.00e7"), ("0.010", "1E-2"), ("-12.5", "-1250e-2"),
      ("1e1000", "10e999"), ("123456789012345678901234567890", "123456789012345678901234567890.0"),
    ])
  func equality(one: String, other: String) {
    #expect(decimal(one) == decimal(other))
    #expect(decimal(one).hashValue == decimal(other).hashValue)
  }

  @Test("Numbers are ordered exactly, beyond what doubles hold")
  func order() {
    let ascending = [
      "-1e999", "-9007199254740993", "-9007199254740992", "-1", "-0.5", "-1e-999", "0", "1e-999", "0.1",
      "0.10000000000000000000001", "1", "9007199254740992", "9007199254740993", "1e30", "1e999",
    ].map(decimal)
    for (index, one) in ascending.enumerated() {
      for (otherIndex, other) in ascending.enumerated() { #expect((one < other) == (index < otherIndex)) }
    }
  }

  @Test(
    "Multiples are decided exactly",
    arguments: [
      ("4.35", "0.01", true), ("4.355", "0.01", false), ("0.0075", "0.0001", true), ("0.00751", "0.0001", false),
      ("12391239123", "1e-8", true), ("1e308", "0.123456789", false), ("0", "7", true), ("-21", "7", true),
      ("7", "21", false),
      ("1e1000", "3", false), ("3e1000", "3", true), ("1e1000", "8", true), ("10", "20", false),
      ("123456789123456789000", "123456789123456789", true), ("123456789123456789001", "123456789123456789", false),
    ])
  func multiples(value: String, divisor: String, expected: Bool) {
    #expect(decimal(value).isMultiple(of: decimal(divisor)) == expected)
  }

  @Test("An exponent too long to count does not trap")
  func hugeExponents() {
    let huge = decimal("1e" + String(repeating: "9", count: 900))
    #expect(huge > decimal("9e99999"))
    #expect(decimal("1e-" + String(repeating: "9", count: 900)) < decimal("1e-99999"))
    #expect(huge.isMultiple(of: decimal("16")))
  }
}
