import DocumentKit
import Testing

@Suite("The shape of an XSD")
struct XSDShapeTests {
  @Test("has the elements of sequences, choices and all, with their cardinality and types")
  func groups() throws {
    let shape = try SchemaFolder.xsd(
      """
      <xs:element name="a"><xs:complexType><xs:sequence>
        <xs:element name="code" type="xs:token"/>
        <xs:element name="n" type="xs:unsignedByte" minOccurs="0" maxOccurs="3"/>
        <xs:choice maxOccurs="2"><xs:element name="x" type="xs:date"/><xs:element name="y" type="xs:boolean"/></xs:choice>
        <xs:sequence minOccurs="0" maxOccurs="unbounded"><xs:element name="z" type="xs:base64Binary"/></xs:sequence>
        <xs:element name="gone" type="xs:string" minOccurs="0" maxOccurs="0"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="b"><xs:complexType><xs:all>
        <xs:element name="u" type="xs:decimal"/><xs:element name="v" type="xs:anyURI" minOccurs="0"/>
      </xs:all></xs:complexType></xs:element>
      """)
    #expect(shape.unsupported == [])
    #expect(
      shape.lines == [
        "code string", "n{0,3} integer", "x{1,2}? date", "y{1,2}? boolean", "z{0,*} base64",
      ])
    let second = try #require(shape.root(named: "b"))
    #expect(shape.leaves(of: second).map(\.path) == ["u", "v"])
    #expect(shape.leaves(of: second).map(\.isAlwaysRequired) == [true, false])
  }

  @Test("follows extension, restriction, groups, attribute groups and references")
  func derivation() throws {
    let shape = try SchemaFolder.xsd(
      """
      <xs:element name="r"><xs:complexType><xs:complexContent><xs:extension base="B">
        <xs:sequence><xs:group ref="G" minOccurs="0"/><xs:element ref="shared"/></xs:sequence>
        <xs:attribute name="id" type="xs:int" use="required"/></xs:extension></xs:complexContent></xs:complexType>
      </xs:element>
      <xs:complexType name="B"><xs:sequence><xs:element name="base" type="Money"/></xs:sequence>
        <xs:attributeGroup ref="AG"/></xs:complexType>
      <xs:complexType name="Narrow"><xs:complexContent><xs:restriction base="B">
        <xs:sequence><xs:element name="base" type="Money"/></xs:sequence>
        <xs:attribute name="lang" use="prohibited"/></xs:restriction></xs:complexContent></xs:complexType>
      <xs:complexType name="Money"><xs:simpleContent><xs:extension base="Amount">
        <xs:attribute name="unit" type="xs:string" default="VND"/></xs:extension></xs:simpleContent></xs:complexType>
      <xs:simpleType name="Amount"><xs:restriction base="xs:decimal"><xs:minInclusive value="0"/>
        <xs:fractionDigits value="2"/></xs:restriction></xs:simpleType>
      <xs:group name="G"><xs:sequence><xs:element name="g1" type="xs:string"/></xs:sequence></xs:group>
      <xs:attributeGroup name="AG"><xs:attribute name="lang" type="xs:language"/></xs:attributeGroup>
      <xs:element name="shared" type="xs:gYear"/>
      <xs:element name="narrow" type="Narrow"/>
      """)
    #expect(shape.unsupported == [])
    #expect(
      shape.lines == [
        "@lang{0,1} string", "@id integer", "base decimal", "base/@unit{0,1} string", "g1{0,1} string",
        "shared string",
      ])
    let amount = try #require(shape.find("base", from: shape.roots[0]).match?.value)
    #expect(amount.typeName == "Amount")
    #expect(amount.builtIn == "xs:decimal")
    #expect(amount.minimum == ValueRules.Bound("0"))
    #expect(amount.fractionDigits == 2)
    let narrow = try #require(shape.root(named: "narrow"))
    #expect(shape.leaves(of: narrow).map(\.path) == ["base", "base/@unit"])
    #expect(shape.find("base/@unit", from: narrow).match?.value?.defaultText == "VND")
  }

  @Test("has every facet, patterns of one step as alternatives and of two steps together")
  func facets() throws {
    let shape = try SchemaFolder.xsd(
      """
      <xs:element name="e" type="C" nillable="true" fixed="ab1"><xs:annotation><xs:documentation>
        Một   ghi chú </xs:documentation></xs:annotation></xs:element>
      <xs:simpleType name="A"><xs:restriction base="xs:string"><xs:minLength value="2"/><xs:maxLength value="9"/>
        <xs:pattern value="a.*"/><xs:pattern value="b.*"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="C"><xs:restriction base="A"><xs:length value="3"/><xs:pattern value=".*[0-9]"/>
        <xs:enumeration value="ab1"/><xs:enumeration value="bb2"/></xs:restriction></xs:simpleType>
      <xs:element name="n"><xs:simpleType><xs:restriction base="xs:int"><xs:minExclusive value="4"/>
        <xs:maxInclusive value="10"/><xs:totalDigits value="2"/></xs:restriction></xs:simpleType></xs:element>
      """)
    let place = shape[shape.roots[0]]
    let value = try #require(place.value)
    #expect(place.isNillable)
    #expect(place.note == "Một ghi chú")
    #expect(value.patterns == ["(a.*)|(b.*)", ".*[0-9]"])
    #expect((value.minLength, value.maxLength) == (3, 3))
    #expect(value.enumeration == ["ab1", "bb2"])
    #expect(value.fixed == "ab1")
    let number = try #require(shape[shape.roots[1]].value)
    #expect(number.minimum == ValueRules.Bound("4", isExclusive: true))
    #expect(number.maximum == ValueRules.Bound("10"))
    #expect(number.totalDigits == 2)
  }

  @Test("shows lists, unions, wildcards, mixed content and values without type")
  func varieties() throws {
    let shape = try SchemaFolder.xsd(
      """
      <xs:element name="r"><xs:complexType><xs:sequence>
        <xs:element name="list"><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType></xs:element>
        <xs:element name="union"><xs:simpleType><xs:union memberTypes="xs:dateTime">
          <xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="none"/></xs:restriction></xs:simpleType>
        </xs:union></xs:simpleType></xs:element>
        <xs:element name="mixed"><xs:complexType mixed="true"><xs:sequence>
          <xs:element name="b" type="xs:string" minOccurs="0"/></xs:sequence><xs:anyAttribute/></xs:complexType></xs:element>
        <xs:element name="free"/>
        <xs:any namespace="##other" processContents="lax" minOccurs="0"/>
      </xs:sequence></xs:complexType></xs:element>
      """)
    #expect(shape.unsupported == [])
    #expect(shape.lines == ["list string", "union string", "mixed string", "mixed/b{0,1} string", "free any"])
    let root = shape.roots[0]
    #expect(shape.find("list", from: root).match?.value?.listItem.map(\.kind) == [.integer])
    let union = try #require(shape.find("union", from: root).match?.value)
    #expect(union.alternatives.map(\.kind) == [.dateTime, .string])
    #expect(union.alternatives.last?.enumeration == ["none"])
    #expect(union.enumeration == nil, "a union with a type that lists nothing allows more than the other lists")
    #expect(shape.allowsOtherElements(in: root))
    let mixed = try #require(shape.find("mixed", from: root).match?.places.first)
    #expect(shape[mixed].allowsOtherAttributes)
    #expect(!shape.allowsOtherElements(in: mixed))
  }

  @Test("lets members of a substitution group stand for their head, and never the abstract one")
  func substitution() throws {
    let shape = try SchemaFolder.xsd(
      """
      <xs:element name="r"><xs:complexType><xs:sequence><xs:element ref="head" maxOccurs="2"/></xs:sequence>
      </xs:complexType></xs:element>
      <xs:element name="head" type="xs:string" abstract="true"/>
      <xs:element name="one" type="xs:token" substitutionGroup="head"/>
      <xs:element name="two" substitutionGroup="one"/>
      """)
    #expect(shape.lines == ["one{1,2}? string", "two{1,2}? string"])
    #expect(shape.roots.map { shape[$0].name } == ["r", "one", "two"])
    #expect(shape.unsupported == [])
  }

  @Test("cuts a declaration that contains itself in the list of leaves, and follows it in a path")
  func recursion() throws {
    let shape = try SchemaFolder.xsd(
      """
      <xs:element name="part" type="Part"/>
      <xs:complexType name="Part"><xs:sequence><xs:element name="name" type="xs:string"/>
        <xs:element name="part" type="Part" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
      """)
    #expect(shape.lines == ["name string", "part{0,*}/name string", "part{0,*}/part{0,*} any …"])
    #expect(shape.find("part/part/part/name", from: shape.roots[0]).match?.value?.kind == .string)
  }

  @Test("follows includes and imports, and knows the namespace of every name")
  func files() throws {
    let folder = try SchemaFolder([
      "main.xsd": """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:a" xmlns:a="urn:a" xmlns:b="urn:b"
          elementFormDefault="qualified">
        <xs:import namespace="urn:b" schemaLocation="b.xsd"/><xs:include schemaLocation="part.xsd"/>
        <xs:element name="r"><xs:complexType><xs:sequence>
          <xs:element ref="b:thing"/><xs:element name="own" type="a:Word"/></xs:sequence>
          <xs:attribute name="k" type="xs:string"/><xs:attribute ref="b:mark"/></xs:complexType></xs:element>
      </xs:schema>
      """,
      "part.xsd": """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="unqualified">
        <xs:simpleType name="Word"><xs:restriction base="Base"/></xs:simpleType>
        <xs:simpleType name="Base"><xs:restriction base="xs:string"><xs:maxLength value="5"/></xs:restriction></xs:simpleType>
      </xs:schema>
      """,
      "b.xsd": """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:b" xmlns="urn:b">
        <xs:element name="thing"><xs:complexType><xs:sequence><xs:element name="inner" type="xs:int"/></xs:sequence>
        </xs:complexType></xs:element><xs:attribute name="mark" type="xs:int"/></xs:schema>
      """,
    ])
    let shape = try folder.shape("main.xsd")
    #expect(shape.roots.map { shape[$0].name } == ["r"])
    #expect(shape.lines == ["@k{0,1} string", "@mark{0,1} integer", "thing/inner integer", "own string"])
    func namespace(_ path: String) -> String?? {
      shape.find(path, from: shape.roots[0]).match.map { shape[$0.places[0]].namespace }
    }
    #expect(namespace("") == .some("urn:a"))
    #expect(namespace("thing") == .some("urn:b"))
    #expect(namespace("thing/inner") == .some(nil), "local elements of b.xsd are unqualified")
    #expect(namespace("own") == .some("urn:a"))
    #expect(namespace("@k") == .some(nil))
    #expect(namespace("@mark") == .some("urn:b"))
    #expect(shape.find("own", from: shape.roots[0]).match?.value?.maxLength == 5)
    let inner = try #require(shape.find("thing/inner", from: shape.roots[0]).match)
    #expect(shape[inner.places[0]].position.hasPrefix(folder.path + "/b.xsd:2:"))
  }

  @Test("says what it does not express, with its place")
  func unsupported() throws {
    let folder = try SchemaFolder([
      "main.xsd": """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:redefine schemaLocation="old.xsd"><xs:simpleType name="T">
      <xs:restriction base="T"><xs:maxLength value="2"/></xs:restriction></xs:simpleType></xs:redefine>
      <xs:complexType name="A" abstract="true"/>
      <xs:element name="r"><xs:complexType><xs:sequence><xs:element name="a" type="A"/><xs:element name="t" type="T"/>
      </xs:sequence></xs:complexType><xs:unique name="u"><xs:selector xpath="t"/><xs:field xpath="."/></xs:unique></xs:element>
      </xs:schema>
      """,
      "old.xsd": """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:simpleType name="T"><xs:restriction base="xs:string"/>
      </xs:simpleType></xs:schema>
      """,
    ])
    let shape = try folder.shape("main.xsd")
    #expect(shape.unsupported.map(\.construct) == ["abstract type", "xs:redefine"])
    #expect(shape.unsupported.map(\.position) == ["\(folder.path)/main.xsd:4:1", "\(folder.path)/main.xsd:2:1"])
    #expect(shape.conditions.map(\.construct) == ["xs:unique"])
  }

  @Test("refuses what is no schema, with the place")
  func refusals() throws {
    #expect(throws: SchemaShapeError.self) { try SchemaFolder(["x": "<a/>"]).shape("x") }
    #expect(throws: SchemaShapeError.self) { try SchemaFolder([:]).shape("absent.xsd") }
    let error = try #require(throws: SchemaShapeError.self) {
      try SchemaFolder.xsd("\n<xs:element name=\"a\" type=\"Unknown\"/>")
    }
    #expect(error.code == .schema)
    #expect(error.position.contains("/s.xsd:2:"))
  }
}
