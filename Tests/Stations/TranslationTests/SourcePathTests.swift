import DocumentKit
import Testing
import XMLKit

@testable import Translation

@Suite("Expressions of rows")
struct SourcePathTests {
  @Test(
    "a relative path of names tells its steps, for places where nothing stands",
    arguments: [
      (".", []), ("a", ["a"]), ("a/b", ["a", "b"]), ("a/b/@c", ["a", "b", "@c"]), ("@c", ["@c"]),
      ("p:a/q:b", ["a", "b"]), ("p:a/@q:c", ["a", "@c"]), ("div", ["div"]), ("and/or", ["and", "or"]),
      ("a-b.c_d", ["a-b.c_d"]), ("tên", ["tên"]), ("./a", ["a"]),
    ])
  func names(text: String, names: [String]) throws {
    #expect(try Self.path(text).names == names)
  }

  @Test(
    "everything else tells none",
    arguments: [
      "/a", "a//b", "..", "self::a", "a/.", "*", "a[1]", "a|b", "'a'", "1", "text()", "p:*", "-a", "a/text()", "$a",
      "count(a)", "a = 'b'",
    ])
  func noNames(text: String) throws {
    #expect(try Self.path(text).names.isEmpty)
  }

  private static func path(_ text: String) throws -> SourcePath {
    let position = YAMLPosition(file: "mapping.yaml", line: 1, column: 1)
    return try SourcePath(
      MappingDefinition.Expression(text: text, position: position), namespaces: ["p": "urn:p", "q": "urn:q"],
      variables: ["a"])
  }
}
