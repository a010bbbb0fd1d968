import DocumentKit
import XMLKit

/// One look into a code table, with what the row gives for its columns and its day; shared by reference, like the row.
final class CodeStep: Sendable {
  let table: CodeTable
  let direction: CodeTable.Direction
  /// One for each column of the table.
  let columns: [SourcePath]
  /// The moment whose day decides, in a dated table.
  let at: SourcePath?
  let atTime: TimeFormat

  init(table: CodeTable, direction: CodeTable.Direction, columns: [SourcePath], at: SourcePath?, atTime: TimeFormat) {
    self.table = table
    self.direction = direction
    self.columns = columns
    self.at = at
    self.atTime = atTime
  }

  /// Whether the code alone decides.
  var isPlain: Bool { columns.isEmpty && at == nil }

  /// The counterpart of a code, where the code alone decides and no dictionary has to be asked; nil also where there is none.
  func meaning(of code: String) -> String? {
    isPlain && table.dictionary == nil ? table.meaning(of: code, direction, cells: [], on: nil) : nil
  }
}
