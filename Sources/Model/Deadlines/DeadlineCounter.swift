package import ServiceKit

/// Counts terms over the days of an office: receipt, rule and pauses in, deadline out. It knows no clock.
///
/// What an office does at the end of its hours and on days off is written at `Count`. All times are by Viet Nam's clock.
package struct DeadlineCounter: Sendable {
  package let calendar: WorkCalendar
  package let limits: DeadlineLimits

  package init(_ calendar: WorkCalendar, limits: DeadlineLimits = .standard) {
    self.calendar = calendar
    self.limits = limits
  }

  /// When `term` ends that began with the receipt of a dossier.
  ///
  /// - Parameters:
  ///   - pauses: in order, without overlap; one that begins when the time is already over changes nothing.
  ///   - step: is told how the count goes.
  package func deadline(
    of term: Term, from receivedAt: Timestamp, by rule: CountingRule = CountingRule(), pauses: [Pause] = [],
    step: ((CountingStep) -> Void)? = nil
  ) throws(DeadlineError) -> Deadline {
    try check(pauses)
    var count = Count(calendar: calendar, limits: limits, term: term, rule: rule, step: step)
    let beganAt = try count.begin(receivedAt)
    var dueAt: Timestamp? = try count.end()
    for pause in pauses {
      guard let due = dueAt, pause.from < due else { break }
      dueAt = try count.take(pause)
    }
    if let dueAt { step?(.due(dueAt)) }
    return Deadline(beganAt: beganAt, dueAt: dueAt, calendar: calendar.holidays.version, doubts: count.doubts)
  }

  /// The moment so much working time of the office before another one: when to warn of a deadline.
  package func moment(_ time: Duration, before end: Timestamp) throws(DeadlineError) -> Timestamp {
    var days = DayWalk(calendar: calendar, limits: limits)
    return try days.start(of: time, before: end)
  }

  /// The moment so much working time of the office after another one.
  package func moment(_ time: Duration, after start: Timestamp) throws(DeadlineError) -> Timestamp {
    var days = DayWalk(calendar: calendar, limits: limits)
    return try days.end(of: time, from: start)
  }

  /// How long the office works between two moments; nothing where the second is not after the first.
  package func workingTime(from start: Timestamp, to end: Timestamp) throws(DeadlineError) -> Duration {
    var days = DayWalk(calendar: calendar, limits: limits)
    return try days.workingTime(from: start, to: end)
  }

  /// The first moment from this one on at which the office works.
  package func opening(from moment: Timestamp) throws(DeadlineError) -> Timestamp {
    var days = DayWalk(calendar: calendar, limits: limits)
    return try days.opening(from: moment)
  }

  private func check(_ pauses: [Pause]) throws(DeadlineError) {
    guard pauses.count <= limits.pauses else {
      throw DeadlineError(.tooManyPauses, "more than \(limits.pauses) pauses; look whether they belong to one dossier")
    }
    for (pause, next) in zip(pauses, pauses.dropFirst()) {
      guard let until = pause.until, until <= next.from else {
        throw DeadlineError(.pausesOverlap, "a pause begins before that before it has ended; give them in order")
      }
    }
  }
}
