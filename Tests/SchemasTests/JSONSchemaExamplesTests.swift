import JSONKit
import Testing

@Suite("Schemas of the portal's adapter, generation A")
struct JSONSchemaExamplesTests {
  static let name = "dvcqg-a/1"
  static let valid = Example.all(name, "valid")
  static let invalid = Example.all(name, "invalid")

  /// Compiled once; every test throws what is wrong with a schema.
  static let loaded = Result { try JSONSchemaFolder(name) }

  private func findings(_ example: Example) throws -> [JSONSchemaFinding] {
    let schema = try Self.loaded.get().schema(example.subject)
    return schema.validate(try JSONDocument(parsing: try example.bytes()).root)
  }

  @Test("a valid example has no finding", arguments: valid)
  func validExamples(example: Example) throws {
    #expect(try findings(example).map { "\($0.keyword) \($0.instanceLocation)" } == [])
  }

  @Test("an invalid example breaks the rule it is there for, at the place it is there for", arguments: invalid)
  func invalidExamples(example: Example) throws {
    let expected = try example.expectation()
    let place = expected.path == "/" ? "" : expected.path
    let found = try findings(example).map { "\($0.keyword) \($0.instanceLocation)" }
    #expect(found.contains("\(expected.rule) \(place)"), "found \(found)")
  }

  @Test("every schema compiles with no keyword unknown to its draft, and is found where its $id says")
  func schemasCompile() throws {
    let folder = try Self.loaded.get()
    #expect(folder.identifiers.count >= 16)
    for (name, identifier) in folder.identifiers {
      #expect(identifier == "https://schemas.lienthong.invalid/\(Self.name)/\(name).schema.json")
    }
  }

  @Test("every schema of a message has a valid example, and there are enough of both kinds")
  func numbers() throws {
    let messages = Set(try Self.loaded.get().identifiers.keys).subtracting(["types"])
    #expect(Set(Self.valid.map(\.subject)) == messages)
    #expect(Self.valid.count >= 6)
    #expect(Self.invalid.count >= 10)
  }

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
    return try Self.loaded.get().schema("ho-so").accepts(try JSONDocument(parsing: writer.finish()).root)
  }
}
