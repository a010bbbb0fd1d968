package import ServiceKit

/// One step of the count of a deadline, for who wants to see how it came about.
package enum CountingStep: Sendable, Equatable {
  package enum Begin: String, Sendable, CaseIterable {
    case inSession
    case beforeOpening
    case betweenSessions
    case afterClosing
    case closedDay
    /// Received at or after the time of day from which a receipt is one of the next working day.
    case afterCutOff
  }

  /// The office's time begins.
  case begins(Timestamp, Begin)
  /// The day of receipt, which is not counted.
  case firstDay(CivilDay)
  /// A day that is counted, the so-many-th; of a term in months its last day, with the number of months.
  case counted(CivilDay, Int, WorkDay)
  /// A day that is passed over.
  case passedOver(CivilDay, WorkDay)
  /// Working time of one session of a day.
  case worked(CivilDay, WorkSession, Duration)
  /// The last day is none to work, so the deadline is on a later one.
  case moved(from: CivilDay, to: CivilDay)
  /// A pause that moved the deadline, by as much of the term's unit (hours as a duration).
  case extended(Pause, by: Extension)
  /// A pause after which the whole time begins anew.
  case restarted(Pause)
  /// A pause that lasts.
  case paused(since: Timestamp)
  case due(Timestamp)

  package enum Extension: Sendable, Equatable {
    case workingTime(Duration)
    case workingDays(Int)
    case days(Int)
  }
}
