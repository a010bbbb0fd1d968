import Testing

/// Which words and which codes a shipped table must know.
struct CodeTableDomain: Sendable, CustomTestStringConvertible {
  let table: String
  /// The type of the canonical words in canonical.xsd; nil where the canonical side is a code of its own.
  var words: String?
  /// Words that have no code on the other side; a document that says one is held.
  var wordsHeld: [String] = []
  /// Where the codes are enumerated, as file below `Schemas/` and JSON Pointer; nil if their list is not known.
  var codes: (file: String, pointer: String)?

  var testDescription: String { table }

  static let all = dvcqgA + dvcqgB + ocLGSP + vbdlis + ocPublish + hoTich + dvclt + edXML + btxh + shared
}
