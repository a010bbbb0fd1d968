/// Says why a text is no moment in time; it names the expected form and never repeats the text.
package struct TimestampError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// The text does not have the form of RFC 3339.
    case malformed
    /// The form is right and there is no such date or time of day.
    case noSuchTime
    /// No offset from UTC is written and none may be assumed.
    case offsetMissing
    /// The moment lies outside the years 1 to 9999.
    case outOfRange
  }

  package let code: Code
  /// The byte (from 0) at which the text stops being right.
  package let offset: Int
  package let message: String

  init(_ code: Code, at offset: Int, _ message: String) {
    self.code = code
    self.offset = offset
    self.message = message
  }

  package var description: String { "\(message) (at byte \(offset))" }
}
