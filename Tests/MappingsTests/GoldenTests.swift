import DocumentKit
import Glibc
import Testing
import Translation

@Suite("Shipped mappings")
struct GoldenTests {
  static let examples = MappingExample.all("examples")
  static let refusals = MappingExample.all("refusals")

  /// With LIENTHONG_UPDATE_GOLDENS=1 the goldens are written anew instead of compared; read the difference before committing.
  static let updatesGoldens = getenv("LIENTHONG_UPDATE_GOLDENS").map { String(cString: $0) } == "1"

  @Test("the folder loads whole, with every mapping and code table in it")
  func loading() throws {
    let shelf = try Shelf.shared()
    #expect(shelf.registry.names == MappingExample.mappings)
    #expect(shelf.registry.names.count >= 8)
    #expect(shelf.registry.codes.names.map { $0 + ".yaml" } == PackageFolder.root["Mappings"]["codes"].names)
  }

  @Test("every mapping has at least three examples", arguments: MappingExample.mappings)
  func numberOfExamples(mapping: String) {
    #expect(Self.examples.count { $0.mapping == mapping } >= 3)
  }

  @Test("an example gives its golden", arguments: examples)
  func goldens(example: MappingExample) throws {
    let mapping = try Shelf.shared().mapping(example.mapping)
    let output = try translated(try mapping.translate(try example.tree()))
    let name = example.goldenName(mapping.target.format)
    if Self.updatesGoldens {
      try example.folder[example.kind].write(name, try output.text(mapping.target.format))
    }
    let golden = try Comparison.normalForm(try example.folder[example.kind].read(name), mapping.target.format)
    #expect(try Comparison.normalForm(try output.text(mapping.target.format), mapping.target.format) == golden)
  }

  @Test("what goes in and what comes out is valid", arguments: examples)
  func validity(example: MappingExample) throws {
    let shelf = try Shelf.shared()
    let mapping = try shelf.mapping(example.mapping)
    #expect(try shelf.findings(mapping.source.schema, try example.input()) == [])
    let output = try translated(try mapping.translate(try example.tree()))
    #expect(try shelf.findings(mapping.target.schema, try output.text(mapping.target.format)) == [])
  }

  @Test("what cannot be said in the other tongue is refused or held, naming the row or the table", arguments: refusals)
  func refusedAndHeld(example: MappingExample) throws {
    let shelf = try Shelf.shared()
    let mapping = try shelf.mapping(example.mapping)
    #expect(try shelf.findings(mapping.source.schema, try example.input()) == [])
    let expected = try example.expectation()
    switch try mapping.translate(try example.tree()) {
    case .translated: Issue.record("it was translated")
    case .held(let reason): #expect(["held"] + Set(reason.codes.map(\.table)) == expected)
    case .refused(let findings):
      #expect(expected.first == "refused")
      let row = try #require(expected.last)
      #expect(findings.contains { $0.messageEnglish.contains("‘\(row)’") }, "found \(findings.map(\.messageEnglish))")
    }
  }
}
