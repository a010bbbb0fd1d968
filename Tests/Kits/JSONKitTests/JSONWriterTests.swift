import Testing

@testable import JSONKit

@Suite("JSON writer")
struct JSONWriterTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func write(indent: Int?) -> [UInt8] {
    var writer = JSONWriter(indent: indent)
    writer.beginObject()
    writer.name("mã\"\u{1}")
    writer.string("a\u{8}\t\n\u{C}\r\"\\\u{1F}/é😀\u{7F}")
    writer.name("n")
    writer.beginArray()
    writer.number("1.50")
    writer.integer(-7)
    writer.boolean(true)
    writer.null()
    writer.beginObject()
    writer.endObject()
    writer.beginArray()
    writer.endArray()
    writer.endArray()
    writer.endObject()
    return writer.finish()
  }

  @Test("Everything is written on one line with the shortest escapes")
  func compact() {
    #expect(
      text(write(indent: nil))
        == #"{"mã\"\u0001":"a\b\t\n\f\r\"\\\u001f/é😀"# + "\u{7F}" + #"","n":[1.50,-7,true,null,{},[]]}"#)
  }

  @Test("With an indent each member and element has its line, and empty containers stay closed")
  func indented() {
    let expected = """
      {
        "mã\\"\\u0001": "a\\b\\t\\n\\f\\r\\"\\\\\\u001f/é😀\u{7F}",
        "n": [
          1.50,
          -7,
          true,
          null,
          {},
          []
        ]
      }
      """
    #expect(text(write(indent: 2)) == expected)
  }

  @Test("A value of a document is written as its document spells it")
  func copiesValues() throws {
    let source = #"{"a":[1.500,{"b":"\u00e1\/","c":[]},{}],"d":-0.0e-0}"#
    let document = try JSONDocument(parsing: source)
    var writer = JSONWriter()
    writer.beginArray()
    writer.value(document.root)
    writer.value(try #require(document.root["a"]?[1]?["b"]))
    writer.endArray()
    #expect(text(writer.finish()) == "[\(source),\"\\u00e1\\/\"]")
  }

  @Test("A string from UTF-8 bytes is escaped like any other")
  func writesUTF8() {
    var writer = JSONWriter()
    Array("Đỗ\n".utf8).withUnsafeBufferPointer { writer.string(utf8: $0) }
    #expect(text(writer.finish()) == #""Đỗ\n""#)
  }

  @Test("Only text that is a JSON number passes as a number")
  func recognisesNumbers() {
    for number in ["0", "-0", "10", "1.5", "0.25", "1e5", "1E-05", "-1.25e+10"] { #expect(JSONText.isNumber(number)) }
    for other in ["", "-", "01", "-01", "1.", ".5", "1e", "1e+", "+1", "1 ", " 1", "0x1", "NaN", "1.5.2", "00"] {
      #expect(!JSONText.isNumber(other))
    }
  }

  @Test("Misuse traps")
  func misuse() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.beginObject()
      writer.null()
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.beginObject()
      writer.name("a")
      writer.endObject()
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.beginArray()
      writer.endObject()
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.beginArray()
      writer.name("a")
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.null()
      writer.null()
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.beginArray()
      _ = writer.finish()
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.number("01")
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      [UInt8(0xFF)].withUnsafeBufferPointer { writer.string(utf8: $0) }
    }
  }
}
