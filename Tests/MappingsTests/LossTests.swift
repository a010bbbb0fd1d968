import DocumentKit
import Testing
import Translation
import Workbench
import XMLKit

@Suite("Loss in the shipped mappings")
struct LossTests {
  private let workbench: Workbench
  init() throws { workbench = try Shelf.shared().workbench }

  private func documents(_ mapping: Mapping) throws -> [SourceDocument] {
    try workbench.examples(of: mapping, .example).map { try workbench.document(of: $0, for: mapping) }
  }

  @Test("every leaf of an example is accounted for once, and none is lost without a reason", arguments: Shelf.tables)
  func accounts(label: String) throws {
    let mapping = try workbench.mapping(label)
    let shape = try SchemaShape(contentsOf: workbench.schemasFolder + "/" + mapping.source.schema)
    for document in try documents(mapping) {
      // What the schema does not name, a sender may add and nobody can have mapped.
      let root = try #require(shape.root(named: document.tree.root.localName))
      let known = Set(shape.leaves(of: root).map(\.path))
      let report = try workbench.loss(mapping, document)
      #expect(report.outcome == "translated")
      #expect(Set(report.leaves.map(\.path)).count == report.leaves.count)
      #expect(report.leaves.contains { $0.fate == .arrived })
      let unread = report.leaves.filter { $0.fate == .unread && known.contains($0.pattern) }
      #expect(unread.map(\.path) == [], "\(document.name)")
    }
  }

  /// What explain says of where each source leaf went: the places in the mapping that used it.
  private func uses(_ mapping: Mapping, _ document: SourceDocument) throws -> [String: Set<YAMLPosition>] {
    var uses: [String: Set<YAMLPosition>] = [:]
    for record in try workbench.explain(mapping, document).explanation?.records(at: nil) ?? [] {
      for source in record.sources { uses[source.path, default: []].insert(record.row) }
    }
    return uses
  }

  @Test("without a row, exactly the paths that only this row reads are newly lost", arguments: Shelf.tables)
  func droppedRow(label: String) throws {
    let mapping = try workbench.mapping(label)
    let definition = try #require(mapping.definition)
    let cases = try documents(mapping).map { document in
      (document, try uses(mapping, document), try arrivals(mapping, document))
    }
    var named: Set<YAMLPosition> = []
    for row in definition.allRows {
      let dropped = Set(row.withInnerRows.map(\.position))
      guard definition.allRows.count > dropped.count else { continue }
      let poorer = try Mapping(definition.without(rowAt: row.position), codes: workbench.registry.codes)
      for (document, uses, arrived) in cases where uses.values.contains(where: { !$0.isDisjoint(with: dropped) }) {
        let expected = Set(uses.filter { $0.value.isSubset(of: dropped) }.map(\.key)).intersection(arrived)
        let newlyLost = arrived.subtracting(try arrivals(poorer, document))
        #expect(newlyLost == expected, "\(row.position) \(row.target) of \(document.name)")
        if !expected.isEmpty { named.insert(row.position) }
      }
    }
    // A row may share all it reads with others; if all did, the test would say nothing.
    #expect(!named.isEmpty)
    // No row is left out for want of a document that it reads something of.
    let reading = Set(cases.flatMap { $0.1.values }.flatMap(\.self))
    #expect(definition.allRows.filter { !reading.contains($0.position) && Self.reads($0) }.map(\.target.text) == [])
  }

  /// Whether the row reads a text of the source for sure: its expression is a path and nothing else.
  private static func reads(_ row: MappingRow) -> Bool {
    guard case .from(let expression) = row.content else { return false }
    return expression.text.allSatisfy { $0.isLetter || $0.isNumber || "/:_@-".contains($0) }
  }

  private func arrivals(_ mapping: Mapping, _ document: SourceDocument) throws -> Set<String> {
    Set(try workbench.loss(mapping, document).leaves.filter(\.fate.isInOutput).map(\.path))
  }
}
