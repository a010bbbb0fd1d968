import DocumentKit
import JSONKit
import Testing
import XMLKit

@Suite("One tree over JSON and XML")
struct DocumentTreeTests {
  private static func tree(_ json: String) throws -> DocumentTree {
    try DocumentTree(parsing: Array(json.utf8), as: .json)
  }

  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  @Test("any JSON comes back byte for byte", arguments: 0..<40)
  func roundTrip(batch: UInt64) throws {
    for number in 0..<50 {
      let seed = batch * 50 + UInt64(number)
      let json = RandomJSON.text(seed: seed)
      let tree = try DocumentTree(parsing: json, as: .json)
      #expect(try Self.text(tree.json()) == Self.text(json), "seed \(seed)")
      #expect(try tree.json() == json, "seed \(seed)")
      // The tree is a document that any XML parser reads. A carriage return must survive that, too.
      let again = try XMLDocument(parsing: tree.xml())
      #expect(again.root?.text == tree.root.text, "seed \(seed)")
    }
  }

  @Test(
    "JSON becomes elements, lists repeat, empty lists are no elements",
    arguments: [
      (#"{"a":"x"}"#, "<root><a>x</a></root>"),
      (#"{"a":[1,2]}"#, "<root><a>1</a><a>2</a></root>"),
      (#"{"a":[1]}"#, "<root><a>1</a></root>"),
      (#"{"a":[],"b":null}"#, "<root><?lt-empty-list a?><b/></root>"),
      (#"{"a":[[1,2],[]]}"#, "<root><a><item>1</item><item>2</item></a><a/></root>"),
      (#"[{"a":true}]"#, "<root><item><a>true</a></item></root>"),
      (#"{"a b":{"1":1.50}}"#, "<root><a_x0020_b><_x0031_>1.50</_x0031_></a_x0020_b></root>"),
      (#"{}"#, "<root/>"),
      (#""x""#, "<root>x</root>"),
    ])
  func shape(json: String, xml: String) throws {
    let tree = try Self.tree(json)
    #expect(Self.text(tree.document.serialised(declaration: false)).filter { $0 != "\n" } == xml)
    #expect(try Self.text(tree.json()) == json)
  }

  @Test("JSON types are kept beside the elements")
  func tags() throws {
    let tree = try Self.tree(#"{"o":{},"l":[[]],"s":"1","n":1,"b":false,"z":null}"#)
    let tags = tree.root.elements.map { tree.tag(of: $0) }
    #expect(
      tags == [
        NodeTag(.object), NodeTag(.array, isListMember: true), NodeTag(.string), NodeTag(.number), NodeTag(.boolean),
        NodeTag(.null),
      ])
  }

  @Test("expressions read JSON as they read XML")
  func expressions() throws {
    let tree = try Self.tree(#"{"TaiLieuNop":[{"Ten":"a"},{"Ten":"b"}],"Rong":[]}"#)
    #expect(try XPathExpression("TaiLieuNop[2]/Ten").string(at: tree.root) == "b")
    #expect(try XPathExpression("count(TaiLieuNop)").number(at: tree.root) == 2)
    #expect(try XPathExpression("boolean(Rong)").boolean(at: tree.root) == false)
  }

  @Test("a node knows its JSON Pointer and its line and column")
  func places() throws {
    let tree = try Self.tree("{\n  \"data\": [\n    {\"a b\": [[\"x\", \"ế\"], 7], \"c\": 1}\n  ]\n}")
    let node = try #require(try XPathExpression("data/a_x0020_b[1]/item[2]").nodes(at: tree.root).first)
    #expect(tree.path(of: node) == "/data/0/a b/0/1")
    #expect(try #require(tree.position(of: node)) == (3, 20))
    let second = try #require(try XPathExpression("data/a_x0020_b[2]").nodes(at: tree.root).first)
    #expect(tree.path(of: second) == "/data/0/a b/1")
    #expect(try #require(tree.position(of: second)) == (3, 26))
    #expect(tree.path(of: tree.root) == "")
    #expect(tree.path(of: tree.root, child: ["d_x0020_e", "f"]) == "/d e/f")
  }

  @Test("a node of an XML document knows its path and its line and column")
  func placesInXML() throws {
    let tree = try DocumentTree(parsing: Array("<a>\n  <b/><b>\u{1EBF}<c/></b>\n</a>".utf8), as: .xml)
    let node = try #require(try XPathExpression("b[2]/c").nodes(at: tree.root).first)
    #expect(tree.path(of: node) == "/a/b[2]/c")
    #expect(try #require(tree.position(of: node)) == (2, 11))
    #expect(tree.path(of: tree.root, child: ["b", "@d"]) == "/a/b/@d")
  }

  @Test(
    "a character that XML cannot carry is refused with its place and without its text",
    arguments: ["\\u0000", "\\u0008", "\\u001F", "\\uFFFE", "\\uFFFF"])
  func forbiddenCharacters(escape: String) throws {
    let json = "{\"ok\": \"x\",\n \"a/b\": [1, \"secret\(escape)\"]}"
    let error = try #require(throws: DocumentError.self) { try Self.tree(json) }
    #expect(error.code == .characterNotAllowed)
    #expect(error.path == "/a~1b/1")
    #expect(error.line == 2)
    #expect(error.column == 13)
    #expect(!error.description.contains("secret"))
  }

  @Test("characters beside the forbidden ones pass", arguments: ["\\t", "\\n", "\\r", "\\u0020", "\\uFFFD", "\\uE000"])
  func allowedCharacters(escape: String) throws {
    #expect(try Self.tree("\"\(escape)\"").root.text.unicodeScalars.count == 1)
  }

  @Test("a control character in a name is escaped, not refused")
  func controlCharacterInName() throws {
    let tree = try Self.tree(#"{"\u0000":1}"#)
    #expect(tree.root.firstElement(named: "_x0000_") != nil)
    #expect(try Self.text(tree.json()) == #"{"\u0000":1}"#)
  }

  @Test("what is not well-formed is refused with line and column")
  func malformed() throws {
    let json = try #require(throws: DocumentError.self) { try Self.tree("{\n \"a\": }") }
    #expect(json.code == .malformedJSON)
    #expect(json.line == 2)
    let xml = try #require(throws: DocumentError.self) { try DocumentTree(parsing: Array("<a>\n</b>".utf8), as: .xml) }
    #expect(xml.code == .malformedXML)
    #expect(xml.line == 2)
  }

  @Test("a tree that came from XML is not written as JSON by guessing")
  func xmlIsNotJSON() throws {
    let tree = try DocumentTree(parsing: Array("<a><b>1</b></a>".utf8), as: .xml)
    let error = try #require(throws: DocumentError.self) { try tree.json() }
    #expect(error.code == .notExpressibleInJSON)
    #expect(try Self.text(tree.serialised()).contains("<b>1</b>"))
  }

  @Test("JSON nested as deep as the limit makes a tree; one more does not")
  func depth() throws {
    let limits = JSONLimits.standard
    let deepest = String(repeating: "[", count: limits.depth) + String(repeating: "]", count: limits.depth)
    #expect(try Self.text(Self.tree(deepest).json()) == deepest)
    #expect(throws: DocumentError.self) { try Self.tree("[" + deepest + "]") }
  }
}
