import DocumentKit
package import Translation
import XMLKit

extension Workbench {
  /// What the examples and refusals of a mapping use of it.
  package func coverage(of mapping: Mapping) throws(WorkbenchError) -> CoverageReport {
    if let stylesheet = mapping.stylesheet { return try coverage(of: stylesheet, mapping) }
    let definition = try mapping.table()
    var listener = CoverageListener()
    var untranslated: [String] = []
    var roots: Set<String> = []
    let examples = examples(of: mapping, .example)
    for example in examples {
      let document = try document(of: example, for: mapping)
      roots.insert(document.tree.root.localName)
      let outcome = try mapping.outcome(of: document, listener: &listener)
      guard case .translated = outcome else {
        untranslated.append(example.name)
        continue
      }
    }
    for example in self.examples(of: mapping, .refusal) {
      _ = try mapping.outcome(of: try document(of: example, for: mapping), listener: &listener)
    }
    let rows = definition.allRows
    var items = rows.filter { !$0.isGroup }.map { listener.item(of: $0) }
    items += rows.flatMap { listener.branches(of: $0) }
    items += codeItems(of: rows.flatMap(\.tablesUsed), used: listener.codes)
    items += try leafItems(
      .sourceLeaves, mapping.source.schema, roots: roots, listener.sourceRead)
    items += try leafItems(
      .targetLeaves, mapping.target.schema, roots: [definition.target.root.local], listener.targetWritten)
    return CoverageReport(
      mapping: mapping.label, documents: examples.count, items: items, untranslated: untranslated)
  }

  /// Every leaf that documents with these root elements can have by the schema.
  func leafItems(
    _ subject: CoverageReport.Subject, _ schema: String, roots: Set<String>, _ used: Set<String>,
  ) throws(WorkbenchError) -> [CoverageReport.Item] {
    do throws(SchemaShapeError) {
      let shape = try SchemaShape(contentsOf: schemasFolder + "/" + schema)
      let leaves = roots.sorted().compactMap(shape.root(named:)).flatMap(shape.leaves(of:))
      return leaves.map { CoverageReport.Item(subject, at: nil, $0.path, isCovered: used.contains($0.path)) }
    } catch {
      throw WorkbenchError(.schema, error.description)
    }
  }

  /// The rows of these tables in these directions.
  func codeItems(
    of tables: [(name: String, direction: CodeTable.Direction)], used: Set<CoverageListener.CodeUse>,
  ) -> [CoverageReport.Item] {
    var seen: Set<String> = []
    var items: [CoverageReport.Item] = []
    for (name, direction) in tables where seen.insert("\(name) \(direction)").inserted {
      guard let table = registry.codes[name] else { continue }
      for row in table.rows where row.applies(direction) {
        let isInward = direction == .in
        let title = "\(name): \(isInward ? row.foreign : row.canonical) → \(isInward ? row.canonical : row.foreign)"
        let use = CoverageListener.CodeUse(row: row.position, direction: direction)
        items.append(
          CoverageReport.Item(.codes, at: row.position, title, isCovered: used.contains(use)))
      }
    }
    return items
  }
}

extension MappingRow {
  /// The tables the row looks up in, each with its direction.
  package var tablesUsed: [(name: String, direction: CodeTable.Direction)] {
    guard case .codes(let inward, let outward) = conversion else { return [] }
    return [(inward, CodeTable.Direction.in), (outward, .out)].compactMap { table, direction in
      table.map { ($0.name, direction) }
    }
  }
}

extension CoverageListener {
  fileprivate func item(of row: MappingRow) -> CoverageReport.Item {
    CoverageReport.Item(
      .rows, at: row.position, row.target.text, isCovered: rows[row.position, default: RowCount()].written > 0)
  }

  fileprivate func branches(of row: MappingRow) -> [CoverageReport.Item] {
    let count = rows[row.position, default: RowCount()]
    var items: [CoverageReport.Item] = []
    func add(_ title: String, _ times: Int) {
      items.append(
        CoverageReport.Item(.branches, at: row.position, "\(row.target.text): \(title)", isCovered: times > 0))
    }
    if row.when != nil {
      add("when is true", count.whenTrue)
      add("when is false", count.whenFalse)
    }
    if row.each != nil {
      add("each finds none", count.eachNone)
      add("each finds one", count.eachOne)
      add("each finds several", count.eachMany)
    }
    if row.substitute != nil {
      add("default used", count.defaulted)
      add("default not used", count.notDefaulted)
    }
    return items
  }
}
