import DocumentKit
import Testing
import Translation
import XMLKit

/// Remembers which rows wrote something.
struct CoverageListener: TranslationListener {
  static var isListening: Bool { true }
  var written: Set<String> = []

  /// The place of a row is its name: no two rows of a mapping begin at one place.
  static func name(of row: MappingRow) -> String { "\(row.target) in line \(row.position.line):\(row.position.column)" }

  mutating func didSkip(_: MappingRow, at _: XMLNode) {}
  mutating func didIterate(_: MappingRow, over _: [XMLNode], at _: XMLNode) {}
  mutating func didRead(_: MappingRow, _: String, from _: [XMLNode], at _: XMLNode) {}
  mutating func didLookUp(_: MappingRow, in _: CodeTable, _: CodeTable.Row?) {}
  mutating func didWrite(_ row: MappingRow, _: String) { written.insert(Self.name(of: row)) }
  mutating func didOmit(_: MappingRow) {}
}

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
      guard case .rows(let inner) = row.content else { return [row] }
      return leaves(inner)
    }
  }
}
