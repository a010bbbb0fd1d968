import DocumentKit
import Testing
import Translation
import Workbench

/// Every row of every code table is deleted, alone, under every mapping that asks the table: a document that says the code
/// is then held, and both the reason and the account of losses name table, code and leaf.
///
/// The document is an example of the mapping in which the leaf has been given the code.
@Suite("A row deleted from a shipped code table", .timeLimit(.minutes(10)))
struct DroppedCodeRowTests {
  private let workbench: Workbench
  init() throws { workbench = try Shelf.shared().workbench }

  /// One question: a row of a mapping asks a table for a code.
  private struct Question {
    let row: MappingRow
    let table: CodeTable
    let direction: CodeTable.Direction
    let codeRow: CodeTable.Row

    var code: String { direction == .in ? codeRow.foreign : codeRow.canonical }
    var description: String {
      (["\(row.target) \(table.name) \(direction) \(code)"] + codeRow.cells.compactMap(\.self)).joined(separator: " ")
    }
  }

  /// An example with the leaf that a row with a code table reads in it.
  private struct Place {
    let example: MappingExample
    let row: YAMLPosition
    let table: String
    let leaf: Provenance.Source
  }

  /// Codes that no example can be given so that only this row answers, and why.
  private static let unasked: [String: [String: String]] = [
    "dvclt.trang-thai--canonical/1": [
      "procedure/code dvclt-procedure in 1.006714 district": "the status of a step comes from communes only"
    ]
  ]

  /// Tables with rows that answer in a direction in which no mapping asks them, and why.
  private static let unused: [String: String] = [
    "agency-code out": "nobody is known to want the older code",
    "edxml-notation out": "asked by a stylesheet",
    "hotich-module in": "the document inside says what is registered",
    "vbdlis-status out": "the land registry is told nothing by a code of this list",
  ]

  @Test("holds the documents that say its code, and loss names the leaf", arguments: Shelf.tables)
  func tables(label: String) throws {
    let mapping = try workbench.mapping(label)
    let definition = try #require(mapping.definition)
    let places = try places(mapping)
    var unasked: [String] = []
    for question in questions(definition) {
      let candidates = places.filter { $0.row == question.row.position && $0.table == question.table.name }
      let isAsked = try candidates.contains { candidate in
        // Leaves of the same example that are read by the same table and say the code already stop the document too.
        let others = places.filter { place in
          place.example.name == candidate.example.name && place.table == candidate.table
            && place.leaf.text == question.code && place.leaf.path != candidate.leaf.path
        }
        return try isHeld(question, at: candidate, beside: others.map(\.leaf.path), mapping, definition)
      }
      if !isAsked { unasked.append(question.description) }
    }
    #expect(unasked.sorted() == Self.unasked[label, default: [:]].keys.sorted(), "\(label)")
  }

  @Test("every table is asked in every direction in which a row of it answers")
  func uses() throws {
    var used: Set<String> = []
    for mapping in workbench.registry.mappings {
      for (table, direction) in mapping.definition?.allRows.flatMap(\.tablesUsed) ?? [] {
        used.insert("\(table) \(direction)")
      }
    }
    let answered = workbench.registry.codes.names.compactMap { workbench.registry.codes[$0] }.flatMap { table in
      [CodeTable.Direction.in, .out].filter { direction in table.rows.contains { $0.applies(direction) } }
        .map { "\(table.name) \($0)" }
    }
    #expect(answered.filter { !used.contains($0) } == Self.unused.keys.sorted())
  }

  @Test("holds the documents of a stylesheet too")
  func stylesheets() throws {
    var asked: Set<String> = []
    for mapping in workbench.registry.mappings where mapping.definition == nil {
      let path = "\(workbench.mappingsFolder)/\(mapping.label)/transform.xsl"
      let text = String(
        decoding: try PackageFolder.root["Mappings"].read(mapping.label + "/transform.xsl"), as: UTF8.self)
      let codes = workbench.registry.codes
      for table in codes.names.compactMap({ codes[$0] }) where text.contains("'\(table.name)'") {
        for row in table.rows {
          let poorer = Mapping(
            try StylesheetMapping(contentsOf: path, codes: try Self.without(row, of: table, in: codes)))
          let isHeld = try workbench.examples(of: mapping, .example).contains { example in
            let document = try workbench.document(of: example, for: mapping)
            let before = try mapping.translate(document.tree, files: MemoryFileDesk())
            guard case .translated = before else { return false }
            guard case .held(let reason) = try poorer.translate(document.tree, files: MemoryFileDesk()) else {
              return false
            }
            return reason.codes.map(\.table) == [table.name]
          }
          #expect(isHeld, "\(mapping.label) without \(row.position)")
          asked.insert(table.name)
        }
      }
    }
    #expect(asked == ["edxml-notation"])
  }

  // MARK: Asking

  private func questions(_ definition: MappingDefinition) -> [Question] {
    definition.allRows.flatMap { row in
      row.tablesUsed.flatMap { name, direction -> [Question] in
        guard let table = workbench.registry.codes[name] else { return [] }
        return table.rows.filter { $0.applies(direction) }
          .map { Question(row: row, table: table, direction: direction, codeRow: $0) }
      }
    }
  }

  private func places(_ mapping: Mapping) throws -> [Place] {
    try workbench.examples(of: mapping, .example).flatMap { example -> [Place] in
      let document = try workbench.document(of: example, for: mapping)
      let records = try workbench.explain(mapping, document).explanation?.records(at: nil) ?? []
      return records.flatMap { record in
        record.steps.compactMap { step -> Place? in
          guard case .code(let table, _, _) = step.step else { return nil }
          guard let leaf = record.sources.first(where: { $0.text.contains(step.input) }) else { return nil }
          return Place(example: example, row: record.row, table: table.name, leaf: leaf)
        }
      }
    }
  }

  /// Whether the document that says the code is held without the row, and only without it.
  private func isHeld(
    _ question: Question, at place: Place, beside others: [String], _ mapping: Mapping, _ definition: MappingDefinition,
  ) throws -> Bool {
    let original = try workbench.document(of: place.example, for: mapping)
    let bytes = LeafText(original.bytes, line: place.leaf.line, column: place.leaf.column).replaced(by: question.code)
    let document = try SourceDocument(bytes, as: mapping.source.format, named: place.example.inputPath)
    guard try !asksInVain(question, mapping, document) else { return false }
    let codes = try Self.without(question.codeRow, of: question.table, in: workbench.registry.codes)
    let poorer = try Mapping(definition, codes: codes)
    guard try asksInVain(question, poorer, document) else { return false }
    let report = try workbench.loss(poorer, document)
    #expect(report.outcome == "held \(question.table.name)", "\(question.description)")
    let before = Set(try workbench.loss(mapping, document).leaves.filter(\.isStopped).map(\.path))
    let stopped = Set(report.leaves.filter(\.isStopped).map(\.path))
    #expect(stopped.subtracting(before) == Set(others + [place.leaf.path]), "\(question.description)")
    return true
  }

  /// Whether the document is held for this code of this row.
  private func asksInVain(_ question: Question, _ mapping: Mapping, _ document: SourceDocument) throws -> Bool {
    guard case .held(let reason) = try mapping.translate(document.tree, files: MemoryFileDesk()) else { return false }
    // A code that does not look like one may be a citizen's text and is not repeated.
    return reason.codes.contains {
      $0.table == question.table.name && $0.direction == question.direction && $0.row == question.row.position
        && ($0.code ?? question.code) == question.code
    }
  }

  private static func without(
    _ row: CodeTable.Row, of table: CodeTable, in codes: CodeTableRegistry,
  ) throws -> CodeTableRegistry {
    let others = codes.names.filter { $0 != table.name }.compactMap { codes[$0] }
    return try CodeTableRegistry(others + [table.without(rowAt: row.position)])
  }
}

extension LossReport.Leaf {
  fileprivate var isStopped: Bool { if case .stopped = fate { true } else { false } }
}
