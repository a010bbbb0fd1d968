import JSONKit
import Testing

@Suite("Regular expressions for single texts")
struct TextPatternTests {
  @Test("a pattern is found anywhere unless it is bound to the ends")
  func ends() throws {
    #expect(try TextPattern("[0-9]{2}").isFound(in: "H17.9"))
    let whole = try TextPattern(#"^[0-9]{2}$"#)
    #expect(whole.isFound(in: "17") && !whole.isFound(in: "17 ") && !whole.isFound(in: "117") && !whole.isFound(in: ""))
    #expect(try TextPattern("^Đỗ").isFound(in: "Đỗ Quỳnh"))
  }

  @Test("what is no regular expression says so")
  func fault() {
    #expect(throws: TextPattern.Fault.self) { try TextPattern("[0-9") }
  }

  @Test("a text on which matching would take for ever counts as not found")
  func costly() throws {
    #expect(try !TextPattern("^(a+)+$").isFound(in: String(repeating: "a", count: 60) + "b"))
  }
}
