/// Why a list cannot be compared. It names lines and columns, and no values.
package struct ListError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// The file cannot be read, or a file for sorting not be written.
    case unreadable
    /// It is not what its format says.
    case malformed
    /// It has no column that a list must have.
    case missingColumn
    /// A row says something that cannot be read.
    case badRow
    /// It is longer than it may be.
    case tooLong
    /// Rows do not come in the order of their codes: a defect of who gives them.
    case unordered
    /// The ledger or the portal does not answer.
    case unavailable
  }

  package let code: Code
  /// One sentence with the remedy.
  package let message: String
  package let line: Int?
  package let cause: (any Error)?

  package init(_ code: Code, _ message: String, line: Int? = nil, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.line = line
    self.cause = cause
  }

  package var description: String { line.map { "line \($0): \(message)" } ?? message }
}
