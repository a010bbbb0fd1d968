import Testing
import XMLKit

@Suite("Text written into XML by hand")
struct XMLTextTests {
  @Test(
    "comes back from a parser as it was, between tags and between quotes",
    arguments: ["a & b < c > \"d\" 'e'", "dòng\r\nmột\ttab", "Nguyễn Văn Ất 𠀀", "]]>", ""])
  func comesBack(text: String) throws {
    let escaped = XMLText.escaped(text)
    let root = try #require(XMLDocument(parsing: Array("<a b=\"\(escaped)\">\(escaped)</a>".utf8)).root)
    #expect(root.text == text)
    // A parser makes a blank of a tab or a line feed in an attribute.
    let blanks = String(text.unicodeScalars.map { $0 == "\t" || $0 == "\n" ? " " : Character($0) })
    #expect(root.attribute(named: "b")?.text == blanks)
  }

  @Test("what XML does not allow is replaced, so that the document can be read")
  func forbidden() throws {
    let root = try #require(XMLDocument(parsing: Array("<a>\(XMLText.escaped("x\u{0}\u{1}\u{FFFF}y"))</a>".utf8)).root)
    #expect(root.text == "x\u{FFFD}\u{FFFD}\u{FFFD}y")
  }
}
