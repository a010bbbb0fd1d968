import DocumentKit
import Testing
import Workbench

@Suite("Comparing documents by structure")
struct DocumentComparisonTests {
  private func differences(
    _ first: String, _ second: String, ignore: [String] = [], keys: [String] = [],
  ) throws -> [String] {
    var options = ComparisonOptions()
    options.ignored = ignore.map { PathPattern($0) }
    options.keys = try keys.map { try #require(ComparisonOptions.Key($0)) }
    let one = try SourceDocument(Array(first.utf8), named: "one")
    let other = try SourceDocument(Array(second.utf8), named: "other")
    return DocumentComparison.differences(one.tree, other.tree, options).map(\.text)
  }

  @Test("layout, prefixes and the order of JSON members do not matter")
  func same() throws {
    #expect(try differences(#"{"a":1,"b":[{"c":"x"}]}"#, "{ \"b\": [ {\"c\":\"x\"} ],\n \"a\": 1 }") == [])
    #expect(
      try differences("<p:a xmlns:p='u'><p:b>x</p:b></p:a>", "<a xmlns='u'>\n  <b>x</b>\n</a>") == [])
  }

  @Test("what was added, removed or changed is told with its path and text")
  func kinds() throws {
    #expect(
      try differences(#"{"a":"1","b":"2","l":[{"c":"x"}]}"#, #"{"a":"3","d":"4","l":[{"c":"x"},{"c":"y"}]}"#) == [
        #"~ /a: "1" → "3""#, #"- /b: "2""#, #"+ /d: "4""#, "+ /l/1",
      ])
    #expect(
      try differences("<a k='1'><b>x</b></a>", "<a k='2'><b>y</b><c/></a>") == [
        #"~ /a/@k: "1" → "2""#, #"~ /a/b: "x" → "y""#, #"+ /a/c: """#,
      ])
  }

  @Test("a JSON type, an empty list and a list of one are differences")
  func types() throws {
    #expect(try differences(#"{"a":"1"}"#, #"{"a":1}"#) == [#"~ /a: "1" → 1"#])
    #expect(try differences(#"{"a":[]}"#, "{}") == ["- /a: []"])
    #expect(try differences("{}", #"{"a":[]}"#) == ["+ /a: []"])
    #expect(try differences(#"{"a":["x"]}"#, #"{"a":"x"}"#) == [#"~ /a/0: "x" → "x""#])
  }

  @Test("in XML another order of elements is a difference")
  func order() throws {
    #expect(try differences("<a><b/><c/></a>", "<a><c/><b/></a>") == ["~ /a: b c → c b"])
    #expect(try differences(#"{"b":1,"c":2}"#, #"{"c":2,"b":1}"#) == [])
  }

  @Test("ignored paths do not matter, with all below them")
  func ignored() throws {
    let one = #"{"o":{"n":"1","x":{"y":"2"}},"l":[{"id":"1"},{"id":"2"}]}"#
    let other = #"{"o":{"n":"3","x":{"y":"4"}},"l":[{"id":"5"},{"id":"6"}]}"#
    #expect(try differences(one, other, ignore: ["o", "l/id"]) == [])
    #expect(try differences(one, other, ignore: ["o/*", "/l/0/id"]) == [])
    #expect(try differences(one, other, ignore: ["//y", "//id"]) == [#"~ /o/n: "1" → "3""#])
    #expect(try differences(one, other, ignore: ["x", "id"]).count == 4)
  }

  @Test("members of a list find each other by key where one is named")
  func keys() throws {
    let one = "<a><f><id>1</id><n>x</n></f><f><id>2</id><n>y</n></f></a>"
    let other = "<a><f><id>2</id><n>y</n></f><f><id>3</id><n>z</n></f><f><id>1</id><n>w</n></f></a>"
    #expect(try differences(one, other, keys: ["f=id"]) == [#"~ /a/f[1]/n: "x" → "w""#, "+ /a/f[2]"])
    #expect(try differences(one, other).count > 2)
  }
}
