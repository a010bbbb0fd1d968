import DocumentKit
import Testing
import XMLKit

@Suite("Functions of the gateway's expressions")
struct DocumentFunctionsTests {
  @Test(
    "they do for Vietnamese what XPath does not",
    arguments: [
      ("lt:lower('ĐẶNG THỊ Ế')", "đặng thị ế"), ("lt:upper('đặng thị ế')", "ĐẶNG THỊ Ế"), ("lt:lower(a)", "ồ"),
      ("string(lt:ends-with('hồ sơ.pdf', '.pdf'))", "true"), ("string(lt:ends-with('pdf', '.pdf'))", "false"),
      ("string(lt:ends-with('x', ''))", "true"),
    ])
  func values(expression: String, expected: String) throws {
    let root = try #require(try XMLDocument(parsing: Array("<r><a>Ồ</a></r>".utf8)).root)
    #expect(try XPathExpression(expression, functions: DocumentFunctions.library).string(at: root) == expected)
  }

  @Test("they take exactly their arguments", arguments: ["lt:lower()", "lt:ends-with('a')", "lt:capital('a')"])
  func misuse(expression: String) throws {
    let root = try #require(try XMLDocument(parsing: Array("<r/>".utf8)).root)
    #expect(throws: XMLError.self) {
      try XPathExpression(expression, functions: DocumentFunctions.library).string(at: root)
    }
  }
}
