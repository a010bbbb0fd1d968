import DocumentKit
import Testing
import Translation
import XMLKit

@Suite("What rows write")
struct RowTests {
  static let toPartner = "source: { schema: canonical/1/c.xsd, format: xml }"
  static let json = "target: { schema: partner/1/a.json, format: json }"

  @Test("rows write in their order, neighbours share the elements they pass through, others do not")
  func paths() throws {
    let mapping = try Workbench.mapping(
      """
        - { to: code, from: MaHoSo }
        - { to: owner/name, from: ChuHoSo }
        - { to: owner/address/street, from: Duong }
        - { to: owner/address/city, from: TP }
        - { to: owner/email, from: Email }
        - { to: unit/name, from: DonVi }
        - { to: owner/phone, from: SDT }
      """)
    let all = #"{"SDT":"6","DonVi":"5","Email":"4","TP":"3","Duong":"2","ChuHoSo":"1","MaHoSo":"0"}"#
    #expect(
      try mapping.text(Workbench.json(all)) == "<dossier><code>0</code><owner><name>1</name><address><street>2</street>"
        + "<city>3</city></address><email>4</email></owner><unit><name>5</name></unit>"
        + "<owner><phone>6</phone></owner></dossier>")
    // Which elements are shared is the table's affair and does not hang on what the document lacks.
    #expect(
      try mapping.text(Workbench.json(#"{"ChuHoSo":"1","Email":"4","SDT":"6"}"#))
        == "<dossier><owner><name>1</name><email>4</email></owner><owner><phone>6</phone></owner></dossier>")
    #expect(try mapping.text(Workbench.json("{}")) == "<dossier/>")
  }

  @Test("attributes belong to the element of their path, before or after its text")
  func attributes() throws {
    let mapping = try Workbench.mapping(
      """
        - { to: "@version", value: "1" }
        - { to: file/@id, from: Id }
        - { to: file, from: Ten }
        - { to: paper, from: Giay }
        - { to: paper/@kind, from: Loai }
        - to: item
          each: DS
          rows:
            - { to: "@no", from: So }
            - { to: ., from: Ten }
      """)
    let document = #"{"Id":"7","Ten":"t","Giay":"g","Loai":"k","DS":[{"So":"1","Ten":"a"},{"Ten":"b"},{"So":"3"}]}"#
    #expect(
      try mapping.text(Workbench.json(document)) == #"<dossier version="1"><file id="7">t</file>"#
        + #"<paper kind="k">g</paper><item no="1">a</item><item>b</item><item no="3"/></dossier>"#)
  }

  @Test("names with prefixes are written in their namespaces")
  func namespaces() throws {
    let mapping = try Workbench.mapping(
      """
        - { to: e:Header/e:Code, from: "x:Ho/x:Ma" }
        - { to: Plain, from: "x:Ho/@x:loai" }
      """,
      source: "source: { schema: p/1/a.xsd, format: xml, namespaces: { x: urn:x } }",
      target: """
        target: { schema: canonical/1/c.xsd, format: xml, root: Doc, namespace: urn:d, namespaces: { e: urn:e } }
        """)
    let source = #"<y:A xmlns:y="urn:x"><Ho><Ma>no</Ma></Ho><y:Ho y:loai="k"><y:Ma>7</y:Ma></y:Ho></y:A>"#
    #expect(
      try mapping.text(Workbench.xml(source)) == #"<Doc xmlns="urn:d"><e:Header xmlns:e="urn:e"><e:Code>7</e:Code>"#
        + "</e:Header><Plain>k</Plain></Doc>")
  }

  @Test("an attribute can have a namespace, and a prefix of its own only if it has one")
  func attributeNamespaces() throws {
    let mapping = try Workbench.mapping(
      "  - { to: \"@l:type\", value: simple }\n  - { to: Ref/@l:href, from: a }\n  - { to: Ref/@id, from: a }",
      target: "target: { schema: canonical/1/c.xsd, format: xml, root: Doc, namespaces: { l: urn:l } }")
    #expect(
      try mapping.text(Workbench.json(#"{"a":"1"}"#))
        == #"<Doc xmlns:l="urn:l" l:type="simple"><Ref l:href="1" id="1"/></Doc>"#)
  }

  @Test("expressions have the gateway's own functions")
  func ownFunctions() throws {
    let mapping = try Workbench.mapping("  - { to: a, from: \"lt:upper(x)\", when: \"lt:ends-with(x, 'ế')\" }")
    #expect(try mapping.text(Workbench.json(#"{"x":"đế"}"#)) == "<dossier><a>ĐẾ</a></dossier>")
    #expect(try mapping.text(Workbench.json(#"{"x":"đê"}"#)) == "<dossier/>")
  }

  @Test("groups and lists make JSON objects and lists of the right types")
  func jsonTarget() throws {
    let mapping = try Workbench.mapping(
      """
        - { to: MaHoSo, from: code }
        - { to: SoTien, from: amount, type: number }
        - { to: DaThu, from: paid, type: boolean }
        - to: ChuHoSo
          rows: [ { to: Ten, from: owner/name }, { to: Email, from: owner/email } ]
        - { to: Noi/Tinh, from: city }
        - to: Tep
          each: file
          rows: [ { to: Ten, from: name } ]
        - { to: The, each: tag, from: . }
        - { to: $oid, value: "x" }
      """,
      source: Self.toPartner, target: Self.json)
    let document = """
      <d><code>H29</code><amount>12.50</amount><paid>true</paid><owner><name>A</name></owner><city>TP</city>
      <file><name>a</name></file><tag>1</tag><tag>2</tag></d>
      """
    #expect(
      try mapping.text(Workbench.xml(document)) == #"{"MaHoSo":"H29","SoTien":12.50,"DaThu":true,"#
        + #""ChuHoSo":{"Ten":"A"},"Noi":{"Tinh":"TP"},"Tep":[{"Ten":"a"}],"The":["1","2"],"$oid":"x"}"#)
    #expect(try mapping.text(Workbench.xml("<d/>")) == #"{"$oid":"x"}"#)
  }

  @Test("what is empty is left out, kept or an empty list, as the row says")
  func empty() throws {
    let mapping = try Workbench.mapping(
      """
        - { to: a, from: a }
        - { to: b, from: b, empty: keep }
        - { to: c, from: c, time: yyyyMMdd, empty: keep }
        - { to: l, each: l, empty: list, rows: [ { to: x, from: x } ] }
        - { to: m, each: l, rows: [ { to: x, from: x } ] }
        - { to: n, each: l, empty: keep, rows: [ { to: x, from: x } ] }
        - { to: o, empty: keep, rows: [ { to: x, from: x } ] }
        - { to: p, rows: [ { to: x, from: x } ] }
        - { to: q, each: l/x, from: ., empty: list }
      """,
      source: Self.toPartner, target: Self.json)
    #expect(try mapping.text(Workbench.xml("<d/>")) == #"{"b":"","c":"","l":[],"o":{},"q":[]}"#)
    #expect(
      try mapping.text(Workbench.xml("<d><l/><l><x>1</x></l></d>"))
        == #"{"b":"","c":"","l":[{"x":"1"}],"m":[{"x":"1"}],"n":[{},{"x":"1"}],"o":{},"q":["1"]}"#)
  }

  @Test("conditions, also of groups and lists, are asked in the context around the row")
  func conditions() throws {
    let mapping = try Workbench.mapping(
      """
        - { to: a, from: x, when: "kind = '1'" }
        - { to: b, value: yes, when: kind }
        - { to: g, when: "kind = '2'", rows: [ { to: x, from: x } ] }
        - { to: l, when: "kind = '2'", each: y, rows: [ { to: x, from: . } ] }
      """)
    #expect(
      try mapping.text(Workbench.json(#"{"kind":"1","x":"v","y":["w"]}"#)) == "<dossier><a>v</a><b>yes</b></dossier>")
    #expect(
      try mapping.text(Workbench.json(#"{"kind":"2","x":"v","y":["w"]}"#))
        == "<dossier><b>yes</b><g><x>v</x></g><l><x>w</x></l></dossier>")
    #expect(try mapping.text(Workbench.json("{}")) == "<dossier/>")
  }

  @Test("rows of one JSON member may exclude one another; both at once refuse the document")
  func alternatives() throws {
    let mapping = try Workbench.mapping(
      """
        - { to: a, from: x, when: x }
        - { to: b, value: "1" }
        - { to: a, from: y, when: y }
      """,
      source: Self.toPartner, target: Self.json)
    #expect(try mapping.text(Workbench.xml("<d><x>1</x></d>")) == #"{"a":"1","b":"1"}"#)
    #expect(try mapping.text(Workbench.xml("<d><y>2</y></d>")) == #"{"b":"1","a":"2"}"#)
    #expect(try mapping.findings(Workbench.xml("<d><x>1</x><y>2</y></d>")).map(\.rule) == ["mapping.twice"])
  }

  @Test("exclusion is asked anew for every item of a list")
  func alternativesInLists() throws {
    let mapping = try Workbench.mapping(
      """
        - to: l
          each: i
          rows: [ { to: a, from: x, when: x }, { to: a, from: y, when: y } ]
      """,
      source: Self.toPartner, target: Self.json)
    #expect(
      try mapping.text(Workbench.xml("<d><i><x>1</x></i><i><y>2</y></i><i><x>3</x></i></d>"))
        == #"{"l":[{"a":"1"},{"a":"2"},{"a":"3"}]}"#)
  }

  @Test("a translation can begin at one element of a larger document")
  func context() throws {
    let mapping = try Workbench.mapping("  - { to: code, from: MaHoSo }\n  - { to: n, from: \"count(../data)\" }")
    let tree = try Workbench.json(#"{"data":[{"MaHoSo":"1"},{"MaHoSo":"2"}]}"#)
    let second = try #require(Array(tree.root.elements).last)
    guard case .translated(let target, _, _) = try mapping.translate(tree, at: second) else {
      Issue.record("not translated")
      return
    }
    #expect(try Workbench.text(target) == "<dossier><code>2</code><n>2</n></dossier>")
  }

  @Test("a document of the other format is not even tried")
  func wrongFormat() throws {
    let mapping = try Workbench.mapping("  - { to: code, from: MaHoSo }")
    let error = try #require(throws: TranslationError.self) { try mapping.translate(Workbench.xml("<a/>")) }
    #expect(error.code == .wrongFormat)
  }
}
