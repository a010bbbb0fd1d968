import DocumentKit
import Translation
import XMLKit

/// Remembers every step of one translation, in order: what explaining and finding loss look things up in.
///
/// It holds nodes of the document and so its values; it lives as long as the question that is answered.
struct TranslationTrace: TranslationListener {
  /// One change of a text on its way.
  struct Step {
    let step: ConversionStep
    let input: String
    let output: String
  }

  /// One reading of a row, and what came of it.
  struct Read {
    enum End {
      /// Held or refused at this row.
      case stopped
      case omitted
      case written
      /// The text was a document, which other rows read.
      case opened
    }

    let row: MappingRow
    let text: String
    let reading: SourceReading
    /// The document it was read from, by its number in `documents`.
    let document: Int
    /// Nodes that were asked beside, such as those of a code table's columns.
    var asked: [XMLNode] = []
    var steps: [Step] = []
    var end = End.stopped
  }

  /// The message itself, or a document inside a string.
  struct Document {
    let tree: DocumentTree
    /// The node that holds the text of the document, and the document it is in; nil for the message.
    let holder: (node: XMLNode, document: Int)?
    /// Source paths of it that its row ignores with a reason.
    let ignored: [MappingDefinition.Ignored]
    let namespaces: [String: String]
  }

  /// One thing that now stands in the target.
  struct Write {
    enum Content {
      case text(String)
      /// The element of a group, kept although empty.
      case element
      case emptyList(TargetName)
      /// The text of a document that the rows inside wrote.
      case document(NestedTarget, DocumentTree, [Write])
    }

    let row: MappingRow
    let place: TargetPlace
    let content: Content
    /// The reading it came from, by its number in `reads`; nil for constants and structure.
    let read: Int?
  }

  /// A document being built inside the target, with what was written around it until then.
  private struct Building {
    let row: MappingRow
    let writesAround: [Write]
  }

  struct Test {
    let row: MappingRow
    let isTrue: Bool
    let reading: SourceReading
  }

  private(set) var reads: [Read] = []
  private(set) var writes: [Write] = []
  private(set) var tests: [Test] = []
  private(set) var skips: [(row: MappingRow, unread: [XMLNode])] = []
  private(set) var iterations: [(row: MappingRow, reading: SourceReading)] = []
  /// Nodes put together by `groupBy`; rows read the first one, unless they ask for all.
  private(set) var groups: [(row: MappingRow, nodes: [XMLNode])] = []
  private(set) var documents: [Document]
  /// Documents inside strings that are being read, the innermost last.
  private var open = [0]
  private var building: [Building] = []
  /// The document that is complete, and whose text its row writes next.
  private var built: (row: YAMLPosition, tree: DocumentTree, writes: [Write])?
  /// The reading that the row being evaluated has begun; a constant has none.
  private var current: Int?

  init(of tree: DocumentTree, _ definition: MappingDefinition) {
    documents = [
      Document(tree: tree, holder: nil, ignored: definition.ignored, namespaces: definition.source.namespaces)
    ]
  }

  mutating func didTest(_ row: MappingRow, _ isTrue: Bool, reading: SourceReading, at _: XMLNode) {
    tests.append(Test(row: row, isTrue: isTrue, reading: reading))
  }

  mutating func didSkip(_ row: MappingRow, unread: [XMLNode], at _: XMLNode) {
    skips.append((row, unread))
  }

  mutating func didIterate(_ row: MappingRow, reading: SourceReading, at _: XMLNode) {
    iterations.append((row, reading))
  }

  mutating func didRead(_ row: MappingRow, _ text: String, reading: SourceReading, at _: XMLNode) {
    current = reads.count
    reads.append(Read(row: row, text: text, reading: reading, document: open.last ?? 0))
  }

  mutating func didAsk(_ row: MappingRow, reading: SourceReading, at _: XMLNode) {
    guard let current = self.reading(of: row) else { return }
    reads[current].asked += reading.used + reading.tested
  }

  mutating func didConvert(_ row: MappingRow, _ step: ConversionStep, _ text: String, to result: String) {
    guard let current = reading(of: row) else { return }
    reads[current].steps.append(Step(step: step, input: text, output: result))
  }

  mutating func didWrite(_ row: MappingRow, _ text: String, at place: TargetPlace) {
    let read = reading(of: row)
    if let read { reads[read].end = .written }
    var content = Write.Content.text(text)
    if let built, built.row == row.position, case .document(let target, _) = row.content {
      content = .document(target, built.tree, built.writes)
    }
    writes.append(Write(row: row, place: place, content: content, read: read))
    current = nil
    built = nil
  }

  mutating func didGroup(_ row: MappingRow, _ nodes: [XMLNode], at _: XMLNode) {
    groups.append((row, nodes))
  }

  // MARK: Documents inside strings

  mutating func didParse(_ row: MappingRow, _ tree: DocumentTree, reading: SourceReading, at context: XMLNode) {
    if let current { reads[current].end = .opened }
    current = nil
    documents.append(
      Document(
        tree: tree, holder: (reading.used.first ?? context, open.last ?? 0), ignored: row.parse?.ignored ?? [],
        namespaces: row.parse?.source.namespaces ?? [:]))
    open.append(documents.count - 1)
  }

  mutating func didLeave(_: MappingRow) { open.removeLast() }

  mutating func didBeginDocument(_ row: MappingRow, at _: XMLNode) {
    building.append(Building(row: row, writesAround: writes))
    writes = []
  }

  mutating func didEndDocument(_ row: MappingRow, _ tree: DocumentTree) {
    guard let outer = building.popLast() else { return }
    built = (row.position, tree, writes)
    writes = outer.writesAround
    current = nil
  }

  mutating func didOpen(_ row: MappingRow, at place: TargetPlace) {
    writes.append(Write(row: row, place: place, content: .element, read: nil))
  }

  mutating func didWriteEmptyList(_ row: MappingRow, _ name: TargetName, at place: TargetPlace) {
    writes.append(Write(row: row, place: place, content: .emptyList(name), read: nil))
  }

  mutating func didOmit(_ row: MappingRow, at _: XMLNode) {
    guard let read = reading(of: row) else { return }
    reads[read].end = .omitted
    current = nil
  }

  private func reading(of row: MappingRow) -> Int? {
    current.flatMap { reads[$0].row.position == row.position ? $0 : nil }
  }
}
