import DocumentKit
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
