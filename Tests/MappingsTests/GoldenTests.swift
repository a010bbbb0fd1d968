import Testing
import Translation
import Workbench

@Suite("Shipped mappings")
struct GoldenTests {
  @Test("the folder loads whole, with every mapping and code table in it")
  func loading() throws {
    let shelf = try Shelf.shared()
    #expect(shelf.registry.names == Shelf.mappings)
    #expect(shelf.registry.names.count >= 8)
    #expect(shelf.registry.codes.names.map { $0 + ".yaml" } == PackageFolder.root["Mappings"]["codes"].names)
  }

  @Test("every mapping has at least three examples", arguments: Shelf.labels)
  func numberOfExamples(label: String) throws {
    let shelf = try Shelf.shared()
    #expect(shelf.workbench.examples(of: try shelf.mapping(label), .example).count >= 3)
  }

  @Test(
    "examples give their goldens, refusals are held or refused for the reason they name, and both ends are valid",
    arguments: Shelf.labels)
  func examples(label: String) throws {
    let shelf = try Shelf.shared()
    let results = shelf.workbench.test(try shelf.mapping(label))
    #expect(!results.isEmpty)
    for result in results {
      let lines = result.failures.flatMap(\.lines).joined(separator: "\n")
      #expect(result.isPassed, "\(result.example): \(lines)")
    }
  }
}
