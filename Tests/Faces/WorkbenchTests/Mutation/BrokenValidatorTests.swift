import FileKit
import GatewayTesting
import Testing

@testable import Workbench

/// The mutations of one schema are put to a validator that ignores one constraint of it: that of the schema without it.
@Suite("A validator that ignores one kind of constraint")
struct BrokenValidatorTests {
  /// What the schema says, what the validator's schema says in its place, and the kinds of constraints it then misses.
  struct Weakness: Sendable, CustomTestStringConvertible {
    let text: String
    let weaker: String
    let missed: Set<Mutation.Kind>

    init(_ text: String, _ weaker: String = "", misses missed: Mutation.Kind...) {
      (self.text, self.weaker, self.missed) = (text, weaker, Set(missed))
    }

    var testDescription: String { "\(text) → \(weaker)" }
  }

  private let folder = TemporaryFolder()

  private func maker(_ schema: String, _ file: String) throws -> SampleMaker {
    TestFiles.write(schema, to: folder.path + "/" + file)
    return try SampleMaker(contentsOf: folder.path + "/" + file, seed: 11)
  }

  private func check(_ weakness: Weakness, of schema: String, ending: String) throws {
    let strict = try maker(schema, "strict" + ending)
    #expect(try MutationRun(strict, hasOneOf: true).misses.map(\.description) == [])
    try #require(schema.split(separator: weakness.text, omittingEmptySubsequences: false).count == 2)
    let weak = try maker(schema.replacing(weakness.text, with: weakness.weaker), "weak" + ending)
    let run = try MutationRun(strict, validator: weak, hasOneOf: true)
    #expect(run.missed == weakness.missed, "\(run.misses.map(\.description))")
  }

  // MARK: JSON Schema

  private static let json = """
    { "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["ma"],
      "additionalProperties": false, "properties": {
      "ma": { "type": "string", "minLength": 3 }, "ngan": { "type": "string", "maxLength": 8 },
      "khuon": { "type": "string", "pattern": "^[a-z]+$" }, "loai": { "type": "string", "enum": ["a", "b"] },
      "hang": { "type": "string", "const": "x" }, "nho": { "type": "integer", "minimum": 1 },
      "lon": { "type": "number", "exclusiveMaximum": 9 }, "boi": { "type": "integer", "multipleOf": 5 },
      "ds": { "type": "array", "minItems": 1, "items": { "type": "string" } },
      "ngan2": { "type": "array", "maxItems": 3, "items": { "type": "integer" } },
      "nguoi": { "type": "object", "allOf": [ { "properties": { "ten": { "type": "string" } } } ],
        "unevaluatedProperties": false },
      "hai": { "anyOf": [ { "type": "string", "maxLength": 4 }, { "type": "string", "enum": ["khong ro"] } ] },
      "chon": { "type": "object", "properties": { "x": { "type": "string" }, "y": { "type": "string" } },
        "oneOf": [ { "required": ["x"] }, { "required": ["y"] } ] },
      "mot": { "type": "string", "oneOf": [ { "enum": ["m", "c"] }, { "enum": ["c", "h"] } ] } } }
    """

  static let jsonWeaknesses = [
    Weakness(#", "required": ["ma"]"#, misses: .missing),
    Weakness(#""additionalProperties": false"#, #""additionalProperties": true"#, misses: .extra),
    Weakness(#""unevaluatedProperties": false"#, #""unevaluatedProperties": true"#, misses: .extra),
    Weakness(#""ngan": { "type": "string","#, #""ngan": {"#, misses: .type),
    Weakness(#", "minLength": 3"#, misses: .tooShort),
    Weakness(#", "maxLength": 8"#, misses: .tooLong),
    Weakness(#", "pattern": "^[a-z]+$""#, misses: .pattern),
    Weakness(#", "enum": ["a", "b"]"#, misses: .enumeration),
    Weakness(#", "const": "x""#, misses: .fixed),
    Weakness(#", "minimum": 1"#, misses: .tooSmall),
    Weakness(#", "exclusiveMaximum": 9"#, #", "maximum": 9"#, misses: .tooLarge),
    Weakness(#", "multipleOf": 5"#, misses: .multiple),
    Weakness(#""minItems": 1, "#, misses: .tooFew),
    Weakness(#""maxItems": 3, "#, misses: .tooMany),
    Weakness(#""ngan2": { "type": "array","#, #""ngan2": {"#, misses: .notAList),
    Weakness(#", "maxLength": 4"#, misses: .union),
    Weakness(
      #""oneOf": [ { "required": ["x"] }"#, #""examples": [ { "required": ["x"] }"#, misses: .noBranch, .twoBranches),
    Weakness(#""oneOf": [ { "required": ["x"] }"#, #""anyOf": [ { "required": ["x"] }"#, misses: .twoBranches),
    Weakness(#""oneOf": [ { "enum": ["m", "c"] }"#, #""anyOf": [ { "enum": ["m", "c"] }"#, misses: .twoBranches),
  ]

  @Test("of JSON Schema is found out, by that kind and no other", arguments: jsonWeaknesses)
  func json(weakness: Weakness) throws { try check(weakness, of: Self.json, ending: ".json") }

  // MARK: XML Schema

  private static let xsd = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:simpleType name="Ma"><xs:restriction base="xs:string"><xs:minLength value="3"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Ngan"><xs:restriction base="xs:string"><xs:maxLength value="8"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Tep"><xs:restriction base="xs:base64Binary"><xs:maxLength value="5"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Khuon"><xs:restriction base="xs:string"><xs:pattern value="[a-z]+"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Loai"><xs:restriction base="xs:string"><xs:enumeration value="a"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Nho"><xs:restriction base="xs:integer"><xs:minInclusive value="1"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Lon"><xs:restriction base="xs:decimal"><xs:maxExclusive value="9"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Le"><xs:restriction base="xs:decimal"><xs:fractionDigits value="2"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="So"><xs:restriction base="xs:decimal"><xs:totalDigits value="4"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Hai"><xs:union memberTypes="xs:date xs:gYear"/></xs:simpleType>
      <xs:complexType name="Ten"><xs:sequence><xs:element name="ho" minOccurs="0" type="xs:string"/>
        <xs:element name="dem" minOccurs="0" type="xs:string"/></xs:sequence></xs:complexType>
      <xs:complexType name="Chon"><xs:choice><xs:element name="x" maxOccurs="2" type="xs:string"/>
        <xs:element name="y" type="xs:string"/></xs:choice></xs:complexType>
      <xs:element name="t"><xs:complexType><xs:sequence>
        <xs:element name="ma" type="Ma"/>
        <xs:element name="ngan" type="Ngan"/>
        <xs:element name="tep" type="Tep" minOccurs="0"/>
        <xs:element name="khuon" type="Khuon" minOccurs="0"/>
        <xs:element name="loai" type="Loai" minOccurs="0"/>
        <xs:element name="nho" type="Nho" minOccurs="0"/>
        <xs:element name="lon" type="Lon" minOccurs="0"/>
        <xs:element name="le" type="Le" minOccurs="0"/>
        <xs:element name="so" type="So" minOccurs="0"/>
        <xs:element name="hai" type="Hai" minOccurs="0"/>
        <xs:element name="ngay" type="xs:date" minOccurs="0"/>
        <xs:element name="hang" type="xs:string" fixed="x" minOccurs="0"/>
        <xs:element name="chu" type="xs:string" minOccurs="0"/>
        <xs:element name="ds" type="xs:string" minOccurs="0" maxOccurs="3"/>
        <xs:element name="ten" type="Ten" minOccurs="0"/>
        <xs:element name="chon" type="Chon" minOccurs="0"/>
      </xs:sequence><xs:attribute name="id" type="xs:string" use="required"/>
      <xs:attribute name="v" type="xs:string" fixed="1"/></xs:complexType></xs:element>
    </xs:schema>
    """

  static let xsdWeaknesses = [
    Weakness(
      #"<xs:element name="ngan" type="Ngan"/>"#, #"<xs:element name="ngan" type="Ngan" minOccurs="0"/>"#,
      misses: .missing),
    Weakness(#"<xs:minLength value="3"/>"#, misses: .tooShort),
    Weakness(#"<xs:maxLength value="8"/>"#, misses: .tooLong),
    Weakness(#"<xs:maxLength value="5"/>"#, #"<xs:maxLength value="6"/>"#, misses: .tooLong),
    Weakness(#"<xs:pattern value="[a-z]+"/>"#, misses: .pattern),
    Weakness(#"<xs:enumeration value="a"/>"#, misses: .enumeration),
    Weakness(#"<xs:minInclusive value="1"/>"#, misses: .tooSmall),
    Weakness(#"<xs:maxExclusive value="9"/>"#, #"<xs:maxInclusive value="9"/>"#, misses: .tooLarge),
    Weakness(#"<xs:fractionDigits value="2"/>"#, misses: .fractionDigits),
    Weakness(#"<xs:totalDigits value="4"/>"#, misses: .totalDigits),
    Weakness(#"xs:date xs:gYear"#, "xs:date xs:string", misses: .union),
    Weakness(#"name="ngay" type="xs:date""#, #"name="ngay" type="xs:string""#, misses: .type),
    Weakness(#" fixed="x""#, misses: .fixed),
    Weakness(#" fixed="1""#, misses: .fixed),
    Weakness(#" use="required""#, misses: .requiredAttribute),
    Weakness(
      #"name="chu" type="xs:string""#, #"name="chu" type="xs:anyType""#, misses: .elementInText, .unknownAttribute),
    Weakness(#"<xs:complexType name="Ten">"#, #"<xs:complexType name="Ten" mixed="true">"#, misses: .textAmongElements),
    Weakness(
      #"type="xs:string"/></xs:sequence></xs:complexType>"#,
      #"type="xs:string"/><xs:element name="khac" minOccurs="0"/></xs:sequence></xs:complexType>"#,
      misses: .extra),
    Weakness(
      #"</xs:choice></xs:complexType>"#,
      #"</xs:choice><xs:anyAttribute processContents="skip"/></xs:complexType>"#, misses: .unknownAttribute),
    Weakness(#" maxOccurs="3""#, #" maxOccurs="unbounded""#, misses: .tooMany),
    Weakness("<xs:choice>", #"<xs:choice minOccurs="0">"#, misses: .noBranch),
    Weakness("<xs:choice>", #"<xs:choice maxOccurs="2">"#, misses: .twoBranches, .tooMany),
  ]

  @Test("of XML Schema is found out, by that kind and no other", arguments: xsdWeaknesses)
  func xsd(weakness: Weakness) throws { try check(weakness, of: Self.xsd, ending: ".xsd") }

  @Test("of XML Schema that takes elements in any order is found out")
  func order() throws {
    func schema(_ group: String) -> String {
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="t"><xs:complexType><xs:\(group)>
      <xs:element name="ho" type="xs:string" minOccurs="0"/><xs:element name="ten" type="xs:string" minOccurs="0"/>
      </xs:\(group)></xs:complexType></xs:element></xs:schema>
      """
    }
    let run = try MutationRun(
      try maker(schema("sequence"), "strict.xsd"), validator: try maker(schema("all"), "weak.xsd"))
    #expect(run.missed == [.order], "\(run.misses.map(\.description))")
  }

  @Test("every kind of constraint is ignored by one of these validators")
  func complete() {
    let ignored = (Self.jsonWeaknesses + Self.xsdWeaknesses).reduce(into: Set([.order])) { $0.formUnion($1.missed) }
    #expect(ignored == Set(Mutation.Kind.allCases))
  }

  // MARK: Shipped schemas

  @Test(
    "of a shipped schema is found out wherever the schema has the constraint",
    arguments: [
      ("dvcqg-a/1", "ho-so.schema.json", nil, #""maxLength": "#, #""maxLength": 99999"#, Mutation.Kind.tooLong),
      ("dvcqg-a/1", "ho-so.schema.json", nil, #""pattern": ""#, #""pattern": "|"#, .pattern),
      ("vbdlis/1", "tiep-nhan.request.schema.json", nil, #""required":"#, #""examples":"#, .missing),
      ("edxml/1", "status.xsd", nil, "<xs:pattern value=\"", "<xs:pattern value=\".*|", .pattern),
    ] as [(String, String, String?, String, String, Mutation.Kind)])
  func shipped(tongue: String, file: String, root: String?, text: String, weaker: String, kind: Mutation.Kind) throws {
    let origin = ShippedSchema.folder + "/" + tongue
    for name in try FolderListing(of: origin).files where name.hasSuffix(".json") || name.hasSuffix(".xsd") {
      let schema = String(decoding: TestFiles.read(origin + "/" + name), as: UTF8.self)
      TestFiles.write(schema.replacing(text, with: weaker), to: folder.path + "/" + name)
    }
    let strict = try SampleMaker(contentsOf: origin + "/" + file, root: root, seed: 11)
    let weak = try SampleMaker(contentsOf: folder.path + "/" + file, root: root, seed: 11)
    let run = try MutationRun(strict, validator: weak)
    #expect(run.missed == [kind] && run.misses.count == run.totals[kind], "\(run.misses.map(\.description))")
    #expect(try MutationRun(strict).misses.map(\.description) == [])
  }
}
