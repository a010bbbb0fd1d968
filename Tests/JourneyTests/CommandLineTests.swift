import GatewayTesting
import Testing

@Suite("The command line: documents and secrets", .timeLimit(.minutes(5)))
struct CommandLineTests {
  private let folder = TemporaryFolder()

  private var schema: String {
    folder.file(
      "s.json",
      """
      { "type": "object", "required": ["MaHoSo"], "properties": { "Ngay": { "format": "date" },
        "So": { "type": "integer" } } }
      """)
  }

  private var xsd: String {
    folder.file(
      "s.xsd",
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:complexType><xs:sequence>
        <xs:element name="b" type="xs:integer" maxOccurs="9"/></xs:sequence></xs:complexType></xs:element></xs:schema>
      """)
  }

  // MARK: validate

  @Test("validate says nothing about a valid document and ends with 0")
  func valid() {
    let json = ProgramRun.lienthong("validate", "--schema", schema, folder.file("a.json", #"{"MaHoSo":"x"}"#))
    #expect(json.exitCode == 0 && json.text.isEmpty && json.errorText.isEmpty)
    let xml = ProgramRun.lienthong("validate", "--schema=\(xsd)", folder.file("a.xml", "<a><b>1</b></a>"))
    #expect(xml.exitCode == 0 && xml.text.isEmpty && xml.errorText.isEmpty)
  }

  @Test("validate tells each finding in a line of its own, DOC:line:column: path: rule: sentence, and ends with 1")
  func invalid() throws {
    let json = folder.file("a.json", "{\"So\":\n  \"x\"}")
    let run = ProgramRun.lienthong("validate", "--schema", schema, json)
    #expect(run.exitCode == 1 && run.errorText.isEmpty)
    #expect(run.lines.count == 2)
    #expect(run.lines.contains { $0.hasPrefix("\(json):1:1: /: required: ") && $0.contains("MaHoSo") }, "\(run.text)")
    #expect(run.lines.contains { $0.hasPrefix("\(json):2:3: /So: type: ") }, "\(run.text)")
    let xml = folder.file("a.xml", "<a><b>1</b>\n<b>x</b>\n<b>y</b></a>")
    let second = ProgramRun.lienthong("validate", "--schema", xsd, xml)
    #expect(second.exitCode == 1)
    #expect(second.lines.map { $0.split(separator: ":")[1] } == ["2", "3"], "\(second.text)")
    #expect(second.lines.allSatisfy { $0.hasPrefix(xml) && $0.contains(": /a/b") && $0.contains(": cvc-") })
  }

  @Test("validate speaks the language it is asked for; places and rules stay the same")
  func language() throws {
    let document = folder.file("a.json", "{}")
    let english = ProgramRun.lienthong("validate", "--schema", schema, document)
    let explicit = ProgramRun.lienthong("validate", "--schema", schema, "--language", "en", document)
    let vietnamese = ProgramRun.lienthong("validate", "--schema", schema, "--language", "vi", document)
    #expect(english.text == explicit.text && english.exitCode == 1 && vietnamese.exitCode == 1)
    #expect(vietnamese.text.contains("thiếu trường bắt buộc") && !english.text.contains("thiếu"))
    let start = "\(document):1:1: /: required: "
    #expect(english.text.hasPrefix(start) && vietnamese.text.hasPrefix(start))
    #expect(ProgramRun.lienthong("validate", "--schema", schema, "--language", "fr", document).exitCode == 2)
  }

  @Test("validate looks at formats only when asked")
  func formats() {
    let document = folder.file("a.json", #"{"MaHoSo":"x","Ngay":"2026-02-30"}"#)
    #expect(ProgramRun.lienthong("validate", "--schema", schema, document).exitCode == 0)
    let strict = ProgramRun.lienthong("validate", "--schema", schema, "--formats", document)
    #expect(strict.exitCode == 1 && strict.text.contains(": /Ngay: format: "))
  }

  @Test("validate reads the document from standard input for -")
  func standardInput() {
    #expect(ProgramRun.lienthong("validate", "--schema", schema, "-", input: #"{"MaHoSo":"x"}"#).exitCode == 0)
    let run = ProgramRun.lienthong("validate", "--schema", schema, "-", input: "{}")
    #expect(run.exitCode == 1 && run.text.hasPrefix("-:1:1: /: required: "))
  }

  @Test("a schema keyword that nobody knows is a schema that cannot be used: 2, with its place")
  func unknownKeyword() {
    let schema = folder.file("unknown.json", "{\n \"requierd\": [\"a\"] }")
    let run = ProgramRun.lienthong("validate", "--schema", schema, folder.file("a.json", "{}"))
    #expect(run.exitCode == 2 && run.text.isEmpty)
    #expect(run.errorText.contains("\(schema):2:") && run.errorText.contains("requierd"))
  }

  @Test("validate ends with 2 for what cannot be read or parsed, and says where on standard error")
  func unusable() {
    let good = folder.file("a.json", "{}")
    let cases: [(schema: String, document: String, says: String)] = [
      (schema, folder.path + "/none.json", "none.json"), (folder.path + "/none.xsd", good, "none.xsd"),
      (schema, folder.file("broken.json", "{\n\"a\": }"), "broken.json:2:"),
      (xsd, folder.file("broken.xml", "<a>\n<b></a>"), "broken.xml:2:"),
      (
        folder.file(
          "broken.xsd", "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n<xs:elment/></xs:schema>"),
        folder.file("a.xml", "<a/>"), "broken.xsd:2:"
      ),
      (folder.file("broken-schema.json", "{"), good, "broken-schema.json:1:"),
      (folder.file("type.json", "{\n\"type\": \"strnig\"}"), good, "type.json:2:"), (folder.path, good, folder.path),
    ]
    for (schema, document, says) in cases {
      let run = ProgramRun.lienthong("validate", "--schema", schema, document)
      #expect(run.exitCode == 2 && run.text.isEmpty, "\(says): \(run.text)")
      #expect(run.errorText.contains(says), "\(says): \(run.errorText)")
    }
    #expect(ProgramRun.lienthong("validate", good).exitCode == 2)
  }

  // MARK: transform

  private func stylesheet(_ body: String) -> String {
    folder.file(
      "t.xsl",
      """
      <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
      <xsl:template match="/">\(body)</xsl:template></xsl:stylesheet>
      """)
  }

  @Test("transform writes the result to standard output")
  func transform() {
    let document = folder.file("a.xml", "<a><b>Hồ sơ</b></a>")
    let run = ProgramRun.lienthong(
      "transform", "--stylesheet", stylesheet("<c><xsl:value-of select=\"a/b\"/></c>"), document)
    #expect(run.exitCode == 0 && run.errorText.isEmpty)
    #expect(run.text.contains("<c>Hồ sơ</c>"))
  }

  @Test(
    "transform refuses a stylesheet that reaches for a file or the network: 2, and nothing is written",
    arguments: ["/etc/hostname", "file:///etc/passwd", "http://127.0.0.1:9/x.xml", "other.xml"])
  func transformReadsNothing(target: String) {
    _ = folder.file("other.xml", "<secret/>")
    let run = ProgramRun.lienthong(
      "transform", "--stylesheet", stylesheet("<c><xsl:copy-of select=\"document('\(target)')\"/></c>"),
      folder.file("a.xml", "<a/>"))
    #expect(run.exitCode == 2 && run.text.isEmpty && !run.errorText.isEmpty)
  }

  @Test("transform ends with 2 for what cannot be read, parsed or compiled, and says where")
  func transformUnusable() {
    let document = folder.file("a.xml", "<a/>")
    let good = stylesheet("<c/>")
    let broken = folder.file(
      "broken.xsl", "<xsl:stylesheet version=\"1.0\"\n xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"")
    for (sheet, document, says) in [
      (broken, document, "broken.xsl:2:"), (good, folder.path + "/none.xml", "none.xml"),
      (good, folder.file("broken.xml", "<a>\n<b></a>"), "broken.xml:2:"),
      (folder.path + "/none.xsl", document, "none.xsl"),
    ] {
      let run = ProgramRun.lienthong("transform", "--stylesheet", sheet, document)
      #expect(run.exitCode == 2 && run.text.isEmpty && run.errorText.contains(says), "\(says): \(run.errorText)")
    }
    #expect(ProgramRun.lienthong("transform", document).exitCode == 2)
  }

  // MARK: json

  @Test("json writes every number exactly as it was, members in their order, no spaces")
  func json() {
    let numbers = "1.0, 1e2, 1E+2, -0, 0.10, 123456789012345678901234567890, 1.7976931348623159e+308"
    let run = ProgramRun.lienthong("json", "-", input: "{ \"z\" : [\(numbers)], \"a\" : \"\\u1ed3\" }\n")
    #expect(run.exitCode == 0 && run.errorText.isEmpty)
    #expect(run.text.contains("[\(numbers.filter { $0 != " " })]"), "\(run.text)")
    #expect(run.text.hasPrefix("{\"z\":"))
    let indented = ProgramRun.lienthong("json", "--indent", "-", input: "{\"a\":[1.0]}")
    #expect(indented.exitCode == 0 && indented.lines == ["{", "  \"a\": [", "    1.0", "  ]", "}"], "\(indented.text)")
  }

  @Test("json --jcs writes the canonical form of RFC 8785, byte for byte")
  func canonical() {
    // The example of RFC 8785 §3.2.2.
    let input = """
      {
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
        "literals": [null, true, false]
      }
      """
    let expected =
      #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
      + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
    let run = ProgramRun.lienthong("json", "--jcs", "-", input: input)
    #expect(run.exitCode == 0)
    #expect(run.text == expected)
  }

  @Test(
    "json ends with 2 for what is no JSON and says DOC:line:column, writing nothing",
    arguments: [
      ("{\n\"a\":1,\n}", "3:1"), ("{\"a\":1}\n x", "2:2"), ("", "1:1"), ("[01]", "1:3"), ("{\"a\":1,\"a\":2}", "1:8"),
      ("[\"\u{1}\"]", "1:3"),
    ])
  func jsonUnusable(text: String, place: String) {
    let path = folder.file("broken.json", text)
    let run = ProgramRun.lienthong("json", path)
    #expect(run.exitCode == 2 && run.text.isEmpty)
    #expect(run.errorText.contains("\(path):\(place): "), "\(run.errorText)")
  }

  // MARK: secret

  @Test("secret new makes another key each time, with the line that belongs to it")
  func newSecret() throws {
    let first = ProgramRun.lienthong("secret", "new")
    let second = ProgramRun.lienthong("secret", "new")
    #expect(first.exitCode == 0 && first.lines.count == 2 && first.lines[0] != second.lines[0])
    #expect(first.lines[0].utf8.count == 43)
    let digest = ProgramRun.lienthong("secret", "digest", "-", input: first.lines[0] + "\n")
    #expect(digest.exitCode == 0)
    #expect(first.lines[1] == "- { apiKey: \"\(digest.lines[0])\" }")
  }

  @Test("secret digest is the SHA-256 of the text without white space at its end")
  func digest() {
    // FIPS 180-4: the digest of "abc".
    let expected = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n"
    #expect(ProgramRun.lienthong("secret", "digest", folder.file("key", "abc \r\n")).text == expected)
    #expect(ProgramRun.lienthong("secret", "digest", "-", input: "abc").text == expected)
  }

  @Test("secret password is salted, so that the same password has another form each time")
  func password() {
    let path = folder.file("password", "mật khẩu\n")
    let first = ProgramRun.lienthong("secret", "password", path)
    let second = ProgramRun.lienthong("secret", "password", path)
    #expect(first.exitCode == 0 && first.text.hasPrefix("pbkdf2-sha256$600000$"))
    #expect(first.text != second.text && !first.text.contains("mật khẩu"))
  }

  @Test("an empty or missing secret, and a call that is none, end with 2")
  func wrongSecret() {
    let empty = folder.file("empty", "\n \n")
    for arguments in [
      ["digest", empty], ["password", empty], ["digest", folder.path + "/none"], ["digest"], ["new", "x"], ["x"], [],
    ] {
      let run = ProgramRun([TestFiles.program("lienthong"), "secret"] + arguments)
      #expect(run.exitCode == 2 && run.text.isEmpty && !run.errorText.isEmpty, "\(arguments)")
    }
  }
}
