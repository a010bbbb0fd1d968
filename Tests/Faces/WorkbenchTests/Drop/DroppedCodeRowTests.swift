import DocumentKit
import Testing
import Translation

@testable import Workbench

/// Every row of every shipped code table is deleted, alone; the check must then name its code in every mapping whose source
/// can say it, and nothing else.
@Suite("A row deleted from a shipped code table, to the check", .timeLimit(.minutes(10)))
struct DroppedCodeRowTests {
  /// A row of a mapping that asks a table, with the codes its source can say.
  private struct Use {
    let label: String
    let target: String
    let table: String
    let direction: CodeTable.Direction
    /// Nil where the schema lists none.
    let codes: Set<String>?
  }

  /// What the check must say: which mapping, which row of it, which code.
  private struct Named: Hashable, Comparable, CustomStringConvertible {
    let label: String
    let target: String
    let code: String

    var description: String { "\(label) \(target) ‘\(code)’" }
    static func < (left: Named, right: Named) -> Bool { left.description < right.description }
  }

  /// Tables whose codes no schema lists, in that direction, so that no check can say that one is missing, and why.
  private static let unlisted: [String: String] = [
    "agency-code in": "agencies are founded and merged; their codes are texts",
    "agency-code out": "no mapping asks",
    "btxh-gender out": canonicalText,
    "dvclt-procedure in": procedures,
    "dvclt-procedure out": procedures,
    "edxml-notation in": "a notation is a text of its writer",
    "edxml-notation out": "asked by a stylesheet, whose expressions the check does not follow",
    "edxml-status in": "receivers take any code, and so does the schema",
    "hotich-module in": "no mapping asks",
    "hotich-procedure in": procedures,
    "oc-lgsp-applicant-kind in": partner,
    "oc-lgsp-return-method in": partner,
    "oc-lgsp-status in": partner,
    "oc-publish-applicant-kind in": partner,
    "oc-publish-return-method in": partner,
    "oc-publish-status in": partner,
    "vbdlis-end in": partner,
    "vbdlis-status in": partner,
    "vbdlis-status out": "no mapping asks",
  ]
  private static let canonicalText = "the canonical form takes every list's codes here"
  private static let procedures = "procedures are added and replaced every year"
  private static let partner = "the partner's schema says a type and no list"

  @Test("is named by its code wherever the source can say it, and nowhere else")
  func codeRow() throws {
    let workbench = try ShippedMappingsCheckTests.workbench.get()
    let codes = workbench.registry.codes
    let definitions = ShippedMappingsCheckTests.tables.compactMap(\.definition)
    let uses = try definitions.flatMap { try Self.uses($0, in: workbench) }
    var unlisted: Set<String> = []
    for table in codes.names.compactMap({ codes[$0] }) {
      let asking = uses.filter { $0.table == table.name }
      let users = definitions.filter { definition in asking.contains { $0.label == Self.label(definition) } }
      let before = Set(users.flatMap { Self.named($0, codes, workbench) })
      #expect(before.isEmpty, "\(table.name)")
      let others = codes.names.filter { $0 != table.name }.compactMap { codes[$0] }
      for row in table.rows {
        let poorer = try CodeTableRegistry(others + [table.without(rowAt: row.position)])
        let found = Set(users.flatMap { Self.named($0, poorer, workbench) })
        let wanted = Set(asking.compactMap { Self.wanted($0, row, of: table) })
        #expect(found.sorted() == wanted.sorted(), "without \(row.position)")
        for direction in [CodeTable.Direction.in, .out] where row.applies(direction) {
          let isNamed = asking.contains { $0.direction == direction && $0.codes != nil }
          if !isNamed { unlisted.insert("\(table.name) \(direction)") }
        }
      }
    }
    #expect(unlisted.sorted() == Self.unlisted.keys.sorted())
  }

  /// The code the check must name for one use, if the row is the only one that answers it.
  private static func wanted(_ use: Use, _ row: CodeTable.Row, of table: CodeTable) -> Named? {
    guard row.applies(use.direction), case .hold = table.unmapped(use.direction) else { return nil }
    let code = row.question(use.direction)
    guard use.codes?.contains(code) == true else { return nil }
    let isAnswered = table.rows.contains { other in
      other.position != row.position && other.applies(use.direction) && other.question(use.direction) == code
    }
    return isAnswered ? nil : Named(label: use.label, target: use.target, code: code)
  }

  private static func label(_ definition: MappingDefinition) -> String { "\(definition.name)/\(definition.version)" }

  /// The codes that the check of one mapping finds missing.
  private static func named(
    _ definition: MappingDefinition, _ codes: CodeTableRegistry, _ workbench: Workbench,
  ) -> [Named] {
    MappingChecker(codes: codes, shelf: workbench.shelf).check(definition).findings
      .filter { $0.rule == .codesNotTotal }
      .map { Named(label: label(definition), target: $0.path, code: $0.code ?? "") }
  }

  /// The rows with code tables, by the schemas alone.
  private static func uses(_ definition: MappingDefinition, in workbench: Workbench) throws -> [Use] {
    let root = MappingChecker(codes: workbench.registry.codes, shelf: workbench.shelf).check(definition).sourceRoot
    let places = try RowPlaces(definition, root: root ?? "", in: workbench)
    return places.entries.flatMap { entry in
      entry.row.tablesUsed.map { table, direction in
        let lists = entry.texts.map(\.listedTexts)
        let isListed = !lists.isEmpty && lists.allSatisfy { $0 != nil }
        let codes = Set(lists.compactMap(\.self).flatMap(\.self))
        return Use(
          label: label(definition), target: entry.row.target.text, table: table, direction: direction,
          codes: isListed ? codes.subtracting(withheld(entry, definition)) : nil)
      }
    }
  }

  /// Texts that the mapping leaves out on purpose: `status[. = 'interoperating']` below `ignore`.
  private static func withheld(_ entry: RowPlaces.Entry, _ definition: MappingDefinition) -> Set<String> {
    definition.ignored.reduce(into: []) { texts, ignored in
      let parts = ignored.from.text.split(separator: "[. = ", maxSplits: 1)
      guard parts.count == 2, entry.asked.contains(where: { $0.path == parts[0] }) else { return }
      texts.formUnion(parts[1].split(separator: "'").enumerated().filter { $0.offset % 2 == 0 }.map { String($1) })
    }
  }
}
