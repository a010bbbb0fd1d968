import DocumentKit
import XMLKit

/// A row ready to run: expressions compiled, tables looked up, and what it shares with its neighbour worked out.
///
/// It is a class so that evaluating it passes one reference along and copies none of its parts.
final class CompiledRow: Sendable {
  enum Content: Sendable {
    case source(SourcePath)
    case constant(String)
    case group(CompiledRows)
    indirect case document(NestedTarget, CompiledRows)
  }

  /// How the row comes to the document inside a string.
  struct Parse: Sendable {
    let from: SourcePath
    let nested: NestedSource
  }

  /// How a text is read and how it is written; shared by reference, like the row itself.
  final class FormatPair<Format: Sendable>: Sendable {
    let inward: Format
    let outward: Format

    init(in inward: Format, out outward: Format) {
      self.inward = inward
      self.outward = outward
    }
  }

  enum Conversion: Sendable {
    case none
    case codes([CodeStep])
    case time(FormatPair<TimeFormat>)
    case number(NumberFormat)
    case boolean(FormatPair<BooleanFormat>)
    case base64(Base64Step)
    case part(NamePart)
    case file(FileForm)
  }

  let row: MappingRow
  /// Elements to be open, below the element of the group around, when the row writes; with its own element.
  let elements: [WrittenName]
  /// The element the row makes for its text, group or list; nil where it writes an attribute or the text around it.
  let own: WrittenName?
  /// Whether the last of `elements` is the row's own, made for its text.
  let isElementLeaf: Bool
  /// How many of them the preceding row left open and this one goes on with.
  let sharedElements: Int
  let attribute: TargetName?
  let each: SourcePath?
  let groupBy: SourcePath?
  let parse: Parse?
  let when: SourcePath?
  let content: Content
  let conversion: Conversion
  let tag: NodeTag
  /// The same number for rows of one group that write the same place, of which only one may.
  let exclusivePlace: Int?
  /// What the row reads, where that is one expression. Kept alive by `content`, and what follows by `each` and `when`;
  /// see `Unmanaged.lend` for why none of them is retained.
  let read: Unmanaged<SourcePath>?
  /// The same where the row writes it byte for byte: the text then never becomes a `String`.
  let copied: Unmanaged<SourcePath>?
  /// `when`.
  let condition: Unmanaged<SourcePath>?

  init(
    row: MappingRow, elements: [TargetName], names: XMLNames, sharedElements: Int, attribute: TargetName?,
    each: SourcePath?, groupBy: SourcePath?, parse: Parse?, when: SourcePath?, content: Content,
    conversion: Conversion, tag: NodeTag, exclusivePlace: Int?,
  ) {
    self.row = row
    // `row.target` and its neighbours' targets own the names: rows of one mapping live and die together.
    self.elements = elements.map { WrittenName(borrowing: $0, from: names) }
    if case .element(let name) = row.target.last {
      own = WrittenName(borrowing: name, from: names)
      isElementLeaf = !row.repeats
    } else {
      own = nil
      isElementLeaf = false
    }
    self.sharedElements = sharedElements
    self.attribute = attribute
    self.each = each
    self.groupBy = groupBy
    self.parse = parse
    self.when = when
    self.content = content
    self.conversion = conversion
    self.tag = tag
    self.exclusivePlace = exclusivePlace
    condition = when.map { Unmanaged.passUnretained($0) }
    var (read, copied) = (Unmanaged<SourcePath>?.none, Unmanaged<SourcePath>?.none)
    if case .source(let source) = content {
      read = Unmanaged.passUnretained(source)
      if source.compiled.isPath, case .none = conversion,
        row.cut == nil, row.pattern == nil, row.type == .string, attribute == nil, each == nil
      {
        copied = read
      }
    }
    (self.read, self.copied) = (read, copied)
  }

  /// What the row reads: its value, or else the nodes it is repeated for.
  var source: SourcePath? {
    guard case .source(let path) = content else { return parse?.from ?? each }
    return path
  }
}
