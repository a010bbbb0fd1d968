import DocumentKit
import Translation

/// Remembers which rows wrote something.
struct CoverageListener: TranslationListener {
  var written: Set<String> = []

  /// The place of a row is its name: no two rows of a mapping begin at one place.
  static func name(of row: MappingRow) -> String { "\(row.target) in line \(row.position.line):\(row.position.column)" }

  mutating func didWrite(_ row: MappingRow, _: String, at _: TargetPlace) { written.insert(Self.name(of: row)) }
}
