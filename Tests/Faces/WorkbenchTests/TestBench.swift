import DocumentKit
import GatewayTesting
import Glibc
import Testing
import Translation
import Workbench

/// A folder of schemas and mappings for one test, in which a partner's JSON becomes XML.
struct TestBench {
  let folder = TemporaryFolder()

  static let partner = """
    { "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {
      "Ma": { "type": "string" }, "TrangThai": { "type": "string" }, "Ten": { "type": "string" },
      "Ngay": { "type": "string" }, "GhiChu": { "type": "string" }, "NoiBo": { "type": "string" },
      "Tep": { "type": "array", "items": { "type": "object", "properties": {
        "Ten": { "type": "string" }, "Url": { "type": "string" } } } } } }
    """
  static let target = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="d"><xs:complexType><xs:sequence>
    <xs:element name="code" type="xs:string"/><xs:element name="status" type="xs:string" minOccurs="0"/>
    <xs:element name="name" type="xs:string" minOccurs="0"/><xs:element name="day" type="xs:string" minOccurs="0"/>
    <xs:element name="note" type="xs:string" minOccurs="0"/>
    <xs:element name="file" minOccurs="0" maxOccurs="9"><xs:complexType><xs:sequence>
    <xs:element name="name" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element></xs:schema>
    """
  static let statusTable = """
    codes: st
    foreign: a
    canonical: b
    unmapped: hold
    rows:
      - { foreign: "4", canonical: processing }
      - { foreign: "5", canonical: supplement }
    """
  /// The lines before `rows:` have the numbers 1 to 5, so that the first row is line 6.
  static let rows = """
      - { to: code, from: normalize-space(Ma), required: true }
      - { to: status, from: TrangThai, codes: { in: st } }
      - { to: name, from: Ten, cut: 4 }
      - { to: day, from: Ngay, time: { in: iso, out: dd/MM/yyyy } }
      - { to: note, from: GhiChu, when: "TrangThai = '5'", default: none }
      - to: file
        each: "Tep[Url]"
        rows: [ { to: name, from: Ten, required: true } ]
    ignore:
      - { from: NoiBo, reason: "nobody outside needs it" }
    """

  init(rows: String = Self.rows) {
    write(Self.partner, "Schemas/a/1/a.json")
    write(Self.target, "Schemas/b/1/b.xsd")
    write(Self.statusTable, "Mappings/codes/st.yaml")
    write(mapping: rows, version: 1)
  }

  func write(_ text: String, _ path: String) {
    TestFiles.write(text, to: folder.path + "/" + path)
  }

  func remove(_ path: String) {
    unlink(folder.path + "/" + path)
  }

  func write(mapping rows: String, version: Int) {
    let text = """
      mapping: a--b
      version: \(version)
      source: { schema: a/1/a.json, format: json }
      target: { schema: b/1/b.xsd, format: xml, root: d }
      rows:
      \(rows)
      """
    write(text, "Mappings/a--b/\(version)/mapping.yaml")
  }

  func open() throws -> Workbench {
    try Workbench(schemas: folder.path + "/Schemas", mappings: folder.path + "/Mappings")
  }

  static func json(_ text: String) throws -> SourceDocument {
    try SourceDocument(Array(text.utf8), as: .json, named: "doc.json")
  }
}
