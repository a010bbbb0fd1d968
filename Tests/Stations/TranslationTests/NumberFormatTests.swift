import Testing
import Translation

@Suite("Numbers")
struct NumberFormatTests {
  @Test(
    "a decimal number keeps every digit and gets the form that XML Schema and JSON both read",
    arguments: [
      ("0", "0"), ("12.50", "12.50"), ("+12.50", "12.50"), ("-12.50", "-12.50"), ("007", "7"), (".5", "0.5"),
      ("5.", "5"),
      ("-0", "0"), ("-0.00", "0.00"), ("00.10", "0.10"), ("1e3", "1000"), ("1.5E+3", "1500"), ("15e-1", "1.5"),
      ("1e-3", "0.001"), ("0.1", "0.1"), ("9007199254740993", "9007199254740993"),
      ("123456789012345678901234567890.123456789", "123456789012345678901234567890.123456789"),
    ])
  func decimal(text: String, expected: String) {
    #expect(NumberFormat.decimal.normalised(text) == expected)
  }

  @Test(
    "a whole number may be written in any way that is whole",
    arguments: [("7", "7"), ("+7", "7"), ("007", "7"), ("-0", "0"), ("5.0", "5"), ("1E2", "100"), ("12.50e2", "1250")])
  func integer(text: String, expected: String) {
    #expect(NumberFormat.integer.normalised(text) == expected)
  }

  @Test(
    "what is no number is not one",
    arguments: [
      "", ".", "-", "+", "e5", "1e", "1e+", "1.2.3", "1,5", "1.500.000", "1 000", "0x10", "NaN", "INF", "１２", "1e1e1",
    ])
  func noNumber(text: String) {
    #expect(NumberFormat.decimal.normalised(text) == nil)
    #expect(NumberFormat.integer.normalised(text) == nil)
  }

  @Test("a fraction is no whole number")
  func fraction() {
    #expect(NumberFormat.integer.normalised("5.5") == nil)
    #expect(NumberFormat.integer.normalised("1e-1") == nil)
  }

  @Test("a thousand digits are a number, one more is not, however it is spelt")
  func limit() {
    let longest = String(repeating: "9", count: 1_000)
    #expect(NumberFormat.decimal.normalised(longest) == longest)
    #expect(NumberFormat.decimal.normalised(longest + "9") == nil)
    #expect(NumberFormat.decimal.normalised("1e999")?.utf8.count == 1_000)
    #expect(NumberFormat.decimal.normalised("1e1000") == nil)
    #expect(NumberFormat.decimal.normalised("1e999999") == nil)
    #expect(NumberFormat.decimal.normalised("1e99999999999999999999") == nil)
  }
}
