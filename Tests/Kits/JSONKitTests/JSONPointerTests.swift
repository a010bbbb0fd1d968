import Testing

@testable import JSONKit

@Suite("JSON Pointer (RFC 6901)")
struct JSONPointerTests {
  static let example = """
    {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\\\j":5,"k\\"l":6," ":7,"m~n":8}
    """

  @Test(
    "The examples of RFC 6901 §5 lead where the standard says",
    arguments: [
      ("/foo/0", "\"bar\""), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"), ("/e^f", "3"), ("/g|h", "4"), ("/i\\j", "5"),
      ("/k\"l", "6"), ("/ ", "7"), ("/m~0n", "8"), ("/foo", "[\"bar\",\"baz\"]"), ("", example),
    ])
  func standardExamples(pointer: String, expected: String) throws {
    let document = try JSONDocument(parsing: Self.example)
    let value = try #require(JSONPointer(pointer).evaluate(in: document.root))
    #expect(String(decoding: document.bytes[value.byteRange], as: UTF8.self) == expected)
    #expect(try JSONPointer(pointer).description == pointer)
  }

  @Test(
    "What is not there is nil",
    arguments: ["/foo/2", "/foo/-", "/foo/00", "/foo/+1", "/foo/x", "/bar", "//x", "/foo/0/a"]
  )
  func absent(pointer: String) throws {
    let document = try JSONDocument(parsing: Self.example)
    #expect(try JSONPointer(pointer).evaluate(in: document.root) == nil)
  }

  @Test(
    "Text that is no pointer is refused at its place",
    arguments: [("a", 0), ("#/a", 0), ("/~", 2), ("/~2", 2), ("/a~/b", 3)]
  )
  func refuses(text: String, offset: Int) {
    do throws(JSONError) {
      _ = try JSONPointer(text)
      Issue.record("accepted")
    } catch {
      #expect(error.code == .invalidPointer)
      #expect(error.offset == offset)
    }
  }

  @Test("Appending escapes what the string form needs")
  func appends() {
    let pointer = JSONPointer.root.appending("a/b~1").appending(3).appending("")
    #expect(pointer.description == "/a~1b~01/3/")
    #expect(pointer.tokens == ["a/b~1", "3", ""])
  }

  @Test("Pointers to canonically equivalent names differ")
  func equality() {
    #expect(JSONPointer(tokens: ["\u{E9}"]) != JSONPointer(tokens: ["e\u{301}"]))
    #expect(JSONPointer(tokens: ["a"]) == JSONPointer(tokens: ["a"]))
    #expect(Set([JSONPointer(tokens: ["ab", "c"]), JSONPointer(tokens: ["a", "bc"])]).count == 2)
  }
}
