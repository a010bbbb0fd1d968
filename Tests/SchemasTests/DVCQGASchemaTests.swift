import JSONKit
import Testing

@Suite("Schemas of the portal's adapter, generation A")
struct DVCQGASchemaTests {
  static let name = "dvcqg-a/1"

  @Test(
    "dates are dates of the calendar",
    arguments: [
      ("20261120083000", true), ("20240229000000", true), ("20000229235959", true), ("20260430000000", true),
      ("20261231235959", true), ("20250229000000", false), ("19000229000000", false), ("21000228000000", false),
      ("20260431000000", false), ("20261301000000", false), ("20260001000000", false), ("20261120240000", false),
      ("20261120086000", false), ("20261120083060", false), ("2026112008300", false), ("20261120083000\n", false),
      ("２０２６1120083000", false), ("", false),
    ])
  func timestamps(text: String, isValid: Bool) throws {
    #expect(try accepts("NgayTiepNhan", text) == isValid)
  }

  @Test(
    "dossier codes have the forms that are known",
    arguments: [
      ("000.00.14.H20-200703-0002", true), ("H21.129-250812-0035", true), ("H56.14-240229-12345", true),
      ("H37.DN.001-261120-0001", true), ("G22.99.02-261120-0004", true), ("G09.20-20260609-0092637", true),
      ("H56.14-250229-0001", false), ("H56.14-261120-001", false), ("H56.14-261120-00000001", false),
      ("h56.14-261120-0001", false), ("H56.14-261120", false), ("H56.14-20261320-0001", false),
      ("H-261120-0001", false),
    ])
  func dossierCodes(text: String, isValid: Bool) throws {
    #expect(try accepts("MaHoSo", text) == isValid)
  }

  @Test(
    "procedure codes have the forms that are known",
    arguments: [
      ("1.001193", true), ("3.000722", true), ("1.001193.000.00.00.H56", true), ("2.002621.H56", true),
      ("1.001193.01", true), ("4.001193", false), ("1.1193", false), ("1.001193.000.00.00", false), ("KS-01", false),
    ])
  func procedureCodes(text: String, isValid: Bool) throws {
    #expect(try accepts("MaTTHC", text) == isValid)
  }

  /// Whether the minimal dossier is still valid with this text in this member.
  private func accepts(_ member: String, _ text: String) throws -> Bool {
    let folder = PackageFolder.root["Schemas"][Self.name]["valid"]
    let minimal = try JSONDocument(parsing: try folder.read("ho-so--toi-thieu.json"))
    var writer = JSONWriter()
    writer.beginObject()
    for known in minimal.root.members {
      writer.name(known.name)
      if known.name == member { writer.string(text) } else { writer.value(known.value) }
    }
    writer.endObject()
    return try JSONSchemaFolder.named(Self.name).schema("ho-so").accepts(
      try JSONDocument(parsing: writer.finish()).root)
  }
}
