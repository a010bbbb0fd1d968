import DocumentKit

extension String {
  /// The text with spaces up to a width in characters; a longer text stays whole and gets one space.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}

extension Sentence {
  /// The head of a column.
  func padded(to width: Int, in language: Language) -> String { text(in: language).padded(to: width) }
}
