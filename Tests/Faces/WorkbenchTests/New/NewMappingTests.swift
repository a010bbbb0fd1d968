import DocumentKit
import FileKit
import GatewayTesting
import Testing
import Translation
import Workbench

@Suite("A first mapping between two schemas", .timeLimit(.minutes(5)))
struct NewMappingTests {
  private static let schemas = TestFiles.projectRoot + "/Schemas"

  private func findings(_ proposal: ProposedMapping) throws -> [CheckFinding] {
    let definition = try MappingDefinition(YAMLDocument(parsing: proposal.text, file: "mapping.yaml"))
    _ = try Mapping(definition, codes: .empty)
    let workbench = Workbench(schemas: Self.schemas, mappings: "", registry: MappingRegistry([]))
    return workbench.checkAlone(definition).filter { $0.level > .note }
  }

  @Test(
    "between a schema and itself every place is matched with itself; open are elements that must be there and may be empty",
    arguments: [
      ("canonical/1/canonical.xsd#dossier", 4), ("canonical/1/canonical.xsd#progress", 1),
      ("dvcqg-a/1/ho-so.schema.json", 0), ("dvcqg-a/1/tien-do.schema.json", 0),
      ("oc-lgsp/1/lgsp.xsd#MSyncDocument", 0), ("oc-lgsp/1/lgsp.xsd#MDocumentTraces", 0),
      ("vnpost/1/don-hang.request.schema.json", 0), ("oc-publish/1/opencps.xsd#DossierPublishModel", 0),
    ])
  func identity(schema: String, emptyElements: Int) throws {
    let proposal = try Workbench.propose(from: schema, to: schema, name: "a--a", schemas: Self.schemas)
    #expect(proposal.open.count == emptyElements)
    #expect(proposal.open.allSatisfy { $0.rule == .mayBeEmpty }, "\(proposal.open)")
    #expect(try findings(proposal).count == emptyElements)
    let rows = try MappingDefinition(YAMLDocument(parsing: proposal.text, file: "mapping.yaml")).allRows
    for row in rows {
      guard case .from(let expression) = row.content else { continue }
      let last = expression.text.split(separator: "/").last.map(String.init)
      #expect(last == row.target.text.split(separator: "/").last.map(String.init) || row.each != nil)
    }
  }

  @Test(
    "what is written compiles, and the check finds nothing that the file does not list as open",
    arguments: [
      ("dvcqg-a/1/ho-so.schema.json", "canonical/1/canonical.xsd#dossier"),
      ("canonical/1/canonical.xsd#dossier", "dvcqg-a/1/ho-so.schema.json"),
      ("oc-lgsp/1/lgsp.xsd#MSyncDocument", "canonical/1/canonical.xsd#dossier"),
      ("canonical/1/canonical.xsd#dossier", "vnpost/1/don-hang.request.schema.json"),
    ])
  func honesty(source: String, target: String) throws {
    let proposal = try Workbench.propose(from: source, to: target, schemas: Self.schemas)
    for finding in try findings(proposal) {
      let isListed = proposal.open.contains { $0.message == finding.message.english }
      #expect(isListed, "\(finding)")
    }
    for item in proposal.open { #expect(proposal.text.contains("# open: \(item.text)")) }
  }

  @Test("names of both languages meet: the portal's dossier and the canonical one")
  func glossary() throws {
    let proposal = try Workbench.propose(
      from: "dvcqg-a/1/ho-so.schema.json", to: "canonical/1/canonical.xsd#dossier", schemas: Self.schemas)
    for row in [
      "{ to: code, from: MaHoSo }", "{ to: procedure/name, from: TenTTHC }", "{ to: field/code, from: MaLinhVuc }",
      "{ to: owner/phone, from: SoDienThoai }", "{ to: note, from: GhiChu }",
    ] {
      #expect(proposal.text.contains(row), "\(row)")
    }
    #expect(proposal.text.contains("each: DanhSachLePhi") && proposal.name == "dvcqg-a.ho-so--canonical")
  }

  @Test("a root that is not said or not there is refused with the roots there are")
  func roots() {
    #expect(throws: ProposalError.self) {
      try Workbench.propose(
        from: "canonical/1/canonical.xsd", to: "dvcqg-a/1/ho-so.schema.json", schemas: Self.schemas)
    }
    #expect(throws: ProposalError.self) {
      try Workbench.propose(
        from: "canonical/1/canonical.xsd#dosier", to: "dvcqg-a/1/ho-so.schema.json", schemas: Self.schemas)
    }
  }
}
