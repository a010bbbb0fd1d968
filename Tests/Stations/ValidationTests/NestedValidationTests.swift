import DocumentKit
import DossierModel
import GatewayTesting
import Testing
import Validation
import XMLKit

@Suite("Documents inside strings, against their own schemas")
struct NestedValidationTests {
  private let workshop = Workshop()
  private let registry: SchemaRegistry
  init() throws { registry = try workshop.registry() }

  /// A message whose second line has a member with a document in it, and that document.
  private func nested(_ text: String, _ format: DocumentTree.Format) throws -> NestedDocument {
    let outer = try DocumentTree(parsing: Array("{\n \"data\": \"…\"}".utf8), as: .json)
    let tree = try DocumentTree(parsing: Array(text.utf8), as: format)
    let node = try #require(outer.root.firstElement(named: "data"))
    return NestedDocument(
      tree: tree, schema: format == .json ? "thu.schema.json" : "thu.xsd", place: NestedPlace(node, in: outer))
  }

  private func process(_ documents: NestedDocument...) throws {
    var passage = try SamplePassages.passage("{}", type: Workshop.json)
    passage.nestedSources = documents
    try NestedValidation(schemas: registry).process(&passage)
  }

  @Test("valid ones go on, and so does a message without any")
  func valid() throws {
    try process()
    try process(nested(#"{"code":"H1"}"#, .json), nested("<a><code>H1</code></a>", .xml))
  }

  @Test(
    "the sender learns which rule is broken, by both paths and at the place of the text",
    arguments: [
      (#"{"code":"Bí Mật"}"#, DocumentTree.Format.json, "/data » /code", "pattern"),
      ("<a>\n<code>Bí Mật</code></a>", .xml, "/data » /a/code", "cvc-"), ("{}", .json, "/data", "required"),
    ])
  func invalid(text: String, format: DocumentTree.Format, path: String, rule: String) throws {
    let refusal = try #require(throws: Refusal.self) {
      try process(nested(#"{"code":"H1"}"#, .json), nested(text, format))
    }
    let finding = try #require(refusal.findings.first)
    #expect(refusal.code == .invalid)
    #expect(finding.path == path && finding.rule.hasPrefix(rule))
    #expect((finding.line, finding.column) == (2, 10))
    #expect(!finding.messageEnglish.contains("Bí Mật") && !finding.messageVietnamese.contains("Bí Mật"))
  }

  @Test("an output with an invalid document inside is refused as an invalid output is")
  func outputs() throws {
    let text = #"{"code":"H1"}"#
    var passage = try SamplePassages.passage("{}", type: Workshop.json)
    func output(_ inner: NestedDocument) throws -> Passage.Output {
      Passage.Output(
        recipient: Passage.Recipient(party: "so-tu-phap", type: Workshop.json),
        tree: try DocumentTree(parsing: Array(text.utf8), as: .json), bytes: Array(text.utf8), nested: [inner])
    }
    passage.outputs = [try output(nested("<a><code>H1</code></a>", .xml))]
    try TargetValidation(schemas: registry).process(&passage)
    passage.outputs.append(try output(nested("<a><code>1</code></a>", .xml)))
    let refusal = try #require(throws: Refusal.self) { try TargetValidation(schemas: registry).process(&passage) }
    #expect(refusal.findings.first?.path == "/data » /a/code")
    #expect(refusal.findings.first?.rule.hasPrefix("target.cvc-") == true)
    #expect(refusal.detailEnglish.contains("so-tu-phap"))
  }
}
