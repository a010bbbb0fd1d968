import ServiceKit

/// Goes over the days of an office, and remembers how many it has seen and which of them are in doubt.
struct DayWalk {
  let calendar: WorkCalendar
  let limits: DeadlineLimits
  private(set) var doubts: [Doubt] = []
  private var seen = 0

  init(calendar: WorkCalendar, limits: DeadlineLimits) {
    self.calendar = calendar
    self.limits = limits
  }

  mutating func look(_ day: CivilDay) throws(DeadlineError) -> WorkDay {
    seen += 1
    guard seen <= limits.days else {
      throw DeadlineError(
        .noWorkingDay,
        "no end was found within \(limits.days) days; look at the days off of \(calendar.holidays.version)")
    }
    if let doubt = calendar.holidays.doubt(about: day), !doubts.contains(doubt), doubts.count < limits.doubts {
      doubts.append(doubt)
    }
    return calendar.day(day)
  }

  /// The first moment from `moment` on at which the office works; the end of a session is outside it.
  mutating func opening(from moment: Timestamp) throws(DeadlineError) -> Timestamp {
    var day = CivilDay(moment, offset: .vietnam)
    while true {
      for session in try look(day).hours?.sessions ?? [] where moment < day.at(session.to, offset: .vietnam) {
        return max(moment, day.at(session.from, offset: .vietnam))
      }
      day = day + 1
    }
  }

  /// The end of so much working time; `step` is told the part of each session and the days that have none.
  mutating func end(
    of time: Duration, from moment: Timestamp, step: ((CountingStep) -> Void)? = nil
  ) throws(DeadlineError) -> Timestamp {
    guard time > .zero else { return moment }
    var (left, day) = (time, CivilDay(moment, offset: .vietnam))
    while true {
      let kind = try look(day)
      if kind.hours == nil { step?(.passedOver(day, kind)) }
      for session in kind.hours?.sessions ?? [] {
        let start = max(moment, day.at(session.from, offset: .vietnam))
        let room = day.at(session.to, offset: .vietnam) - start
        guard room > .zero else { continue }
        step?(.worked(day, session, min(left, room)))
        guard left > room else { return start + left }
        left -= room
      }
      day = day + 1
    }
  }

  /// The beginning of so much working time that ends at `end`.
  mutating func start(of time: Duration, before end: Timestamp) throws(DeadlineError) -> Timestamp {
    guard time > .zero else { return end }
    var (left, day) = (time, CivilDay(end, offset: .vietnam))
    while true {
      for session in try look(day).hours?.sessions.reversed() ?? [] {
        let stop = min(end, day.at(session.to, offset: .vietnam))
        let room = stop - day.at(session.from, offset: .vietnam)
        guard room > .zero else { continue }
        guard left > room else { return stop - left }
        left -= room
      }
      day = day - 1
    }
  }

  mutating func workingTime(from: Timestamp, to: Timestamp) throws(DeadlineError) -> Duration {
    var (sum, day) = (Duration.zero, CivilDay(from, offset: .vietnam))
    while day.at(.midnight, offset: .vietnam) < to {
      for session in try look(day).hours?.sessions ?? [] {
        let start = max(from, day.at(session.from, offset: .vietnam))
        sum += max(.zero, min(to, day.at(session.to, offset: .vietnam)) - start)
      }
      day = day + 1
    }
    return sum
  }
}
