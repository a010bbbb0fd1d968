import JSONKit
import Testing

@Suite("Schemas in JSON Schema")
struct JSONSchemaExamplesTests {
  static let folders = JSONSchemaFolder.all
  static let valid = folders.flatMap { Example.all($0, "valid", ".json") }
  static let invalid = folders.flatMap { Example.all($0, "invalid", ".json") }

  private func findings(_ example: Example) throws -> [JSONSchemaFinding] {
    let schema = try JSONSchemaFolder.named(example.schema).schema(example.subject)
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

  @Test(
    "every schema compiles with no keyword unknown to its draft, and is found where its $id says", arguments: folders)
  func schemasCompile(name: String) throws {
    let identifiers = try JSONSchemaFolder.named(name).identifiers
    #expect(!identifiers.isEmpty)
    for (schema, identifier) in identifiers {
      #expect(identifier == "https://schemas.lienthong.invalid/\(name)/\(schema).schema.json")
    }
  }

  @Test("every schema of a message has a valid example, and every folder has invalid ones", arguments: folders)
  func numbers(name: String) throws {
    let messages = Set(try JSONSchemaFolder.named(name).identifiers.keys).subtracting(["types"])
    #expect(Set(Example.all(name, "valid", ".json").map(\.subject)) == messages)
    #expect(Example.all(name, "invalid", ".json").count >= 4)
  }

  @Test("the folders are found")
  func discovery() {
    #expect(Self.folders.contains("dvcqg-a/1"))
    #expect(Self.valid.count >= 28 && Self.invalid.count >= 33)
  }
}
