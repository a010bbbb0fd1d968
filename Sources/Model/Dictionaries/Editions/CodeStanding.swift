package import ServiceKit

/// What a dictionary says of a code on a day.
package enum CodeStanding: Sendable, Equatable {
  case valid
  /// It is not in the dictionary and never was.
  case unknown
  /// It holds from this day on.
  case begins(CivilDay)
  /// This was its last day.
  case ended(CivilDay)
}
