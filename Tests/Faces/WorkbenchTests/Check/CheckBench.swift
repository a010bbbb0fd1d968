import DocumentKit
import GatewayTesting
import Translation
import Workbench

/// Two small schemas and a mapping between them, in a folder of their own.
///
/// The rows of a mapping begin in line 6, one on a line; every leaf of the source that no row names is ignored behind them.
struct CheckBench {
  let folder = TemporaryFolder()

  static let leaves = [
    "ma", "ten", "tuoi", "loai", "ngay", "co", "ghiChu", "dsTep/ten", "dsTep/ma", "dsTep/co", "khac",
  ]

  private static let source = """
    { "type": "object", "required": ["ma", "loai", "dsTep"], "additionalProperties": false, "properties": {
      "ma": { "type": "string", "minLength": 1, "maxLength": 20 },
      "ten": { "type": "string", "maxLength": 500 },
      "tuoi": { "type": "string" },
      "loai": { "type": "string", "enum": ["1", "2"] },
      "ngay": { "type": "string" },
      "co": { "type": "string", "enum": ["True", "False"] },
      "ghiChu": { "type": "string" },
      "khac": {},
      "dsTep": { "type": "array", "items": { "type": "object", "required": ["ten"], "additionalProperties": false,
        "properties": { "ten": { "type": "string", "minLength": 1 }, "ma": { "type": "string" },
          "co": { "type": "string" } } } } } }
    """

  /// A document to be written into a string: a name as a text, or in its parts.
  private static let nested = """
    { "type": "object", "additionalProperties": false, "properties": {
      "ten": { "anyOf": [ { "type": "string" }, { "type": "object", "required": ["ho"], "additionalProperties": false,
        "properties": { "ho": { "type": "string" }, "dem": { "type": "string" } } } ] } } }
    """

  private static let target = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:simpleType name="Filled"><xs:restriction base="xs:string"><xs:minLength value="1"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Short"><xs:restriction base="xs:string"><xs:maxLength value="200"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="a"/><xs:enumeration value="b"/>
      </xs:restriction></xs:simpleType>
      <xs:complexType name="File"><xs:sequence><xs:element name="label" type="Filled"/>
        <xs:element name="code" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType>
      <xs:element name="t"><xs:complexType><xs:sequence>
        <xs:element name="code" type="Filled"/>
        <xs:element name="name" type="Short" minOccurs="0"/>
        <xs:element name="kind" type="Kind" minOccurs="0"/>
        <xs:element name="age" type="xs:int" minOccurs="0"/>
        <xs:element name="at" type="xs:dateTime" minOccurs="0"/>
        <xs:element name="flag" type="xs:boolean" minOccurs="0"/>
        <xs:element name="unit" minOccurs="0"><xs:complexType><xs:sequence><xs:element name="code" type="xs:string"/>
          <xs:element name="name" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
        <xs:element name="file" type="File" minOccurs="0" maxOccurs="unbounded"/>
        <xs:element name="note" type="xs:string" minOccurs="0"/>
        <xs:sequence minOccurs="0"><xs:element name="since" type="Filled"/>
          <xs:element name="until" type="xs:string" minOccurs="0"/></xs:sequence>
      </xs:sequence><xs:attribute name="id" type="xs:string"/></xs:complexType></xs:element>
    </xs:schema>
    """

  static let kindCodes = """
    codes: kind
    foreign: f
    canonical: c
    unmapped: hold
    rows:
      - { foreign: "1", canonical: a }
      - { foreign: "2", canonical: b }
    """

  /// The mapping with these rows, ready to be checked.
  func report(rows: [String], codes: String = kindCodes, header: String = "", ignore: [String]? = nil) throws
    -> CheckReport
  {
    let ignored = ignore ?? Self.unread(by: rows).map { "{ from: \($0), reason: not needed }" }
    var mapping = """
      mapping: s--t
      version: 1
      source: { schema: s/1/s.schema.json, format: json }
      target: { schema: canonical/1/t.xsd, format: xml, root: t }
      rows:

      """
    mapping += rows.map { "  - " + $0 }.joined(separator: "\n") + "\n"
    if !ignored.isEmpty { mapping += "ignore:\n" + ignored.map { "  - " + $0 }.joined(separator: "\n") + "\n" }
    mapping += header
    TestFiles.write(Self.source, to: "\(folder.path)/Schemas/s/1/s.schema.json")
    TestFiles.write(Self.nested, to: "\(folder.path)/Schemas/s/1/n.schema.json")
    TestFiles.write(Self.target, to: "\(folder.path)/Schemas/canonical/1/t.xsd")
    TestFiles.write(codes, to: "\(folder.path)/Mappings/codes/kind.yaml")
    TestFiles.write(mapping, to: "\(folder.path)/Mappings/s--t/1/mapping.yaml")
    let workbench = try Workbench(schemas: folder.path + "/Schemas", mappings: folder.path + "/Mappings")
    return workbench.checkAll()[0]
  }

  /// The leaves that no row names: those of the list by a row with the list in it, the others by a row without.
  private static func unread(by rows: [String]) -> [String] {
    let words = rows.map { Set($0.split { !$0.isLetter }.map(String.init)) }
    return leaves.filter { leaf in
      let steps = leaf.split(separator: "/").map(String.init)
      return !words.contains { $0.contains("dsTep") == (steps.count > 1) && steps.allSatisfy($0.contains) }
    }
  }
}
