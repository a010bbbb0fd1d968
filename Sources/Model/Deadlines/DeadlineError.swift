/// Why no deadline could be computed.
package struct DeadlineError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: String, Sendable, CaseIterable {
    /// More days were looked at than `DeadlineLimits.days`: the calendar leaves no day to work.
    case noWorkingDay
    /// Two pauses overlap, one begins before that before it ends, or one follows a pause that still lasts.
    case pausesOverlap
    case tooManyPauses
  }

  package let code: Code
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
