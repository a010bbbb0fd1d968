import ServiceKit

/// One count of a term, from its beginning over its pauses.
///
/// A receipt outside the hours of the office is one of its next session. Days are counted from the day on which the
/// office's time begins; months end on the day of the same number, or on the last of a shorter month; an end on a day that
/// is none to work is moved to the next working day (Civil Code 2015, articles 147 and 148, as the domain pages have them).
struct Count {
  let term: Term
  let rule: CountingRule
  let step: ((CountingStep) -> Void)?
  private var days: DayWalk
  private var beganAt = Timestamp.epoch
  /// The end as it is counted, before it is moved to a working day.
  private var lastDay = CivilDay.first
  private var dueAt = Timestamp.epoch

  init(
    calendar: WorkCalendar, limits: DeadlineLimits, term: Term, rule: CountingRule, step: ((CountingStep) -> Void)?
  ) {
    self.term = term
    self.rule = rule
    self.step = step
    days = DayWalk(calendar: calendar, limits: limits)
  }

  var doubts: [Doubt] { days.doubts }

  // MARK: Beginning

  mutating func begin(_ receivedAt: Timestamp) throws(DeadlineError) -> Timestamp {
    let (moment, reason) = try beginning(receivedAt)
    beganAt = moment
    step?(.begins(moment, reason))
    return moment
  }

  private mutating func beginning(_ receivedAt: Timestamp) throws(DeadlineError) -> (Timestamp, CountingStep.Begin) {
    let day = CivilDay(receivedAt, offset: .vietnam)
    guard let hours = try days.look(day).hours else { return (try days.opening(from: receivedAt), .closedDay) }
    if let cutOff = rule.cutOff, receivedAt >= day.at(cutOff, offset: .vietnam) {
      let next = try workingDay(1, after: day)
      return (try days.opening(from: next.at(.midnight, offset: .vietnam)), .afterCutOff)
    }
    let opening = try days.opening(from: receivedAt)
    if opening == receivedAt { return (opening, .inSession) }
    if receivedAt < day.at(hours.sessions[0].from, offset: .vietnam) { return (opening, .beforeOpening) }
    return (opening, CivilDay(opening, offset: .vietnam) == day ? .betweenSessions : .afterClosing)
  }

  // MARK: End

  /// The end of the whole term from the beginning on.
  mutating func end() throws(DeadlineError) -> Timestamp {
    let began = CivilDay(beganAt, offset: .vietnam)
    if rule.begin == .nextDay, term.unit != .workingHours { step?(.firstDay(began)) }
    switch term.unit {
    case .workingHours:
      let whole = term.amount / rule.hoursPerDay
      var moment = beganAt
      if whole > 0 {
        let day = try workingDay(whole, after: began, isTold: true)
        moment = try sameTime(on: day)
      }
      return try work(.seconds(term.amount % rule.hoursPerDay * 3_600), from: moment)
    case .workingDays: lastDay = try workingDay(term.amount, after: began, isTold: true)
    case .days:
      lastDay = began + term.amount
      if let step {
        (0..<term.amount).forEach { step(.counted(began + ($0 + 1), $0 + 1, days.calendar.day(began + ($0 + 1)))) }
      }
    case .months:
      lastDay = Self.months(term.amount, after: began)
      step?(.counted(lastDay, term.amount, days.calendar.day(lastDay)))
    }
    return try due()
  }

  private mutating func work(_ time: Duration, from moment: Timestamp) throws(DeadlineError) -> Timestamp {
    dueAt = try days.end(of: time, from: moment, step: step)
    return dueAt
  }

  /// The deadline on the last day, or on the next working day after it.
  private mutating func due() throws(DeadlineError) -> Timestamp {
    let day = try workingDay(0, after: lastDay)
    if day != lastDay { step?(.moved(from: lastDay, to: day)) }
    dueAt = rule.begin == .moment ? try sameTime(on: day) : try closing(of: day)
    return dueAt
  }

  private mutating func closing(of day: CivilDay) throws(DeadlineError) -> Timestamp {
    day.at(try days.look(day).hours?.sessions.last?.to ?? .endOfDay, offset: .vietnam)
  }

  /// The time of day of the beginning on another day: inside its sessions, or at their end where they end earlier.
  private mutating func sameTime(on day: CivilDay) throws(DeadlineError) -> Timestamp {
    let sinceMidnight = beganAt - CivilDay(beganAt, offset: .vietnam).at(.midnight, offset: .vietnam)
    let moment = day.at(.midnight, offset: .vietnam) + sinceMidnight
    for session in try days.look(day).hours?.sessions ?? [] where moment <= day.at(session.to, offset: .vietnam) {
      return max(moment, day.at(session.from, offset: .vietnam))
    }
    return try closing(of: day)
  }

  /// The so-many-th working day after a day; with 0 the day itself, or the next working day where it is none.
  private mutating func workingDay(_ number: Int, after day: CivilDay, isTold: Bool = false) throws(DeadlineError)
    -> CivilDay
  {
    var (current, counted) = (day, 0)
    if number == 0 {
      while try !days.look(current).isWorkingDay { current = current + 1 }
      return current
    }
    while counted < number {
      current = current + 1
      let kind = try days.look(current)
      if kind.isWorkingDay { counted += 1 }
      if isTold { step?(kind.isWorkingDay ? .counted(current, counted, kind) : .passedOver(current, kind)) }
    }
    return current
  }

  /// The day of the same number so many months later, or the last of that month.
  private static func months(_ number: Int, after day: CivilDay) -> CivilDay {
    let date = day.date
    let month = date.year * 12 + date.month - 1 + number
    let (year, monthOfYear) = (month / 12, month % 12 + 1)
    let last = CivilDateTime.days(inMonth: monthOfYear, of: year)
    return CivilDay(year: year, month: monthOfYear, day: min(date.day, last)) ?? .last
  }

  // MARK: Pauses

  /// The deadline after a pause that began before it; nil while the pause lasts.
  mutating func take(_ pause: Pause) throws(DeadlineError) -> Timestamp? {
    guard let until = pause.until else {
      step?(.paused(since: pause.from))
      return nil
    }
    // What was paused before the office's time began did not run.
    let from = max(pause.from, beganAt)
    guard from < until else { return dueAt }
    if rule.resumption == .restart {
      step?(.restarted(pause))
      _ = try begin(until)
      return try end()
    }
    return try extend(pause, from: from, until: until)
  }

  private mutating func extend(_ pause: Pause, from: Timestamp, until: Timestamp) throws(DeadlineError) -> Timestamp {
    let (first, last) = (CivilDay(from, offset: .vietnam), CivilDay(until, offset: .vietnam))
    switch term.unit {
    case .workingHours:
      let time = try days.workingTime(from: from, to: until)
      step?(.extended(pause, by: .workingTime(time)))
      return try work(time, from: dueAt)
    case .workingDays:
      var number = 0
      var day = first
      while day < last {
        day = day + 1
        if try days.look(day).isWorkingDay { number += 1 }
      }
      step?(.extended(pause, by: .workingDays(number)))
      lastDay = try workingDay(number, after: lastDay)
    case .days, .months:
      step?(.extended(pause, by: .days(last - first)))
      lastDay = lastDay + (last - first)
    }
    return try due()
  }
}
