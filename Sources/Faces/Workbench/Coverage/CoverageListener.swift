import DocumentKit
import Translation
import XMLKit

/// Counts what the rows of one mapping do, over any number of documents.
struct CoverageListener: TranslationListener {
  /// What one row did so far.
  struct RowCount {
    var written = 0
    var whenTrue = 0
    var whenFalse = 0
    /// How often `each` found none, one, several.
    var eachNone = 0
    var eachOne = 0
    var eachMany = 0
    var defaulted = 0
    var notDefaulted = 0
  }

  /// A row of a code table in one direction.
  struct CodeUse: Hashable {
    let row: YAMLPosition
    let direction: CodeTable.Direction
  }

  private(set) var rows: [YAMLPosition: RowCount] = [:]
  private(set) var codes: Set<CodeUse> = []
  /// Paths by names below the root.
  private(set) var sourceRead: Set<String> = []
  private(set) var targetWritten: Set<String> = []
  private var isDefaulted = false

  mutating func didTest(_ row: MappingRow, _ isTrue: Bool, reading _: SourceReading, at _: XMLNode) {
    if isTrue {
      rows[row.position, default: RowCount()].whenTrue += 1
    } else {
      rows[row.position, default: RowCount()].whenFalse += 1
    }
  }

  mutating func didIterate(_ row: MappingRow, reading: SourceReading, at _: XMLNode) {
    switch reading.used.count {
    case 0: rows[row.position, default: RowCount()].eachNone += 1
    case 1: rows[row.position, default: RowCount()].eachOne += 1
    default: rows[row.position, default: RowCount()].eachMany += 1
    }
  }

  mutating func didRead(_: MappingRow, _: String, reading: SourceReading, at _: XMLNode) {
    isDefaulted = false
    for leaf in reading.used.flatMap(\.leaves) { sourceRead.insert(leaf.steps.joined(separator: "/")) }
  }

  mutating func didLookUp(
    _: MappingRow, _: String, in _: CodeTable, _ direction: CodeTable.Direction, _ codeRow: CodeTable.Row?,
  ) {
    if let codeRow { codes.insert(CodeUse(row: codeRow.position, direction: direction)) }
  }

  mutating func didConvert(_: MappingRow, _ step: ConversionStep, _: String, to _: String) {
    if case .substitute = step { isDefaulted = true }
  }

  mutating func didWrite(_ row: MappingRow, _: String, at place: TargetPlace) {
    let steps = place.steps.map(\.name.local) + (place.attribute.map { ["@" + $0.local] } ?? [])
    targetWritten.insert(steps.joined(separator: "/"))
    rows[row.position, default: RowCount()].written += 1
    guard row.substitute != nil else { return }
    if isDefaulted {
      rows[row.position, default: RowCount()].defaulted += 1
    } else {
      rows[row.position, default: RowCount()].notDefaulted += 1
    }
  }
}
