import Delivery
import Testing

@Suite struct TextPatternTests {
  static let cases: [(pattern: String, text: String, occurs: Bool)] = [
    ("đã tồn tại", "Hồ sơ đã tồn tại.", true), ("đã tồn tại", "ĐÃ TỒN TẠI", true), ("ĐÃ Tồn Tại", "đã tồn tại", true),
    // Decomposed text and composed pattern, and the other way round.
    ("đã tồn tại", "\u{111}a\u{303} to\u{302}\u{300}n ta\u{323}i", true),
    ("\u{111}a\u{303} to\u{302}\u{300}n ta\u{323}i", "đã tồn tại", true),
    // Half composed, as Vietnamese keyboards of Windows write it: ô with a combining grave.
    ("tồn", "t\u{F4}\u{300}n", true),
    ("đã tồn tại", "da ton tai", false), ("đã tồn tại", "đã tồn  tại", false), ("a", "ã", false), ("ton", "tồn", false),
    ("aab", "aaab", true), ("abc", "ab", false), ("a", "", false), ("session", "Invalid SESSION id", true),
  ]

  @Test(
    "a piece of text is found whatever its case and composition, and never without its diacritics", arguments: cases)
  func occurs(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try #require(TextPattern(pattern)).occurs(in: text) == expected)
  }

  @Test("no text is no pattern")
  func empty() {
    #expect(TextPattern("") == nil)
  }

  @Test("the text is looked through up to its limit")
  func limit() throws {
    let pattern = try #require(TextPattern("đã"))
    let before = String(repeating: "x", count: TextPattern.searchedCharactersLimit - 2)
    #expect(pattern.occurs(in: before + "đã"))
    #expect(!pattern.occurs(in: before + "xđã"))
  }
}
