import DocumentKit
import Testing
import Translation
import XMLKit

@Suite("Documents inside strings")
struct NestedDocumentTests {
  private static let xmlInside = """
      - { to: code, from: maHoSo }
      - to: .
        parse: { from: data, schema: hotich/1/khai-sinh.xsd, format: xml }
        rows:
          - { to: owner/name, from: hoTen }
          - { to: attachment, each: tep, rows: [ { to: name, from: ten } ] }
      - { to: owner/phone, from: sdt }
    """

  private static func write(_ keys: String, _ rows: String = "{ to: hoTen, from: name }") -> String {
    "  - { to: data, write: { \(keys) }, rows: [ \(rows) ] }"
  }

  private static func out(_ rows: String) throws -> Mapping {
    try Workbench.mapping(rows, source: RowTests.toPartner, target: RowTests.json)
  }

  // MARK: Reading

  @Test("rows read the document inside a string and may write beside the rows around them")
  func parseXML() throws {
    let mapping = try Workbench.mapping(Self.xmlInside)
    let document = try Workbench.json(
      #"{"maHoSo":"1","sdt":"09","data":"<?xml version=\"1.0\"?><hotich><hoTen>Lê Ánh</hoTen>"#
        + #"<tep><ten>a.pdf</ten></tep><tep><ten>b</ten></tep></hotich>"}"#)
    #expect(
      try mapping.text(document) == "<dossier><code>1</code><owner><name>Lê Ánh</name></owner>"
        + "<attachment><name>a.pdf</name></attachment><attachment><name>b</name></attachment>"
        + "<owner><phone>09</phone></owner></dossier>")
    guard case .translated(_, _, let nested) = try mapping.translate(document) else { return }
    #expect(nested.read.map(\.schema) == ["hotich/1/khai-sinh.xsd"])
    #expect(nested.read.map(\.place.path) == ["/data"])
    #expect(nested.read.first?.tree.root.localName == "hotich")
    #expect(nested.written.isEmpty)
  }

  @Test("JSON inside XML, in base64, in an element of its own, once for each")
  func parseJSON() throws {
    let mapping = try Workbench.mapping(
      """
        - to: attachment
          each: tep
          parse: { from: noiDung, schema: t/1/tep.schema.json, format: json, base64: true }
          rows:
            - { to: name, from: ten }
            - { to: size, from: "count(cac)" }
      """, source: "source: { schema: t/1/t.xsd, format: xml }")
    // {"ten":"ế","cac":[1,2]} and {"ten":"b"}
    let text = """
      <t><tep><noiDung>eyJ0ZW4iOiLhur8iLCJj
      YWMiOlsxLDJdfQ==</noiDung></tep><tep/><tep><noiDung>eyJ0ZW4iOiJiIn0=</noiDung></tep></t>
      """
    #expect(
      try mapping.text(Workbench.xml(text)) == "<dossier><attachment><name>ế</name><size>2</size></attachment>"
        + "<attachment><name>b</name><size>0</size></attachment></dossier>")
  }

  @Test("prefixes belong to the document they are declared for, inside and outside")
  func namespaces() throws {
    let mapping = try Workbench.mapping(
      """
        - to: .
          parse: { from: "x:d", schema: a/1/a.xsd, format: xml, namespaces: { x: urn:inner } }
          rows: [ { to: name, from: "x:n" } ]
        - { to: code, from: "x:n" }
      """, source: "source: { schema: a/1/b.xsd, format: xml, namespaces: { x: urn:outer } }")
    let inner = "&lt;h xmlns='urn:inner'>&lt;n>i&lt;/n>&lt;/h>"
    #expect(
      try mapping.text(Workbench.xml("<a xmlns='urn:outer'><d>\(inner)</d><n>o</n></a>"))
        == "<dossier><name>i</name><code>o</code></dossier>")
  }

  @Test("what is wrong inside is told with both paths, at the place of the text in the message")
  func findings() throws {
    let mapping = try Workbench.mapping(
      """
        - to: .
          parse: { from: data, schema: h/1/h.xsd, format: xml }
          rows:
            - to: .
              parse: { from: trong, schema: h/1/h.json, format: json }
              rows: [ { to: born, from: ngay, time: yyyyMMdd } ]
            - { to: name, from: hoTen, required: true }
      """)
    let findings = try mapping.findings(
      Workbench.json("{\n  \"data\": \"<h><trong>{\\\"ngay\\\":\\\"30/02\\\"}</trong></h>\"}"))
    #expect(findings.map(\.rule) == ["mapping.time", "mapping.required"])
    #expect(findings.map(\.path) == ["/data » /h/trong » /ngay", "/data » /h/hoTen"])
    #expect(findings.allSatisfy { $0.line == 2 && $0.column == 11 })
  }

  @Test("text that is no document refuses the message; an empty one only if it is required")
  func unparsable() throws {
    func mapping(_ keys: String = "", _ row: String = "") throws -> Mapping {
      try Workbench.mapping(
        "  - { to: owner, parse: { from: data, schema: h/1/h.xsd, format: xml\(keys) }\(row), "
          + "rows: [ { to: name, from: hoTen } ] }")
    }
    let bad = try mapping().findings(Workbench.json(#"{"data":"<h>\n<bímật</h>"}"#))
    #expect(bad.map(\.rule) == ["mapping.nested"])
    #expect(bad.map(\.path) == ["/data"])
    #expect(bad.first?.messageEnglish.contains("line 2, column") == true)
    let noBase64 = try mapping(", base64: true").findings(Workbench.json(#"{"data":"<h/>"}"#))
    #expect(noBase64.map(\.rule) == ["mapping.base64"])
    for empty in ["{}", #"{"data":""}"#, #"{"data":" \n"}"#] {
      #expect(try mapping().text(Workbench.json(empty)) == "<dossier/>")
      #expect(try mapping("", ", required: true").findings(Workbench.json(empty)).map(\.path) == ["/data"])
    }
  }

  @Test("a message with more documents inside than the limit is not translated")
  func limit() throws {
    var limits = TranslationLimits()
    limits.nestedDocuments = 2
    let mapping = try Workbench.mapping(
      "  - { to: a, each: d, parse: { from: ., schema: h, format: json }, rows: [ { to: n, from: n } ] }",
      limits: limits)
    #expect(try mapping.text(Workbench.json(#"{"d":["{\"n\":1}","{}"]}"#)) == "<dossier><a><n>1</n></a></dossier>")
    let error = try #require(throws: TranslationError.self) {
      try mapping.translate(Workbench.json(#"{"d":["{}","{}","{}"]}"#))
    }
    #expect(error.code == .nestedLimit)
  }

  // MARK: Writing

  @Test("rows build an XML document whose text is the value of a JSON member")
  func writeXML() throws {
    let rows =
      "{ to: \"@v\", value: '1' }, { to: hoTen, from: name }, { to: tep, each: file, rows: [ { to: t, from: . } ] }"
    let mapping = try Self.out(
      "  - { to: ma, from: code }\n" + Self.write("schema: h/1/h.xsd, format: xml, root: hotich", rows))
    let document = try Workbench.xml("<d><code>1</code><name>A &amp; Ế</name><file>x</file><file>y</file></d>")
    #expect(
      try mapping.text(document) == #"{"ma":"1","data":"<hotich v=\"1\"><hoTen>A &amp; Ế</hoTen>"#
        + #"<tep><t>x</t></tep><tep><t>y</t></tep></hotich>"}"#)
    guard case .translated(_, _, let nested) = try mapping.translate(document) else { return }
    #expect(nested.written.map(\.place.path) == ["/data"])
    #expect(nested.written.map(\.schema) == ["h/1/h.xsd"])
    #expect(nested.written.first?.tree.root.firstElement(named: "hoTen")?.text == "A & Ế")
  }

  @Test("declaration, namespace and base64 are the row's to choose")
  func spelling() throws {
    let document = try Workbench.xml("<d><name>ế</name></d>")
    let declared = try Self.out(
      Self.write("schema: h, format: xml, root: h, namespace: 'urn:h', declaration: true"))
    #expect(
      try declared.text(document)
        == #"{"data":"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<h xmlns=\"urn:h\"><hoTen>ế</hoTen></h>"}"#)
    let encoded = try Self.out(Self.write("schema: h, format: json, base64: true"))
    // {"hoTen":"ế"}
    #expect(try encoded.text(document) == #"{"data":"eyJob1RlbiI6IuG6vyJ9"}"#)
  }

  @Test("documents inside documents, in lists and attributes, each handed out with its path")
  func inside() throws {
    let mapping = try Workbench.mapping(
      """
        - to: e/@json
          write: { schema: in/1/a.json, format: json }
          rows: [ { to: n, from: code, type: number } ]
        - to: list
          rows:
            - to: item
              each: file
              write: { schema: in/1/b.json, format: json }
              rows:
                - { to: a, from: name }
                - to: more
                  write: { schema: in/1/c.xsd, format: xml, root: c }
                  rows: [ { to: ., from: name } ]
      """, source: RowTests.toPartner, target: "target: { schema: p/1/p.xsd, format: xml, root: p }")
    let document = try Workbench.xml(
      "<d><code>7</code><file><name>x</name></file><file/><file><name>y</name></file></d>")
    guard case .translated(let target, _, let nested) = try mapping.translate(document) else {
      Issue.record("not translated")
      return
    }
    #expect(target.root.firstElement(named: "e")?.attribute(named: "json")?.text == #"{"n":7}"#)
    #expect(
      nested.written.map(\.place.path) == [
        "/p/e/@json", "/p/list/item[1] » /more", "/p/list/item[1]", "/p/list/item[2] » /more", "/p/list/item[2]",
      ])
    #expect(target.root.firstElement(named: "list")?.elements.map(\.text).last == #"{"a":"y","more":"<c>y</c>"}"#)
  }

  @Test("a document nothing was written into is left out, kept or missed, as the row says")
  func emptyDocument() throws {
    func row(_ key: String) -> String {
      "  - { to: data, write: { schema: h, format: xml, root: h }, rows: [ { to: n, from: n } ]\(key) }"
    }
    let document = try Workbench.xml("<d/>")
    #expect(try Self.out(row("")).text(document) == "{}")
    #expect(try Self.out(row(", empty: keep")).text(document) == #"{"data":"<h/>"}"#)
    #expect(try Self.out(row(", required: true")).findings(document).map(\.rule) == ["mapping.required"])
  }

  @Test("one row may turn the document in one string into the document in another")
  func both() throws {
    let mapping = try Workbench.mapping(
      """
        - to: data
          parse: { from: du_lieu, schema: a/1/a.json, format: json }
          write: { schema: b/1/b.xsd, format: xml, root: b }
          rows: [ { to: ten, from: name, required: true } ]
        - { to: ma, from: ma }
      """)
    #expect(
      try mapping.text(Workbench.json(#"{"du_lieu":"{\"name\":\"x\"}","ma":"1"}"#))
        == "<dossier><data>&lt;b&gt;&lt;ten&gt;x&lt;/ten&gt;&lt;/b&gt;</data><ma>1</ma></dossier>")
    #expect(try mapping.text(Workbench.json(#"{"ma":"1"}"#)) == "<dossier><ma>1</ma></dossier>")
    #expect(try mapping.findings(Workbench.json(#"{"du_lieu":"{}"}"#)).map(\.path) == ["/du_lieu » /name"])
  }

  @Test("what the rows of a nested document write counts for the limit of the output")
  func outputLimit() throws {
    var limits = TranslationLimits()
    limits.outputNodes = 4
    let mapping = try Workbench.mapping(
      "  - { to: d, write: { schema: h, format: xml, root: h }, rows: [ { to: n, each: n, from: . } ] }",
      source: RowTests.toPartner, target: RowTests.json, limits: limits)
    #expect(try mapping.text(Workbench.xml("<d><n>1</n></d>")) == #"{"d":"<h><n>1</n></h>"}"#)
    let error = try #require(throws: TranslationError.self) {
      try mapping.translate(Workbench.xml("<d><n>1</n><n>2</n></d>"))
    }
    #expect(error.code == .outputLimit)
  }

  // MARK: Mistakes

  @Test(
    "mistakes in the keys of a nested document are told with their place",
    arguments: [
      ("{ to: a, from: b, parse: { from: c, schema: d, format: xml } }", "m.yaml:6:23: ‘parse’ needs rows"),
      ("{ to: a, from: b, write: { schema: d, format: json } }", "m.yaml:6:23: ‘write’ needs rows"),
      ("{ to: a, parse: { from: b, format: xml }, rows: [ { to: c, from: d } ] }", "m.yaml:6:21: the key ‘schema’"),
      ("{ to: a, parse: { schema: b, format: xml }, rows: [ { to: c, from: d } ] }", "m.yaml:6:21: the key ‘from’"),
      (
        "{ to: a, parse: { from: \"b[\", schema: b, format: xml }, rows: [ { to: c, from: d } ] }",
        "m.yaml:6:29: the expression"
      ),
      (
        "{ to: a, parse: { from: b, schema: b, format: xml, ignore: [ { from: \"(\", reason: r } ] }, "
          + "rows: [ { to: c, from: d } ] }", "m.yaml:6:74: the expression"
      ),
      ("{ to: a, write: { schema: b, format: xml }, rows: [ { to: c, from: d } ] }", "m.yaml:6:21: the key ‘root’"),
      (
        "{ to: a, write: { schema: b, format: json, declaration: true }, rows: [ { to: c, from: d } ] }",
        "m.yaml:6:48: a JSON document has no declaration"
      ),
      (
        "{ to: a, write: { schema: b, format: json }, rows: [ { to: \"@c\", from: d } ] }",
        "m.yaml:6:64: JSON has no attributes"
      ),
      (
        "{ to: a, write: { schema: b, format: json }, rows: [ { to: c, from: d }, { to: c, from: e } ] }",
        "m.yaml:6:78: ‘c’ is already written"
      ),
      (
        "{ to: a, write: { schema: b, format: json }, rows: [ { to: c, from: d } ], cut: 3 }",
        "m.yaml:6:80: ‘cut’ has no effect on a document"
      ),
      ("{ to: ., rows: [ { to: c, from: d } ] }", "m.yaml:6:7: a group needs a name"),
      (
        "{ to: ., empty: keep, parse: { from: b, schema: b, format: xml }, rows: [ { to: c, from: d } ] }",
        "m.yaml:6:14: a group without a name"
      ),
      (
        "{ to: \"@a\", parse: { from: b, schema: b, format: xml }, rows: [ { to: c, from: d } ] }",
        "m.yaml:6:7: a group needs an element and not an attribute"
      ),
    ])
  func mistakes(row: String, expected: String) {
    let mistakes = Workbench.mistakes("  - \(row)\n")
    #expect(mistakes.first?.hasPrefix(expected) == true, "\(mistakes)")
    #expect(mistakes.first?.hasSuffix(")") == true, "no remedy in \(mistakes)")
  }

  @Test("a member of a JSON target is written once, also by the rows of a group without a name")
  func transparentPlaces() throws {
    func rows(_ condition: String) -> String {
      """
        - { to: a, from: x\(condition) }
        - { to: ., parse: { from: d, schema: s, format: xml }, rows: [ { to: a, from: y\(condition) } ] }
      """
    }
    let mistakes = Workbench.mistakes(rows(""), source: RowTests.toPartner, target: RowTests.json)
    #expect(mistakes.first?.contains("‘a’ is already written by the row in line 6") == true, "\(mistakes)")
    let mapping = try Self.out(rows(", when: \"not(no)\""))
    #expect(try mapping.text(Workbench.xml("<d><d>&lt;i>&lt;y>1&lt;/y>&lt;/i></d></d>")) == #"{"a":"1"}"#)
    #expect(
      try mapping.findings(Workbench.xml("<d><x>0</x><d>&lt;i>&lt;y>1&lt;/y>&lt;/i></d></d>")).map(\.rule)
        == ["mapping.twice"])
  }

  @Test("a listener hears where one document ends and another begins")
  func listener() throws {
    struct Recorder: TranslationListener {
      var heard: [String] = []
      mutating func didRead(_ row: MappingRow, _: String, reading: SourceReading, at _: XMLNode) {
        heard.append("read \(row.target) \(reading.used.map(\.path))")
      }
      mutating func didWrite(_ row: MappingRow, _ text: String, at place: TargetPlace) {
        heard.append("write \(row.target) \(text) at \(place.element)")
      }
      mutating func didParse(_: MappingRow, _ tree: DocumentTree, reading: SourceReading, at _: XMLNode) {
        heard.append("parse \(tree.format) \(reading.used.map(\.path))")
      }
      mutating func didLeave(_ row: MappingRow) { heard.append("leave \(row.target)") }
      mutating func didBeginDocument(_ row: MappingRow, at _: XMLNode) { heard.append("begin \(row.target)") }
      mutating func didEndDocument(_ row: MappingRow, _ tree: DocumentTree) {
        heard.append("end \(row.target) \(tree.root.localName)")
      }
    }
    let mapping = try Workbench.mapping(
      """
        - to: data
          parse: { from: d, schema: a, format: xml }
          write: { schema: b, format: json }
          rows: [ { to: n, from: n } ]
      """)
    var recorder = Recorder()
    _ = try mapping.translate(Workbench.json(#"{"d":"<i><n>1</n></i>"}"#), listener: &recorder)
    #expect(
      recorder.heard == [
        #"read data ["/root/d"]"#, #"parse xml ["/root/d"]"#, "begin data", #"read n ["/i/n"]"#, "write n 1 at 1",
        "end data root", "leave data", #"write data {"n":"1"} at 1"#,
      ])
  }
}
