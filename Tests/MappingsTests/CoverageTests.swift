import Testing
import Translation

@Suite("Coverage of the shipped mappings by their examples")
struct CoverageTests {
  @Test("every row of a mapping writes something in one of its examples", arguments: MappingExample.mappings)
  func rows(name: String) throws {
    let mapping = try Shelf.shared().mapping(name)
    var listener = CoverageListener()
    for example in GoldenTests.examples where example.mapping == name {
      _ = try translated(try mapping.translate(try example.tree(), listener: &listener))
    }
    let definition = try #require(mapping.definition, "\(name) is a stylesheet, which has no rows")
    let rows = Self.leaves(definition.rows).map(CoverageListener.name)
    #expect(!rows.isEmpty)
    #expect(rows.filter { !listener.written.contains($0) } == [])
  }

  /// Rows that write text; a group writes through the rows in it.
  private static func leaves(_ rows: [MappingRow]) -> [MappingRow] {
    rows.flatMap { row in
      switch row.content {
      case .from, .value: return [row]
      case .rows(let inner): return leaves(inner)
      case .document(_, let inner): return [row] + leaves(inner)
      }
    }
  }
}
