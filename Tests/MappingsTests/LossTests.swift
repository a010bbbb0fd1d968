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
  }

  private func arrivals(_ mapping: Mapping, _ document: SourceDocument) throws -> Set<String> {
    Set(try workbench.loss(mapping, document).leaves.filter(\.fate.isInOutput).map(\.path))
  }

  @Test(
    "without a code row, the documents that need it are held, and the table and code are named", arguments: Shelf.tables
  )
  func droppedCode(label: String) throws {
    let mapping = try workbench.mapping(label)
    let definition = try #require(mapping.definition)
    let codes = workbench.registry.codes
    for document in try documents(mapping) {
      for record in try workbench.explain(mapping, document).explanation?.records(at: nil) ?? [] {
        for step in record.steps {
          guard case .code(let table, let direction, let row?) = step.step else { continue }
          guard case .hold = table.unmapped(direction) else { continue }
          let others = codes.names.filter { $0 != table.name }.compactMap { codes[$0] }
          let poorer = try Mapping(
            definition, codes: CodeTableRegistry(others + [table.without(rowAt: row.position)]))
          guard case .held(let reason) = try poorer.translate(document.tree, files: MemoryFileDesk()) else {
            Issue.record("\(document.name) is not held without \(row.position)")
            continue
          }
          // A code that does not look like one may be a citizen's text and is not repeated.
          #expect(
            reason.codes.contains {
              $0.table == table.name && $0.row == record.row && ($0.code ?? step.input) == step.input
            })
          #expect(try workbench.loss(poorer, document).outcome == "held \(table.name)")
        }
      }
    }
  }
}
