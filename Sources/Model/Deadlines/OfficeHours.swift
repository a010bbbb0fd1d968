package import ServiceKit

/// When an office works in an ordinary week.
///
/// The usual week of an administrative office is Monday to Friday; some take dossiers in on Saturday morning, which is no
/// working day of the law: hours run then, days are not counted.
package struct OfficeHours: Sendable, Equatable {
  package struct Day: Sendable, Equatable {
    /// In order, without overlap, at least one.
    package let sessions: [WorkSession]
    /// Whether it counts as a day where a term is in working days.
    package let isWorkingDay: Bool

    /// Nil when there are no sessions, or they overlap or are out of order.
    package init?(_ sessions: [WorkSession], isWorkingDay: Bool = true) {
      guard !sessions.isEmpty, zip(sessions, sessions.dropFirst()).allSatisfy({ $0.to <= $1.from }) else { return nil }
      self.sessions = sessions
      self.isWorkingDay = isWorkingDay
    }

    init(unchecked sessions: [WorkSession], isWorkingDay: Bool) {
      self.sessions = sessions
      self.isWorkingDay = isWorkingDay
    }
  }

  private let days: [Weekday: Day]

  /// Nil when no day of the week is a working day: nothing would ever be due.
  package init?(_ days: [Weekday: Day]) {
    guard days.values.contains(where: \.isWorkingDay) else { return nil }
    self.days = days
  }

  init(unchecked days: [Weekday: Day]) { self.days = days }

  package subscript(day: Weekday) -> Day? { days[day] }
}
