package import DocumentKit

/// Why a translation could not be carried out at all; what is wrong with the document itself is an outcome, not this.
package struct TranslationError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable, CaseIterable {
    /// The document is JSON and the mapping reads XML, or the other way round.
    case wrongFormat
    /// An expression failed while it was evaluated, usually by its operation limit.
    case expression
    /// The output is larger than `TranslationLimits.outputNodes`.
    case outputLimit
    /// More documents inside strings than `TranslationLimits.nestedDocuments`.
    case nestedLimit
    /// A row writes files and the translation has no file desk, or the desk failed.
    case files
    /// The target tree cannot take what a row or the stylesheet writes.
    case output
    /// The stylesheet failed.
    case stylesheet
  }

  package let code: Code
  /// One sentence with the remedy.
  package let message: String
  /// The place of the row in its mapping, where one row is to blame.
  package let row: YAMLPosition?
  /// The kit error underneath, if there is one.
  package let cause: (any Error)?

  package init(_ code: Code, _ message: String, row: YAMLPosition? = nil, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.row = row
    self.cause = cause
  }

  package var description: String {
    (row.map { "\($0): " } ?? "") + message
  }
}
