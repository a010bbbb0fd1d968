import DocumentKit
import Testing

@Suite("The limits of a shape")
struct SchemaShapeLimitsTests {
  /// Root, 2 elements and 1 attribute: 4 places, 3 leaves.
  static let xsd = """
    <xs:element name="r"><xs:complexType><xs:sequence><xs:element name="a" type="xs:string"/>
    <xs:element name="b" type="xs:string"/></xs:sequence><xs:attribute name="c" type="xs:string"/></xs:complexType></xs:element>
    """

  private func code(_ limits: SchemaShapeLimits, _ schema: String = xsd) -> SchemaShapeError.Code? {
    do {
      _ =
        schema.hasPrefix("{")
        ? try SchemaFolder.json(schema, limits: limits) : try SchemaFolder.xsd(schema, limits: limits)
      return nil
    } catch let error as SchemaShapeError {
      return error.code
    } catch {
      return .file
    }
  }

  @Test("bound declarations, leaves and files, each exactly")
  func exact() throws {
    #expect(code(SchemaShapeLimits(places: 4)) == nil)
    #expect(code(SchemaShapeLimits(places: 3)) == .limit)
    #expect(code(SchemaShapeLimits(leaves: 3)) == nil)
    #expect(code(SchemaShapeLimits(leaves: 2)) == .limit)
    let folder = try SchemaFolder([
      "a.schema.json": #"{"$ref": "b.schema.json"}"#, "b.schema.json": #"{"type": "string"}"#,
      "m.xsd": """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="n.xsd"/></xs:schema>
      """,
      "n.xsd": #"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="r"/></xs:schema>"#,
    ])
    for (name, count) in [("a.schema.json", 2), ("m.xsd", 2)] {
      #expect(throws: Never.self) { try folder.shape(name, limits: SchemaShapeLimits(files: count)) }
      let error = try #require(throws: SchemaShapeError.self) {
        try folder.shape(name, limits: SchemaShapeLimits(files: count - 1))
      }
      #expect(error.code == .limit)
    }
    #expect(throws: Never.self) { try folder.shape("b.schema.json", limits: SchemaShapeLimits(fileBytes: 18)) }
    let error = try #require(throws: SchemaShapeError.self) {
      try folder.shape("b.schema.json", limits: SchemaShapeLimits(fileBytes: 17))
    }
    #expect(error.code == .limit)
  }

  @Test("bound the depth of declarations, for an XSD an element, its type, its group, a use and an element")
  func depth() {
    func nested(_ depth: Int) -> String {
      depth == 0 ? #"{"type": "string"}"# : #"{"type": "object", "properties": {"a": \#(nested(depth - 1))}}"#
    }
    #expect(code(SchemaShapeLimits(depth: 6), nested(5)) == nil)
    #expect(code(SchemaShapeLimits(depth: 5), nested(5)) == .limit)
    #expect(code(SchemaShapeLimits(depth: 5)) == nil)
    #expect(code(SchemaShapeLimits(depth: 4)) == .limit)
  }

  @Test("bound the combinations of branches and say that the rest is missing")
  func alternatives() throws {
    let schema = #"{"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}]}"#
    #expect(try SchemaFolder.json(schema, limits: SchemaShapeLimits(alternatives: 3)).unsupported == [])
    let cut = try SchemaFolder.json(schema, limits: SchemaShapeLimits(alternatives: 2))
    #expect(cut.unsupported.map(\.construct) == ["anyOf"])
  }
}
