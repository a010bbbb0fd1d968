import DocumentKit

/// A row ready to run: expressions compiled, tables looked up, and what it shares with its neighbour worked out.
struct CompiledRow: Sendable {
  enum Content: Sendable {
    case source(SourcePath)
    case constant(String)
    case group([CompiledRow])
  }

  enum Conversion: Sendable {
    case none
    case codes([(table: CodeTable, direction: CodeTable.Direction)])
    case time(in: TimeFormat, out: TimeFormat)
    case number(NumberFormat)
    case boolean(in: BooleanFormat, out: BooleanFormat)
  }

  let row: MappingRow
  /// Elements to be open, below the element of the group around, when the row writes; with its own element.
  let elements: [TargetName]
  /// How many of them the preceding row left open and this one goes on with.
  let sharedElements: Int
  let attribute: TargetName?
  let each: SourcePath?
  let when: SourcePath?
  let content: Content
  let conversion: Conversion
  let tag: NodeTag
  /// The same number for rows of one group that write the same place, of which only one may.
  var exclusivePlace: Int?
}
