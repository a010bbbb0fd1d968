import DocumentKit
import JSONKit
import Testing
import Translation
import XMLKit

/// The dossier that benchmarks send: what they measure must be a whole journey and not a refusal.
@Suite("The benchmark dossier")
struct BenchmarkDossierTests {
  private func dossier() throws -> [UInt8] {
    try PackageFolder.root["Tests"]["Fixtures"]["bench"].read("ho-so-8k.json")
  }

  private func canonical(_ shelf: Shelf) throws -> DocumentTree {
    let tree = try DocumentTree(parsing: try dossier(), as: .json)
    return try translated(try shelf.mapping("dvcqg-a.ho-so--canonical").translate(tree))
  }

  @Test("it is about 8 KB and valid")
  func validity() throws {
    #expect((7_500...8_500).contains(try dossier().count))
    #expect(try Shelf.shared().findings("dvcqg-a/1/ho-so.schema.json", try dossier()) == [])
  }

  @Test("it becomes a valid canonical dossier and a valid LGSP document")
  func journey() throws {
    let shelf = try Shelf.shared()
    let canonical = try canonical(shelf)
    #expect(try shelf.findings("canonical/1/canonical.xsd", canonical.xml()) == [])
    let document = try translated(try shelf.mapping("canonical--oc-lgsp.sync-document").translate(canonical))
    #expect(try shelf.findings("oc-lgsp/1/lgsp.xsd", document.xml()) == [])
  }

  @Test("through the canonical form and back to the portal, everything it says is still said")
  func roundTrip() throws {
    let shelf = try Shelf.shared()
    let back = try translated(try shelf.mapping("canonical--dvcqg-a.ho-so").translate(try canonical(shelf)))
    let bytes = try back.json()
    #expect(try shelf.findings("dvcqg-a/1/ho-so.schema.json", bytes) == [])
    let before = try #require(Self.statement(try JSONDocument(parsing: try dossier()).root))
    #expect(before == Self.statement(try JSONDocument(parsing: bytes).root))
    #expect(before.contains("900142001"), "the comparison sees the dossier's values")
  }

  @Test("as XML it is about 8 KB and valid, and the stylesheet of the comparison makes a valid LGSP document of it")
  func xml() throws {
    let bench = PackageFolder.root["Tests"]["Fixtures"]["bench"]
    let bytes = try bench["line"].read("ho-so-8k.xml")
    #expect((7_500...8_500).contains(bytes.count))
    let document = try XMLDocument(parsing: bytes)
    #expect(try XMLSchema(contentsOf: bench["line"].path + "/ho-so.xsd").validate(document) == [])
    let stylesheet = try XSLTStylesheet(contentsOf: bench.path + "/ho-so--sync-document.xsl")
    let transformed = try stylesheet.transform(document).document
    #expect(try Shelf.shared().findings("oc-lgsp/1/lgsp.xsd", transformed.serialised()) == [])
  }

  /// What a value states: an absent member, "", null and [] all state nothing.
  private static func statement(_ value: JSONValue) -> String? {
    switch value.kind {
    case .object:
      let members = value.members.compactMap { member in statement(member.value).map { "\(member.name): \($0)" } }
      return members.isEmpty ? nil : "{\(members.sorted().joined(separator: ", "))}"
    case .array:
      let elements = value.elements.compactMap { statement($0) }
      return elements.isEmpty ? nil : "[\(elements.joined(separator: ", "))]"
    case .string: return value.string.flatMap { $0.isEmpty ? nil : "\"\($0)\"" }
    case .number: return value.numberText
    case .boolean: return value.boolean.map { "\($0)" }
    case .null: return nil
    }
  }
}
