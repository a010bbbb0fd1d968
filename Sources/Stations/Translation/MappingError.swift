package import DocumentKit

/// One mistake in a mapping or a code table: where it is, what is wrong and what to write instead.
package struct MappingError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable, CaseIterable {
    /// The file is no YAML, lacks a key, has an unknown key, or a key holds the wrong kind of value.
    case file
    /// The name or version in the file is not that of its folder.
    case name
    /// Keys of one row contradict each other.
    case row
    /// `to` is no path of element names, or the target cannot take what the row writes.
    case target
    /// `from`, `each` or `when` is no XPath 1.0 expression, or names an undeclared prefix.
    case expression
    /// `time`, `number` or `boolean` is not one of the known formats.
    case format
    /// A code table is missing, or its rows contradict each other.
    case codes
    /// The stylesheet does not compile.
    case stylesheet
    /// More rows, tables or nesting than `TranslationLimits` allows.
    case limit
  }

  package let code: Code
  package let position: YAMLPosition
  /// One sentence without its full stop.
  package let message: Sentence
  /// What to write instead; empty where the message says all.
  package let remedy: Sentence
  /// The kit error underneath, if there is one.
  package let cause: (any Error)?

  package init(
    _ code: Code, at position: YAMLPosition, _ message: Sentence, remedy: Sentence = .none, cause: (any Error)? = nil,
  ) {
    self.code = code
    self.position = position
    self.message = message
    self.remedy = remedy
    self.cause = cause
  }

  package init(_ error: YAMLError) {
    self.init(.file, at: error.position, error.message, remedy: error.remedy, cause: error)
  }

  /// `file:line:column: sentence (remedy)`.
  package func line(in language: Language) -> String { "\(position): " + message.text(in: language, remedy: remedy) }

  package var description: String { line(in: .english) }
}
