package import Deadlines
package import ServiceKit

/// A procedure under way for one dossier: everything that decides what happens next.
///
/// It goes by the edition of its definition with which it began, to its end.
package struct ProcedureInstance: Sendable, Equatable {
  package let procedure: ProcedureVersion
  package let receivedAt: Timestamp
  package internal(set) var steps: [StepID: StepRecord]
  /// Results by name. They are of the citizen: not for logs.
  package internal(set) var results: [String: String] = [:]
  /// Nil while it is under way.
  package internal(set) var outcome: ProcedureOutcome?
  /// When the whole is due; nil without a time, and while its clock stands.
  package internal(set) var dueAt: Timestamp?
  package internal(set) var warnAt: Timestamp?
  /// The edition of the calendar by which that was counted last.
  package internal(set) var calendar: CalendarVersion?
  package internal(set) var isLate = false
  /// Whether somebody said that the dossier is accepted: whoever sent it, a step, or its beginning.
  package internal(set) var isAccepted = false
  /// Nil until somebody gives one.
  package internal(set) var appointment: Appointment?
  /// How far the whole was overdue when it ended.
  package internal(set) var overdue: Overdue?
  /// Whether somebody was told that it cannot make it.
  package internal(set) var isForecastLate = false
  /// When the clock of the whole stood: no step whose time belongs to it was being worked on.
  package internal(set) var pauses: [Pause] = []

  init(procedure: ProcedureVersion, receivedAt: Timestamp, steps: [StepID: StepRecord]) {
    self.procedure = procedure
    self.receivedAt = receivedAt
    self.steps = steps
  }

  package subscript(step: StepID) -> StepRecord { steps[step] ?? StepRecord() }

  /// When the clock must be looked at next; nil when nothing happens by itself.
  package var nextTimer: Timestamp? {
    guard outcome == nil else { return nil }
    let own = [warnAt, isLate ? nil : dueAt].compactMap { $0 }
    return (own + steps.values.flatMap(\.timers)).min()
  }
}
