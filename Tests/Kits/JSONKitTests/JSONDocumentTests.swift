import Testing

@testable import JSONKit

@Suite("JSON documents")
struct JSONDocumentTests {
  private func code(_ text: String, limits: JSONLimits = .standard) -> JSONError.Code? {
    code(Array(text.utf8), limits: limits)
  }

  private func code(_ bytes: [UInt8], limits: JSONLimits = .standard) -> JSONError.Code? {
    do throws(JSONError) {
      _ = try JSONDocument(parsing: bytes, limits: limits)
      return nil
    } catch {
      return error.code
    }
  }

  @Test("Every kind of value is read as it was written")
  func readsAllKinds() throws {
    let document = try JSONDocument(
      parsing: #" {"mã":"H29","n":[1,-0,1.50,2E+3],"t":true,"f":false,"z":null,"#
        + #""o":{},"a":[],"e":"a\nb\u00e1\ud83d\ude00"} "#)
    let root = document.root
    #expect(root.kind == .object)
    #expect(root.count == 8)
    #expect(root.members.map(\.name) == ["mã", "n", "t", "f", "z", "o", "a", "e"])
    #expect(root["mã"]?.string == "H29")
    #expect(root["n"]?.elements.map(\.numberText) == ["1", "-0", "1.50", "2E+3"])
    #expect(root["n"]?[0]?.integer == 1)
    #expect(root["n"]?[1]?.integer == 0)
    #expect(root["n"]?[2]?.integer == nil)
    #expect(root["n"]?[2]?.double == 1.5)
    #expect(root["n"]?[4] == nil)
    #expect(root["t"]?.boolean == true)
    #expect(root["f"]?.boolean == false)
    #expect(root["z"]?.isNull == true)
    #expect(root["o"]?.kind == .object && root["o"]?.count == 0)
    #expect(root["a"]?.kind == .array && root["a"]?.count == 0)
    #expect(root["e"]?.string == "a\nbá😀")
    #expect(root["none"] == nil)
  }

  @Test("A question that does not fit the kind is answered with nothing")
  func mismatchedQuestions() throws {
    let value = try JSONDocument(parsing: "7").root
    #expect(value.string == nil && value.boolean == nil && !value.isNull && value.count == 0)
    #expect(value["x"] == nil && value[0] == nil)
    #expect(Array(value.elements).isEmpty && Array(value.members).isEmpty)
    #expect(try JSONDocument(parsing: "\"7\"").root.numberText == nil)
  }

  @Test(
    "Text outside the grammar is refused with its reason",
    arguments: [
      ("", .unexpectedEnd), (" ", .unexpectedEnd), ("[", .unexpectedEnd), ("[1", .unexpectedEnd),
      ("[1,", .unexpectedEnd),
      ("{", .unexpectedEnd), ("{\"a\"", .unexpectedEnd), ("{\"a\":", .unexpectedEnd), ("{\"a\":1", .unexpectedEnd),
      ("\"", .unexpectedEnd), ("\"\\", .unexpectedEnd), ("\"\\u12", .unexpectedEnd), ("-", .unexpectedEnd),
      ("1.", .unexpectedEnd), ("1e", .unexpectedEnd), ("1e+", .unexpectedEnd), ("tru", .unexpectedEnd),
      ("[1,]", .unexpectedByte), ("[,1]", .unexpectedByte), ("{,}", .unexpectedByte), ("{\"a\":1,}", .unexpectedByte),
      ("{a:1}", .unexpectedByte), ("{1:1}", .unexpectedByte), ("{\"a\" 1}", .unexpectedByte),
      ("[1 2]", .unexpectedByte),
      ("[1}", .unexpectedByte), ("{\"a\":1]", .unexpectedByte), ("trux", .unexpectedByte), ("nul1", .unexpectedByte),
      ("'a'", .unexpectedByte), ("NaN", .unexpectedByte), ("+1", .unexpectedByte), (".5", .unexpectedByte),
      ("/**/1", .unexpectedByte), ("\u{A0}1", .unexpectedByte), ("\u{0C}1", .unexpectedByte),
      ("01", .invalidNumber), ("-01", .invalidNumber), ("1.e1", .invalidNumber), ("1.x", .invalidNumber),
      ("-x", .invalidNumber), ("1e-x", .invalidNumber), ("1 2", .trailingBytes), ("{} ]", .trailingBytes),
      ("1//", .trailingBytes), ("\"\\x\"", .invalidEscape), ("\"\\u12g4\"", .invalidEscape),
      ("\"\\U0041\"", .invalidEscape),
      ("\"a\tb\"", .controlCharacter), ("\"a\nb\"", .controlCharacter), ("\"12345678\u{0}\"", .controlCharacter),
      ("\u{FEFF}{}", .byteOrderMark),
    ] as [(String, JSONError.Code)])
  func refusesOutsideGrammar(text: String, expected: JSONError.Code) {
    #expect(code(text) == expected)
  }

  @Test("A bare control character is refused wherever it stands in a string", arguments: 0..<0x20)
  func refusesControlCharacters(byte: Int) {
    for place in 1..<32 {
      var bytes = Array(("\"" + String(repeating: "a", count: 32) + "\"").utf8)
      bytes[place] = UInt8(byte)
      #expect(code(bytes) == .controlCharacter)
    }
  }

  @Test(
    "A surrogate without its partner is refused",
    arguments: [
      #""\ud800""#, #""\udc00""#, #""\ud800x""#, #""\ud800\n""#, #""\ud800\ud800""#, #""\ud800A""#, #""\udc00\ud800""#,
    ])
  func refusesLoneSurrogates(text: String) {
    #expect(code(text) == .loneSurrogate)
  }

  @Test("Surrogate pairs at both ends of their range become one scalar")
  func readsSurrogatePairs() throws {
    let value = try JSONDocument(parsing: #""\uD800\uDC00\uDBFF\uDFFF\ud83d\uDE00""#).root
    #expect(value.string == "\u{10000}\u{10FFFF}\u{1F600}")
  }

  @Test(
    "Bytes that are not UTF-8 are refused at their place",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xC3], [0xE1, 0xBB], [0xF0, 0x9F, 0x98],
    ] as [[UInt8]])
  func refusesInvalidUTF8(bytes: [UInt8]) {
    for prefix in ["", "abcdefg", "abcdefgh", "tiếng Việt "] {
      let text = [UInt8(ascii: "\"")] + Array(prefix.utf8) + bytes + [UInt8(ascii: "\"")]
      do throws(JSONError) {
        _ = try JSONDocument(parsing: text)
        Issue.record("accepted \(bytes)")
      } catch {
        #expect(error.code == .invalidUTF8)
        #expect(error.offset == 1 + prefix.utf8.count)
      }
    }
  }

  @Test(
    "A name that comes twice is refused, however it is spelt",
    arguments: [
      #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, #"{"\u0061":1,"a":2}"#, #"{"\u0061":1,"\u0061":1}"#, #"{"":1,"":2}"#,
      #"{"é":1,"\u00E9":2}"#, #"{"/":1,"\/":2}"#, #"[{"b":{"a":1,"c":[{}],"a":2}}]"#, #"{"\ud83d\ude00":1,"😀":2}"#,
    ])
  func refusesDuplicateNames(text: String) {
    #expect(code(text) == .duplicateName)
  }

  @Test("Names that only look alike are different names")
  func acceptsCanonicallyEquivalentNames() throws {
    let document = try JSONDocument(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2,\"a\":{\"a\":3}}")
    #expect(document.root["\u{E9}"]?.integer == 1)
    #expect(document.root["e\u{301}"]?.integer == 2)
  }

  @Test("The last of many names is found twice through the hash table too", arguments: [24, 25, 26, 100, 5_000])
  func refusesDuplicateNamesInLargeObjects(count: Int) {
    let names = (1..<count).map { "\"n\($0)\":\($0)" }.joined(separator: ",")
    #expect(code("{\(names),\"x\":0}") == nil)
    #expect(code("{\(names),\"n1\":0}") == .duplicateName)
    #expect(code("{\(names),\"\\u006e1\":0}") == .duplicateName)
  }

  @Test("An error says line and column in characters, and an offset in bytes")
  func placesErrors() {
    do throws(JSONError) {
      _ = try JSONDocument(parsing: "{\r\n\t\"tên\": \"Đỗ\",\r \"b\": x}")
      Issue.record("accepted")
    } catch {
      #expect(error.line == 3)
      #expect(error.column == 7)
      #expect(error.offset == 27)
    }
  }

  @Test("Each value knows its bytes and its place")
  func placesValues() throws {
    let text = "{\"á\": [10,\n  \"x\\n\"]}"
    let document = try JSONDocument(parsing: text)
    let list = try #require(document.root["á"])
    let string = try #require(list[1])
    #expect(list.position == JSONPosition(line: 1, column: 7))
    #expect(string.position == JSONPosition(line: 2, column: 3))
    #expect(String(decoding: document.bytes[string.byteRange], as: UTF8.self) == "\"x\\n\"")
    #expect(String(decoding: document.bytes[list.byteRange], as: UTF8.self) == "[10,\n  \"x\\n\"]")
  }

  @Test("Positions are the same through the index as counted from the start")
  func positionIndexAgrees() throws {
    let line = "  \"Nguyễn Văn A\",\r\n"
    let text = "[" + String(repeating: line, count: 700) + "\"\"]"
    let document = try JSONDocument(parsing: text)
    for offset in stride(from: 0, through: document.bytes.count + 10, by: 37) {
      #expect(document.position(ofOffset: offset) == JSONPosition(ofOffset: offset, in: document.bytes))
    }
  }
}
