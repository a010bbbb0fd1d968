import Testing
import XMLKit

@Suite("Schemas in XSD")
struct XMLSchemaExamplesTests {
  static let folders = PackageFolder.schemas { $0.hasSuffix(".xsd") }
  static let valid = folders.flatMap { Example.all($0, "valid", ".xml") }
  static let invalid = folders.flatMap { Example.all($0, "invalid", ".xml") }

  /// Whether an example bears the name of a schema and not of a root: where schemas of one folder share a root.
  private func namesSchema(_ example: Example) -> Bool {
    PackageFolder.root["Schemas"][example.schema].names.contains(example.subject + ".xsd")
  }

  /// The schema an example names, or else the one of its folder that declares the root it names.
  private func schema(for example: Example) throws -> XMLSchema {
    let folder = PackageFolder.root["Schemas"][example.schema]
    if namesSchema(example) { return try XMLSchema(contentsOf: "\(folder.path)/\(example.subject).xsd") }
    let declaration = try XPathExpression(
      "boolean(/xs:schema/xs:element[@name = '\(example.subject)'])",
      namespaces: ["xs": "http://www.w3.org/2001/XMLSchema"])
    let file = try folder.names.first { file in
      guard file.hasSuffix(".xsd") else { return false }
      let document = try XMLDocument(parsing: try folder.read(file))
      return try declaration.boolean(at: try #require(document.root))
    }
    return try XMLSchema(
      contentsOf: folder.path + "/" + #require(file, "no schema declares the root of \(example.file)"))
  }

  private func findings(_ example: Example) throws -> [XMLSchemaFinding] {
    try schema(for: example).validate(try XMLDocument(parsing: try example.bytes()))
  }

  @Test("a valid example has no finding and the root its name says", arguments: valid)
  func validExamples(example: Example) throws {
    #expect(try findings(example) == [])
    let root = try XMLDocument(parsing: try example.bytes()).root?.localName
    #expect(root == example.subject || namesSchema(example))
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

  @Test("every folder has examples of both kinds", arguments: folders)
  func numbers(folder: String) {
    #expect(!Example.all(folder, "valid", ".xml").isEmpty)
    #expect(Example.all(folder, "invalid", ".xml").count >= 2)
  }

  @Test("the folders are found")
  func discovery() {
    #expect(Self.folders.contains("canonical/1") && Self.folders.contains("oc-lgsp/1"))
    #expect(Self.valid.count >= 8 && Self.invalid.count >= 10)
  }
}
