import DocumentKit
import DossierModel
import GatewayTesting
import JSONKit
import Validation
import XMLKit

/// Schemas in a temporary folder, and the registry and types over them.
final class Workshop {
  static let json = MessageType(
    name: "thu/json", format: .json, kind: .dossier, recognise: "self::root", schema: "thu.schema.json")
  static let xml = MessageType(name: "thu/xml", format: .xml, kind: .dossier, recognise: "self::a", schema: "thu.xsd")

  let folder = TemporaryFolder()

  /// The JSON Schema and the XSD both want `code` to be an `H` and digits, and nothing beside it but `note`.
  func registry() throws -> SchemaRegistry {
    write(
      "thu.schema.json",
      """
      { "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["code"],
        "properties": { "code": { "type": "string", "pattern": "^H[0-9]+$" }, "note": { "type": "string" } },
        "additionalProperties": false }
      """)
    write(
      "thu.xsd",
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:element name="a"><xs:complexType><xs:sequence>
          <xs:element name="code"><xs:simpleType><xs:restriction base="xs:string">
            <xs:pattern value="H[0-9]+"/></xs:restriction></xs:simpleType></xs:element>
          <xs:element name="note" type="xs:string" minOccurs="0"/>
        </xs:sequence></xs:complexType></xs:element>
      </xs:schema>
      """)
    return SchemaRegistry([
      "thu.schema.json": .json(try JSONSchemaFile.compile(path("thu.schema.json"))),
      "thu.xsd": .xml(try XMLSchema(contentsOf: path("thu.xsd"))),
    ])
  }

  func path(_ name: String) -> String { folder.path + "/" + name }
  func write(_ name: String, _ text: String) { TestFiles.write(text, to: path(name)) }
}
