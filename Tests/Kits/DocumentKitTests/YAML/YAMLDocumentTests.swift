import DocumentKit
import Testing

@Suite("YAML: what is read")
struct YAMLDocumentTests {
  @Test("A document keeps the order of keys, the text and style of scalars, and the place of every node")
  func treeAndPlaces() throws {
    let text = """
      # a comment
      tên: Một cửa
      rows:
        - { to: dossier/code, from: 'MaHoSo' }
        - to: note
          from: |
            two
            lines
      empty:
      """
    let document = try YAMLDocument(parsing: text, file: "site.yaml")
    let root = try document.root.readMapping()
    #expect(root.keys == ["tên", "rows", "empty"])
    #expect(try root.required("tên").readString() == "Một cửa")
    #expect(root.member("tên")?.keyPosition == YAMLPosition(file: "site.yaml", line: 2, column: 1))
    #expect(root["tên"]?.position == YAMLPosition(file: "site.yaml", line: 2, column: 6))
    let rows = try root.required("rows").readSequence()
    #expect(rows.count == 2)
    #expect(rows[0]["from"]?.scalar?.style == .singleQuoted)
    #expect(rows[0]["from"]?.position.description == "site.yaml:4:31")
    #expect(rows[1]["from"]?.scalar?.style == .literal)
    #expect(rows[1]["from"]?.scalar?.text == "two\nlines\n")
    #expect(root["empty"]?.isNull == true)
  }

  @Test("A byte order mark is skipped and does not shift the columns of the first line")
  func byteOrderMark() throws {
    let document = try YAMLDocument(parsing: [0xEF, 0xBB, 0xBF] + Array("a: b".utf8), file: "x")
    #expect(document.root["a"]?.position == YAMLPosition(file: "x", line: 1, column: 4))
  }

  @Test("Scalars stay text: yes, 01 and a date are read as they were written")
  func scalarsStayText() throws {
    let root = try YAMLDocument(parsing: "a: yes\nb: 01\nc: 2026-11-20\nd: \"\"", file: "x").root
    #expect(try root["a"]?.readString() == "yes")
    #expect(try root["b"]?.readString() == "01")
    #expect(try root["c"]?.readString() == "2026-11-20")
    #expect(try root["d"]?.readString() == "")
  }

  @Test(
    "Whole numbers are read from digits, with sign, 0x and 0o",
    arguments: [
      ("0", 0), ("42", 42), ("-7", -7), ("+7", 7), ("0x1F", 31), ("0o17", 15), ("9223372036854775807", Int.max),
      ("!!int \"5\"", 5),
    ])
  func integers(text: String, value: Int) throws {
    #expect(try YAMLDocument(parsing: "a: \(text)", file: "x").root["a"]?.readInteger() == value)
  }

  @Test(
    "What is no whole number is refused",
    arguments: ["'42'", "010", "-010", "4.2", "0x", "0x-1", "1_000", "9223372036854775808", "~", "ten", "!!str 5", "+"])
  func notIntegers(text: String) throws {
    let node = try #require(try YAMLDocument(parsing: "a: \(text)", file: "x").root["a"])
    let error = #expect(throws: YAMLError.self) { try node.readInteger() }
    #expect(error?.code == .notInteger)
    #expect(error?.position.description == "x:1:4")
  }

  @Test("true and false are booleans; yes, on, True and quoted ones are not")
  func booleans() throws {
    func read(_ text: String) throws -> Bool {
      try #require(try YAMLDocument(parsing: "a: \(text)", file: "x").root["a"]).readBoolean()
    }
    #expect(try read("true"))
    #expect(try !read("false"))
    for text in ["yes", "on", "True", "'true'", "1", "no", "~"] {
      #expect(throws: YAMLError.self) { try read(text) }
    }
  }

  @Test("Numbers are finite decimals")
  func numbers() throws {
    func read(_ text: String) throws -> Double {
      try #require(try YAMLDocument(parsing: "a: \(text)", file: "x").root["a"]).readNumber()
    }
    #expect(try read("0.25") == 0.25)
    #expect(try read("-1e3") == -1000)
    for text in [".inf", "nan", "0x1p3", "'0.25'", "1e999"] {
      #expect(throws: YAMLError.self) { try read(text) }
    }
  }

  @Test("A missing key, a wrong kind and a choice name their place, and a near key is suggested")
  func readersComplain() throws {
    let root = try YAMLDocument(parsing: "colour: red\nlist: [a]\n", file: "x").root.readMapping()
    let missing = #expect(throws: YAMLError.self) { try root.required("name") }
    #expect(missing?.description == "x:1:1: the key ‘name’ is missing (add ‘name: …’ here)")
    let kind = #expect(throws: YAMLError.self) { try root["list"]?.readMapping() }
    #expect(kind?.description == "x:2:7: a mapping is needed here and a sequence was found (write ‘key: value’ lines)")
    let unknown = #expect(throws: YAMLError.self) { try root.refuseKeys(notIn: ["color", "list"]) }
    #expect(unknown?.description == "x:1:1: the key ‘colour’ is not known (did you mean ‘color’?)")
    let choice = #expect(throws: YAMLError.self) { try root["colour"]?.readChoice(["rot", "blue"]) }
    #expect(choice?.code == .notAllowed)
    #expect(try root["colour"]?.readChoice(["red"]) == "red")
  }

  @Test("A large mapping finds its keys and refuses a duplicate in linear time")
  func largeMapping() throws {
    let lines = (0..<50_000).map { "\"key \($0)\": \($0)" }
    let root = try YAMLDocument(parsing: lines.joined(separator: "\n"), file: "x").root
    #expect(try root["key 49999"]?.readInteger() == 49_999)
    let error = #expect(throws: YAMLError.self) {
      try YAMLDocument(parsing: (lines + ["key 7: 1"]).joined(separator: "\n"), file: "x")
    }
    #expect(error?.description == "x:50001:1: the key ‘key 7’ is already set in line 8 (keep one of the two)")
  }
}
