import Testing
import XMLKit

@Suite("Schemas in XSD")
struct XMLSchemaExamplesTests {
  static let schemas = ["canonical/1": "canonical.xsd", "oc-lgsp/1": "lgsp.xsd"]

  static let valid = schemas.keys.sorted().flatMap { Example.all($0, "valid") }
  static let invalid = schemas.keys.sorted().flatMap { Example.all($0, "invalid") }

  private func findings(_ example: Example) throws -> [XMLSchemaFinding] {
    let (folder, file) = try #require(
      Self.schemas.first { example.folder.path.contains("/Schemas/\($0.key)/") }, "no schema for \(example.file)")
    let schema = try XMLSchema(contentsOf: PackageFolder.root["Schemas"][folder].path + "/" + file)
    return schema.validate(try XMLDocument(parsing: try example.bytes()))
  }

  @Test("a valid example has no finding and the root its name says", arguments: valid)
  func validExamples(example: Example) throws {
    #expect(try findings(example) == [])
    #expect(try XMLDocument(parsing: try example.bytes()).root?.name == example.subject)
  }

  @Test("an invalid example breaks the rule it is there for, at the place it is there for", arguments: invalid)
  func invalidExamples(example: Example) throws {
    let expected = try example.expectation()
    let found = try findings(example)
    #expect(
      found.contains { $0.rule == expected.rule && $0.path == expected.path },
      "found \(found.map { "\($0.rule) \($0.path)" })")
    #expect(found.allSatisfy { $0.line > 0 })
  }

  @Test("every folder has examples of both kinds", arguments: [("canonical/1", 4, 4), ("oc-lgsp/1", 4, 6)])
  func numbers(folder: String, validAtLeast: Int, invalidAtLeast: Int) {
    #expect(Example.all(folder, "valid").count >= validAtLeast)
    #expect(Example.all(folder, "invalid").count >= invalidAtLeast)
  }
}
