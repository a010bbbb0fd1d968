package import DocumentKit
package import XMLKit

/// Hears every step of a translation: what explains a value, counts coverage or finds loss listens here.
///
/// Every row of every mapping is evaluated in one place, which calls the listener. The evaluation is specialised for
/// `SilentListener`, so that a translation nobody listens to pays nothing. Values heard here are documents' values:
/// a listener that keeps them answers for them. A listener implements what it wants to hear.
package protocol TranslationListener {
  /// False lets the evaluation leave out work that only a listener needs.
  static var isListening: Bool { get }
  /// The row's `when` was evaluated.
  mutating func didTest(_ row: MappingRow, _ isTrue: Bool, reading: SourceReading, at context: XMLNode)
  /// The row's `when` was false; `unread` are the nodes that it, or the rows in it, would have read.
  mutating func didSkip(_ row: MappingRow, unread: [XMLNode], at context: XMLNode)
  /// The row's `each` found the nodes that `reading` calls used.
  mutating func didIterate(_ row: MappingRow, reading: SourceReading, at context: XMLNode)
  /// The row read `text`; nothing is used where the expression computes it from no node at all.
  mutating func didRead(_ row: MappingRow, _ text: String, reading: SourceReading, at context: XMLNode)
  /// The row read a column of a code table, or the day that decides between its rows.
  mutating func didAsk(_ row: MappingRow, reading: SourceReading, at context: XMLNode)
  /// A code was looked up; no row means the table's policy for unmapped codes applied.
  mutating func didLookUp(
    _ row: MappingRow, _ code: String, in table: CodeTable, _ direction: CodeTable.Direction, _ codeRow: CodeTable.Row?)
  /// The text went through one step of the row's conversion and changed, or could have.
  mutating func didConvert(_ row: MappingRow, _ step: ConversionStep, _ text: String, to result: String)
  /// The row wrote `text`, which is what the document now holds at `place`.
  mutating func didWrite(_ row: MappingRow, _ text: String, at place: TargetPlace)
  /// The row wrote the element of a group although nothing stands in it (`empty: keep`).
  mutating func didOpen(_ row: MappingRow, at place: TargetPlace)
  /// The row wrote an empty JSON list of this name into the element at `place`.
  mutating func didWriteEmptyList(_ row: MappingRow, _ name: TargetName, at place: TargetPlace)
  /// The row had nothing to write.
  mutating func didOmit(_ row: MappingRow, at context: XMLNode)
  /// The row put nodes of its `each` together; what is heard until the next call is about these.
  mutating func didGroup(_ row: MappingRow, _ nodes: [XMLNode], at context: XMLNode)
  /// The row parsed the text it read as a document; until `didLeave` nodes are nodes of `tree`.
  mutating func didParse(_ row: MappingRow, _ tree: DocumentTree, reading: SourceReading, at context: XMLNode)
  mutating func didLeave(_ row: MappingRow)
  /// The row begins a document of its own; until `didEndDocument` places are places in it.
  mutating func didBeginDocument(_ row: MappingRow, at context: XMLNode)
  /// The document is complete; its text is written next, or, if nothing was written into it, left out.
  mutating func didEndDocument(_ row: MappingRow, _ tree: DocumentTree)
}

extension TranslationListener {
  package static var isListening: Bool { true }
  package mutating func didTest(_: MappingRow, _: Bool, reading _: SourceReading, at _: XMLNode) {}
  package mutating func didSkip(_: MappingRow, unread _: [XMLNode], at _: XMLNode) {}
  package mutating func didIterate(_: MappingRow, reading _: SourceReading, at _: XMLNode) {}
  package mutating func didRead(_: MappingRow, _: String, reading _: SourceReading, at _: XMLNode) {}
  package mutating func didAsk(_: MappingRow, reading _: SourceReading, at _: XMLNode) {}
  package mutating func didLookUp(
    _: MappingRow, _: String, in _: CodeTable, _: CodeTable.Direction, _: CodeTable.Row?,
  ) {}
  package mutating func didConvert(_: MappingRow, _: ConversionStep, _: String, to _: String) {}
  package mutating func didWrite(_: MappingRow, _: String, at _: TargetPlace) {}
  package mutating func didOpen(_: MappingRow, at _: TargetPlace) {}
  package mutating func didWriteEmptyList(_: MappingRow, _: TargetName, at _: TargetPlace) {}
  package mutating func didOmit(_: MappingRow, at _: XMLNode) {}
  package mutating func didGroup(_: MappingRow, _: [XMLNode], at _: XMLNode) {}
  package mutating func didParse(_: MappingRow, _: DocumentTree, reading _: SourceReading, at _: XMLNode) {}
  package mutating func didLeave(_: MappingRow) {}
  package mutating func didBeginDocument(_: MappingRow, at _: XMLNode) {}
  package mutating func didEndDocument(_: MappingRow, _: DocumentTree) {}
}

/// The listener of translations that nobody listens to.
package struct SilentListener: TranslationListener {
  package static var isListening: Bool { false }
  package init() {}
}
