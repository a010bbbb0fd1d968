package import Deadlines
import ServiceKit

/// Counts deadlines by the hours of the offices that a definition names.
package struct ProcedureClock: Sendable {
  /// By the name of the office.
  private let counters: [String: DeadlineCounter]

  /// The counters for a definition; nil when its calendar or an office of it is not known.
  package init?(_ definition: ProcedureDefinition, calendars: CalendarCatalogue) {
    guard let holidays = calendars.calendar(definition.calendar) else { return nil }
    var counters: [String: DeadlineCounter] = [:]
    for office in definition.offices {
      guard let hours = calendars.offices[office] else { return nil }
      counters[office] = DeadlineCounter(WorkCalendar(office: hours, holidays: holidays))
    }
    self.counters = counters
  }

  func counter(_ office: String) -> DeadlineCounter {
    guard let counter = counters[office] else { preconditionFailure("a definition is checked before it is used") }
    return counter
  }
}

extension ProcedureDefinition {
  /// Names of the offices by whose hours something of it is counted.
  package var offices: Set<String> {
    Set(([time] + steps.map(\.time) + steps.flatMap(\.supplements)).compactMap { $0?.office })
  }
}
