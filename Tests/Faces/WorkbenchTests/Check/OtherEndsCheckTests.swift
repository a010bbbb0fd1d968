import DocumentKit
import GatewayTesting
import Testing
import Workbench

/// What the table of broken rows cannot show: a target in JSON, and a mapping that is a stylesheet.
@Suite("Checking a mapping into JSON, and a stylesheet")
struct OtherEndsCheckTests {
  private let folder = TemporaryFolder()

  private func report() throws -> CheckReport {
    let partner = """
      { "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {
        "Ma": { "type": "string" }, "So": { "type": "integer" } } }
      """
    let canonical = """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="t"><xs:complexType><xs:sequence>
      <xs:element name="code" type="xs:string"/><xs:element name="count" type="xs:int"/>
      </xs:sequence></xs:complexType></xs:element></xs:schema>
      """
    TestFiles.write(partner, to: folder.path + "/Schemas/a/1/a.json")
    TestFiles.write(canonical, to: folder.path + "/Schemas/canonical/1/t.xsd")
    let workbench = try Workbench(schemas: folder.path + "/Schemas", mappings: folder.path + "/Mappings")
    return workbench.checkAll()[0]
  }

  private func findings(type: String) throws -> [String] {
    let text = """
      mapping: canonical--a
      version: 1
      source: { schema: canonical/1/t.xsd, format: xml }
      target: { schema: a/1/a.json, format: json }
      rows:
        - { to: Ma, from: code }
        - { to: So, from: count\(type) }
      """
    TestFiles.write(text, to: folder.path + "/Mappings/canonical--a/1/mapping.yaml")
    return try report().findings(from: .warning).map(\.description)
  }

  @Test("a JSON type that the row does not write is named at the row, with the remedy")
  func jsonType() throws {
    let place = folder.path + "/Mappings/canonical--a/1/mapping.yaml:7:5"
    #expect(
      try findings(type: "") == [
        "\(place): json-type-clash: the row writes a string, and ‘So’ wants integer (write type: number)"
      ])
    #expect(try findings(type: ", type: number") == [])
  }

  private func findings(source: String, target: String) throws -> [CheckFinding] {
    let text = """
      <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:m="urn:lienthong:mapping">
      <m:mapping name="a--canonical" version="1">
      <m:source schema="a/1/a.json" format="json"/><m:target schema="canonical/1/t.xsd" format="xml"/></m:mapping>
      <xsl:template match="/root"><t>
      <code><xsl:value-of select="\(source)"/></code>
      <\(target)><xsl:value-of select="So"/></\(target)>
      </t></xsl:template>
      </xsl:stylesheet>
      """
    TestFiles.write(text, to: folder.path + "/Mappings/a--canonical/1/transform.xsl")
    return try report().findings
  }

  @Test("names of a stylesheet that no schema has are found at their place, and what is not proved is said")
  func stylesheet() throws {
    let file = folder.path + "/Mappings/a--canonical/1/transform.xsl"
    let broken = try findings(source: "Maa", target: "cout")
    #expect(
      broken.filter { $0.level == .error }.map(\.description) == [
        "\(file):5:7: unknown-source: no place of the source is called ‘Maa’ (did you mean ‘Ma’?)",
        "\(file):6:1: unknown-target: the target has no element ‘cout’ (did you mean ‘count’?)",
      ])
    let sound = try findings(source: "Ma", target: "count")
    #expect(sound.map(\.rule) == [.notProved] && sound.map(\.level) == [.note])
  }
}
