/// A day of the week, in ISO 8601's order.
package enum Weekday: String, Sendable, CaseIterable, Comparable {
  case monday = "mon"
  case tuesday = "tue"
  case wednesday = "wed"
  case thursday = "thu"
  case friday = "fri"
  case saturday = "sat"
  case sunday = "sun"

  /// ISO 8601's number: Monday is 1.
  package var number: Int {
    switch self {
    case .monday: 1
    case .tuesday: 2
    case .wednesday: 3
    case .thursday: 4
    case .friday: 5
    case .saturday: 6
    case .sunday: 7
    }
  }

  package static func < (left: Weekday, right: Weekday) -> Bool { left.number < right.number }
}
