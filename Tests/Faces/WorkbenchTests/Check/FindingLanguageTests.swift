import DocumentKit
import GatewayTesting
import Testing
import Translation
import Workbench

@Suite("Findings about a mapping")
struct FindingLanguageTests {
  /// A mapping from the canonical document to a partner's JSON whose number is written as a text, and one without its schemas.
  private static func mapping(_ schemas: String) -> String {
    """
    mapping: canonical--a
    version: 1
    source: { schema: \(schemas)canonical.xsd, format: xml }
    target: { schema: a.json, format: json }
    rows: [{ to: So, from: count }]
    """
  }

  @Test("each rule tells what is wrong, and how it is mended, in both languages; no rule is left out")
  func rules() throws {
    var findings = try BrokenMapping.all.flatMap { sample in
      try CheckBench().report(rows: sample.broken, codes: sample.codes, ignore: sample.ignore).findings
    }
    let folder = TemporaryFolder()
    let partner = #"{ "type": "object", "properties": { "So": { "type": "integer" }, "Ma": { "type": "string" } } }"#
    let canonical = """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="t"><xs:complexType><xs:sequence>
      <xs:element name="count" type="xs:int"/></xs:sequence></xs:complexType></xs:element></xs:schema>
      """
    TestFiles.write(partner, to: folder.path + "/Schemas/a.json")
    TestFiles.write(canonical, to: folder.path + "/Schemas/canonical.xsd")
    TestFiles.write("", to: folder.path + "/Mappings/README.md")
    let workbench = try Workbench(schemas: folder.path + "/Schemas", mappings: folder.path + "/Mappings")
    for schema in ["", "none/"] {
      let definition = try MappingDefinition(YAMLDocument(parsing: Self.mapping(schema), file: "mapping.yaml"))
      findings += workbench.check(definition).findings
    }
    findings.append(
      CheckFinding(MappingError(.row, at: .init(file: "m", line: 1, column: 1), Sentence("a row", "một dòng"))))

    for finding in findings {
      #expect(finding.message.isInBothLanguages, "\(finding.rule.rawValue): \(finding.message)")
      #expect(finding.remedy.isEmpty || finding.remedy.isInBothLanguages, "\(finding.rule.rawValue): \(finding.remedy)")
      #expect(finding.line(in: .vietnamese).contains(finding.message.vietnamese))
    }
    #expect(Set(findings.map(\.rule)) == Set(CheckRule.allCases))
  }
}
