package import ServiceKit

/// Why a deadline may still change: a day that it was counted over, and what is not known about it.
package struct Doubt: Sendable, Hashable, CustomStringConvertible {
  package enum Reason: Sendable, Hashable {
    /// The calendar ends before the day, or begins after it: only the week is known.
    case notCovered(CalendarVersion)
    /// It is not announced yet whether the day is off; the text is the calendar's.
    case undecided(String)
  }

  package let day: CivilDay
  package let reason: Reason

  package init(day: CivilDay, reason: Reason) {
    self.day = day
    self.reason = reason
  }

  package var description: String {
    switch reason {
    case .notCovered(let version): "calendar \(version) says nothing about \(day)"
    case .undecided(let note): "\(day) is not decided: \(note)"
    }
  }
}
