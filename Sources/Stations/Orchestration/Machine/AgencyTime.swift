import Deadlines
package import ServiceKit

/// By which time an agency's work on a step passes: its office's, where the deadline is counted in working time, else the clock's on
/// the wall. Where a calendar does not reach, it is the wall's too.
package struct AgencyTime: Sendable {
  /// The same for steps that are measured alike; empty for the clock on the wall.
  package let name: String
  private let counter: DeadlineCounter?

  package static let wall = AgencyTime(name: "", counter: nil)

  init(name: String, counter: DeadlineCounter?) {
    self.name = name
    self.counter = counter
  }

  /// How much of it passes between two moments.
  package func passed(from start: Timestamp, to end: Timestamp) -> Duration {
    guard let counter, let worked = try? counter.workingTime(from: start, to: end) else {
      return max(.zero, end - start)
    }
    return worked
  }

  /// The moment at which so much of it has passed since another one.
  package func moment(_ time: Duration, after start: Timestamp) -> Timestamp {
    guard let counter, let end = try? counter.moment(time, after: start) else { return start + time }
    return end
  }

  /// The first moment from this one on at which it passes.
  package func opening(from moment: Timestamp) -> Timestamp { (try? counter?.opening(from: moment)) ?? moment }
}

extension ProcedureMachine {
  /// By which time the agency of a step works: that of the step's own deadline, or of the whole's.
  package func agencyTime(of step: StepID) -> AgencyTime {
    guard let allowed = definition[step]?.time ?? definition.time else { return .wall }
    switch allowed.term.unit {
    case .workingHours, .workingDays:
      return AgencyTime(name: "\(definition.calendar) \(allowed.office)", counter: clock.counter(allowed.office))
    case .days, .months: return .wall
    }
  }
}
