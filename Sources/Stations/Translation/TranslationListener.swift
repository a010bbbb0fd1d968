import DocumentKit
package import XMLKit

/// Hears every step of a translation: what explains a value, counts coverage or finds loss listens here.
///
/// Every row of every mapping is evaluated in one place, which calls the listener. The evaluation is specialised for
/// `SilentListener`, so that a translation nobody listens to pays nothing. Values heard here are documents' values:
/// a listener that keeps them answers for them.
package protocol TranslationListener {
  /// False lets the evaluation leave out work that only a listener needs.
  static var isListening: Bool { get }
  /// The row's `when` was false.
  mutating func didSkip(_ row: MappingRow, at context: XMLNode)
  /// The row's `each` found these nodes.
  mutating func didIterate(_ row: MappingRow, over nodes: [XMLNode], at context: XMLNode)
  /// The row read `text` from these nodes; there are none where the expression computed it.
  mutating func didRead(_ row: MappingRow, _ text: String, from nodes: [XMLNode], at context: XMLNode)
  /// A code was looked up; no row means the table's policy for unmapped codes applied.
  mutating func didLookUp(_ row: MappingRow, in table: CodeTable, _ codeRow: CodeTable.Row?)
  /// The row wrote `text`.
  mutating func didWrite(_ row: MappingRow, _ text: String)
  /// The row had nothing to write.
  mutating func didOmit(_ row: MappingRow)
}

/// The listener of translations that nobody listens to.
package struct SilentListener: TranslationListener {
  package static var isListening: Bool { false }
  package init() {}
  package mutating func didSkip(_: MappingRow, at _: XMLNode) {}
  package mutating func didIterate(_: MappingRow, over _: [XMLNode], at _: XMLNode) {}
  package mutating func didRead(_: MappingRow, _: String, from _: [XMLNode], at _: XMLNode) {}
  package mutating func didLookUp(_: MappingRow, in _: CodeTable, _: CodeTable.Row?) {}
  package mutating func didWrite(_: MappingRow, _: String) {}
  package mutating func didOmit(_: MappingRow) {}
}
