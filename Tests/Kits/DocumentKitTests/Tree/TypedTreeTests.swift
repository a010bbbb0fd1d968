import DocumentKit
import Testing
import XMLKit

@Suite("XML that says what it is as JSON")
struct TypedTreeTests {
  private static func json(_ xml: String) throws -> String {
    let bytes = Array("<r xmlns:j='urn:lienthong:json'>\(xml)</r>".utf8)
    return String(decoding: try DocumentTree(typing: XMLDocument(parsing: bytes)).json(), as: UTF8.self)
  }

  @Test(
    "types, lists and empty lists become JSON",
    arguments: [
      ("<a>1</a>", #"{"a":"1"}"#), ("<a/>", #"{"a":""}"#), ("<a j:type='number'>1.50</a>", #"{"a":1.50}"#),
      ("<a j:type='boolean'>true</a>", #"{"a":true}"#), ("<a j:type='null'/>", #"{"a":null}"#),
      ("<a j:type='object'/>", #"{"a":{}}"#), ("<a> <b>1</b> </a>", #"{"a":{"b":"1"}}"#),
      ("<a j:list='true'>1</a>", #"{"a":["1"]}"#),
      ("<a j:list='true'>1</a> <a j:list='true'>2</a>", #"{"a":["1","2"]}"#),
      ("<a j:list='true'><b>1</b></a>", #"{"a":[{"b":"1"}]}"#), ("<j:empty-list name='a'/>", #"{"a":[]}"#),
      (
        "<a j:list='true' j:type='array'><v j:list='true'>1</v></a><a j:list='true' j:type='array'/>",
        #"{"a":[["1"],[]]}"#
      ),
      ("<a_x0020_b>1</a_x0020_b>", #"{"a b":"1"}"#),
    ])
  func typing(xml: String, json: String) throws {
    #expect(try Self.json(xml) == json)
  }

  @Test(
    "what cannot be JSON is refused by its path",
    arguments: [
      ("<a>t<b/></a>", "/r/a"), ("<a x='1'/>", "/r/a"), ("<a/><a/>", "/r/a[2]"), ("<a j:type='date'/>", "/r/a"),
      ("<a j:type='number'>one</a>", "/r/a"), ("<a j:type='number'>01</a>", "/r/a"),
      ("<a j:type='boolean'>1</a>", "/r/a"), ("<a j:type='null'>x</a>", "/r/a"),
      ("<a j:type='string'><b/></a>", "/r/a"),
      ("<a j:list='true'/><b/><a j:list='true'/>", "/r/a[2]"), ("<a j:list='true'/><a/>", "/r/a[2]"),
      ("<a/><j:empty-list name='a'/>", "/r/j:empty-list"), ("<j:empty-list/>", "/r/j:empty-list"),
      ("<a j:type='array'><v>1</v></a>", "/r/a/v"),
    ])
  func refusing(xml: String, path: String) throws {
    let error = try #require(throws: DocumentError.self) { try Self.json(xml) }
    #expect(error.code == .notExpressibleInJSON)
    #expect(error.path == path)
  }
}
