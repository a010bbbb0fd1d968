import Testing
import XMLKit

@Suite("Schemas")
struct XMLSchemaTests {
  static let dossier = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:h="urn:hoso" targetNamespace="urn:hoso"
        elementFormDefault="qualified">
      <xs:element name="HoSo">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="Ma"><xs:simpleType><xs:restriction base="xs:string">
              <xs:pattern value="H[0-9]{3}"/></xs:restriction></xs:simpleType></xs:element>
            <xs:element name="Ten"><xs:simpleType><xs:restriction base="xs:string">
              <xs:maxLength value="10"/><xs:minLength value="2"/></xs:restriction></xs:simpleType></xs:element>
            <xs:element name="TrangThai" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string">
              <xs:enumeration value="mới"/><xs:enumeration value="đã, xong"/></xs:restriction></xs:simpleType></xs:element>
            <xs:element name="Ngay" type="xs:date" minOccurs="0"/>
            <xs:element name="Phi" type="h:Phi" minOccurs="0"/>
            <xs:element name="TaiLieu" minOccurs="0" maxOccurs="unbounded">
              <xs:complexType><xs:attribute name="so" type="xs:int" use="required"/>
                <xs:attribute name="truoc" type="xs:int"/></xs:complexType>
            </xs:element>
          </xs:sequence>
        </xs:complexType>
        <xs:key name="SoTaiLieu"><xs:selector xpath="h:TaiLieu"/><xs:field xpath="@so"/></xs:key>
        <xs:keyref name="TaiLieuTruoc" refer="h:SoTaiLieu">
          <xs:selector xpath="h:TaiLieu"/><xs:field xpath="@truoc"/></xs:keyref>
      </xs:element>
      <xs:simpleType name="Phi"><xs:restriction base="xs:decimal">
        <xs:minInclusive value="0"/><xs:maxExclusive value="1000"/><xs:fractionDigits value="1"/>
        <xs:totalDigits value="4"/></xs:restriction></xs:simpleType>
    </xs:schema>
    """

  private func schema(limits: XMLSchemaLimits = .standard) throws -> XMLSchema {
    let folder = try TemporaryFolder(["hoso.xsd": Self.dossier])
    return try XMLSchema(contentsOf: folder.file("hoso.xsd"), limits: limits)
  }

  private func findings(_ content: String) throws -> [XMLSchemaFinding] {
    try schema().validate(try document("<HoSo xmlns='urn:hoso'>\n\(content)</HoSo>"))
  }

  @Test("a valid document has no findings")
  func valid() throws {
    let found = try findings(
      "<Ma>H123</Ma><Ten>Hạnh</Ten><TrangThai>đã, xong</TrangThai><Ngay>2026-07-01</Ngay><Phi>999.9</Phi>"
        + "<TaiLieu so='1'/><TaiLieu so='2' truoc='1'/>")
    #expect(found == [])
  }

  @Test("a finding has path, place, rule, what was expected, and a sentence in each language")
  func whole() throws {
    let found = try findings("  <Ma>BÍ MẬT</Ma><Ten>Hạnh</Ten>")
    let expected = XMLSchemaFinding(
      path: "/HoSo/Ma", line: 2, column: 3, offset: 26, rule: "cvc-pattern-valid", expected: ["H[0-9]{3}"],
      messageEnglish: "The value does not match the pattern H[0-9]{3}.",
      messageVietnamese: "Giá trị không khớp với mẫu H[0-9]{3}.")
    #expect(found == [expected])
  }

  @Test(
    "each rule is named, with what the schema allows",
    arguments: [
      ("<Ma>H123</Ma><Ten>MẬT MẬT MẬT</Ten>", "cvc-maxLength-valid", ["10"]),
      ("<Ma>H123</Ma><Ten>M</Ten>", "cvc-minLength-valid", ["2"]),
      ("<Ma>H123</Ma><Ten>An</Ten><TrangThai>MẬT', 'x</TrangThai>", "cvc-enumeration-valid", ["mới", "đã, xong"]),
      ("<Ma>H123</Ma><Ten>An</Ten><Ngay>MẬT type 'x'</Ngay>", "cvc-datatype-valid.1.2.1", ["xs:date"]),
      ("<Ma>H123</Ma><Ten>An</Ten><Phi>-7</Phi>", "cvc-minInclusive-valid", ["0"]),
      ("<Ma>H123</Ma><Ten>An</Ten><Phi>1000</Phi>", "cvc-maxExclusive-valid", ["1000"]),
      ("<Ma>H123</Ma><Ten>An</Ten><Phi>7.77</Phi>", "cvc-fractionDigits-valid", ["1"]),
      ("<Ma>H123</Ma>", "cvc-complex-type.2.4", ["{urn:hoso}Ten"]),
      ("<Ten>An</Ten>", "cvc-complex-type.2.4", ["{urn:hoso}Ma"]),
      (
        "<Ma>H123</Ma><Ten>An</Ten><Sai>MẬT</Sai>", "cvc-complex-type.2.4",
        ["{urn:hoso}TrangThai", "{urn:hoso}Ngay", "{urn:hoso}Phi", "{urn:hoso}TaiLieu"]
      ),
      ("<Ma>H123</Ma><Ten>An</Ten>MẬT", "cvc-complex-type.2.3", []),
      ("<Ma>H123</Ma><Ten>An</Ten><TaiLieu/>", "cvc-complex-type.4", ["so"]),
      ("<Ma>H123</Ma><Ten>An</Ten><TaiLieu so='1' la='MẬT'/>", "cvc-complex-type.3.2.1", []),
      ("<Ma>H123</Ma><Ten>An</Ten><TaiLieu so='MẬT'/>", "cvc-datatype-valid.1.2.1", ["xs:int"]),
      ("<Ma>H123</Ma><Ten>An</Ten><TaiLieu so='1'/><TaiLieu so='1'/>", "cvc-identity-constraint", []),
      ("<Ma>H123</Ma><Ten>An</Ten><TaiLieu so='1' truoc='777'/>", "cvc-identity-constraint", []),
      ("<Ma>H123<b/></Ma><Ten>An</Ten>", "cvc-type.3.1.2", []),
    ] as [(String, String, [String])])
  func rules(content: String, rule: String, expected: [String]) throws {
    let found = try findings(content)
    #expect(found.first?.rule == rule)
    #expect(found.first?.expected == expected)
    #expect((found.first?.line ?? 0) > 0 && (found.first?.column ?? 0) > 0)
    for finding in found {
      for sentence in [finding.messageEnglish, finding.messageVietnamese] + finding.expected {
        #expect(!sentence.contains("MẬT") && !sentence.contains("7"), "\(sentence)")
        #expect(!sentence.isEmpty && !sentence.contains("?"))
      }
    }
  }

  @Test("a value that breaks a facet is one finding, two values are two")
  func noDoubles() throws {
    let found = try findings("<Ma>x</Ma><Ten>y</Ten>")
    #expect(found.map(\.rule) == ["cvc-pattern-valid", "cvc-minLength-valid"])
    #expect(found.map(\.path) == ["/HoSo/Ma", "/HoSo/Ten"])
    let attributes = try findings("<Ma>H123</Ma><Ten>An</Ten><TaiLieu so='x' truoc='y'/>")
    // The third is no repetition: without its field the key is incomplete.
    #expect(attributes.map(\.path) == ["/HoSo/TaiLieu/@so", "/HoSo/TaiLieu/@truoc", "/HoSo/TaiLieu"])
    #expect(attributes.last?.messageEnglish == "The key {urn:hoso}SoTaiLieu is incomplete.")
  }

  @Test("a list with a wrong item is one finding", arguments: ["1 777", "1 x"])
  func lists(value: String) throws {
    let folder = try TemporaryFolder([
      "ds.xsd": """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="ds"><xs:simpleType><xs:list>
        <xs:simpleType><xs:restriction base="xs:int"><xs:maxInclusive value="9"/></xs:restriction></xs:simpleType>
      </xs:list></xs:simpleType></xs:element></xs:schema>
      """
    ])
    let found = try XMLSchema(contentsOf: folder.file("ds.xsd")).validate(try document("<ds>\(value)</ds>"))
    #expect(found.count == 1)
  }

  @Test("findings about attributes and references name their place")
  func places() throws {
    let found = try findings(
      "<Ma>H123</Ma><Ten>An</Ten>\n<TaiLieu so='x'/>\n<TaiLieu so='2'/>\n  <TaiLieu so='3' truoc='9'/>")
    #expect(found.first?.path == "/HoSo/TaiLieu[1]/@so")
    let reference = found.last
    #expect(reference?.path == "/HoSo/TaiLieu[3]")
    #expect(reference.map { [$0.line, $0.column] } == [5, 3])
    #expect(reference?.messageEnglish.contains("TaiLieuTruoc") == true)
  }

  @Test("another root element is a finding")
  func otherRoot() throws {
    let found = try schema().validate(try document("<Khac/>"))
    #expect(found.map(\.rule) == ["cvc-elt.1"])
  }

  @Test("one element of a larger document can be checked alone")
  func subtree() throws {
    let parsed = try document(
      "<goi><HoSo xmlns='urn:hoso'><Ma>H123</Ma><Ten>An</Ten></HoSo><HoSo xmlns='urn:hoso'/></goi>")
    let parts = try #require(parsed.root).elements.map { $0 }
    let compiled = try schema()
    #expect(compiled.validate(parsed, at: parts[0]) == [])
    #expect(compiled.validate(parsed, at: parts[1]).map(\.path) == ["/goi/HoSo[2]"])
  }

  @Test("findings stop at their limit")
  func findingsLimit() throws {
    let content = "<Ma>H123</Ma><Ten>An</Ten>" + String(repeating: "<TaiLieu so='1' la='1'/>", count: 5)
    let parsed = try document("<HoSo xmlns='urn:hoso'>\(content)</HoSo>")
    #expect(try schema().validate(parsed).count == 9)
    #expect(try schema(limits: XMLSchemaLimits(findings: 9)).validate(parsed).count == 9)
    #expect(try schema(limits: XMLSchemaLimits(findings: 8)).validate(parsed).count == 8)
  }

  @Test("a document's own hints about its schema are ignored")
  func schemaLocationHint() throws {
    let folder = try TemporaryFolder([
      "la.xsd": "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='La'/></xs:schema>"
    ])
    let parsed = try document(
      "<La xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:noNamespaceSchemaLocation='\(folder.file("la.xsd"))'/>"
    )
    #expect(try schema().validate(parsed).map(\.rule) == ["cvc-elt.1"])
  }
}
