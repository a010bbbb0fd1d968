import Deadlines
import ServiceKit
import Testing

/// What holds of every deadline, checked by counting minutes and days one by one, without the counter's own walk.
@Suite("Deadlines over random calendars")
struct DeadlinePropertyTests {
  static let seeds: [UInt64] = (1...300).map { $0 }

  /// A calendar, a receipt and pauses that a seed decides about.
  struct Case {
    let calendar: WorkCalendar
    let received: Timestamp
    let pauses: [Pause]
    var chance: SeededGenerator

    init(_ seed: UInt64) throws {
      var chance = SeededGenerator(seed: seed)
      let first = try Calendars.day("2026-01-01")
      var week: [Weekday: OfficeHours.Day] = [:]
      for weekday in Weekday.allCases where weekday == .tuesday || chance.happens(weekday < .saturday ? 0.9 : 0.3) {
        let cuts = Set((0..<4).map { _ in chance.number(in: 12...40) * 30 }).sorted()
        var sessions: [WorkSession] = []
        for place in stride(from: 0, to: cuts.count - 1, by: 2) {
          let (from, to) = (TimeOfDay(minutes: cuts[place]), TimeOfDay(minutes: cuts[place + 1]))
          if let from, let to, let session = WorkSession(from: from, to: to) { sessions.append(session) }
        }
        if sessions.isEmpty { sessions = [try #require(WorkSession("08:00-12:00"))] }
        week[weekday] = OfficeHours.Day(sessions, isWorkingDay: weekday == .tuesday || chance.happens(0.9))
      }
      var off: [CivilDay: HolidayCalendar.DayOff] = [:]
      var worked: [CivilDay: CivilDay] = [:]
      for _ in 0..<20 { off[first + chance.number(below: 120)] = HolidayCalendar.DayOff(name: "nghỉ") }
      for missed in off.keys.sorted().prefix(3) where off[missed + 9] == nil { worked[missed + 9] = missed }
      calendar = WorkCalendar(
        office: try #require(OfficeHours(week)),
        holidays: HolidayCalendar(
          version: CalendarVersion("random", 1), covers: first...(first + 2_000), daysOff: off, workedDays: worked))
      received = first.at(.midnight, offset: .vietnam) + .seconds(60 * chance.number(below: 60 * 1_440))
      var pauses: [Pause] = []
      var from = received
      for _ in 0..<chance.number(below: 4) {
        from = from + .seconds(60 * chance.number(below: 4_000))
        let until = from + .seconds(60 * chance.number(below: 8_000))
        pauses.append(try #require(Pause(from: from, until: until)))
        from = until
      }
      self.pauses = pauses
      self.chance = chance
    }

    /// Whether the office works in the minute that begins here.
    func isOpen(_ minute: Timestamp) -> Bool {
      let (day, time) = (CivilDay(minute, offset: .vietnam), TimeOfDay(minute, offset: .vietnam))
      return calendar.day(day).hours?.sessions.contains { $0.from <= time && time < $0.to } ?? false
    }

    func isPaused(_ minute: Timestamp, _ pauses: [Pause]) -> Bool {
      pauses.contains { $0.from <= minute && minute < ($0.until ?? .latest) }
    }

    /// The first minute of work from the receipt on.
    var begin: Timestamp {
      var minute = received
      while !isOpen(minute) { minute = minute + .seconds(60) }
      return minute
    }

    /// Pauses that began before the time was over.
    func pauses(before due: Timestamp) -> [Pause] { pauses.filter { $0.from < due } }
  }

  @Test(
    "of hours: the minutes of work from the beginning to the end, but for the pauses, are the term", arguments: seeds)
  func hours(seed: UInt64) throws {
    var one = try Case(seed)
    let hours = one.chance.number(below: 24)
    // 24 hours a day are more than any office has: the term is never taken for days.
    let deadline = try DeadlineCounter(one.calendar).deadline(
      of: try #require(Term(hours, .workingHours)), from: one.received, by: CountingRule(hoursPerDay: 24),
      pauses: one.pauses)
    let due = try #require(deadline.dueAt)
    let begin = one.begin
    #expect(deadline.beganAt == begin)
    var (minute, worked) = (begin, 0)
    let pauses = one.pauses(before: due)
    while minute < due {
      if one.isOpen(minute), !one.isPaused(minute, pauses) { worked += 1 }
      minute = minute + .seconds(60)
    }
    #expect(worked == hours * 60, "seed \(seed)")
    #expect(hours == 0 || one.isOpen(due - .seconds(60)), "an end is the end of a minute of work")
  }

  @Test(
    "of working days: the working days behind the first one, but for those of the pauses, are the term",
    arguments: seeds)
  func workingDays(seed: UInt64) throws {
    var one = try Case(seed)
    let number = one.chance.number(in: 1...30)
    let deadline = try DeadlineCounter(one.calendar).deadline(
      of: try #require(Term(number, .workingDays)), from: one.received, pauses: one.pauses)
    let due = try #require(deadline.dueAt)
    func workingDays(from: Timestamp, to: Timestamp) -> Int {
      var (day, count) = (CivilDay(from, offset: .vietnam), 0)
      while day < CivilDay(to, offset: .vietnam) {
        day = day + 1
        if one.calendar.day(day).isWorkingDay { count += 1 }
      }
      return count
    }
    let begin = one.begin
    let paused = one.pauses(before: due).map { pause -> Int in
      let until = pause.until ?? due
      return until > begin ? workingDays(from: max(pause.from, begin), to: until) : 0
    }
    #expect(workingDays(from: begin, to: due) == number + paused.reduce(0, +), "seed \(seed)")
    let last = CivilDay(due, offset: .vietnam)
    #expect(one.calendar.day(last).isWorkingDay)
    #expect(one.calendar.day(last).hours?.sessions.last?.to == TimeOfDay(due, offset: .vietnam))
  }

  @Test(
    "of days and months: the first working day at or behind the day of the calendar, and the pauses", arguments: seeds)
  func days(seed: UInt64) throws {
    var one = try Case(seed)
    let number = one.chance.number(in: 0...40)
    let isMonths = one.chance.happens(0.5)
    let term = try #require(Term(isMonths ? number / 3 : number, isMonths ? .months : .days))
    let due = try #require(
      DeadlineCounter(one.calendar).deadline(of: term, from: one.received, pauses: one.pauses).dueAt)
    let begin = one.begin
    var day = CivilDay(begin, offset: .vietnam)
    if isMonths {
      // Month by month, and back from a day that the last one does not have.
      let (wanted, first) = (day.day, day)
      let month = first.year * 12 + first.month - 1 + term.amount
      while day.year * 12 + day.month - 1 < month { day = day + 1 }
      while day.day < wanted, day.next?.month == day.month { day = day + 1 }
    } else {
      day = day + number
    }
    for pause in one.pauses(before: due) {
      let until = try #require(pause.until)
      let from = max(pause.from, begin)
      if until > from { day = day + (CivilDay(until, offset: .vietnam) - CivilDay(from, offset: .vietnam)) }
    }
    while !one.calendar.day(day).isWorkingDay { day = day + 1 }
    #expect(CivilDay(due, offset: .vietnam) == day, "seed \(seed)")
  }

  @Test("a longer term is never due earlier, and neither is a later receipt where days are whole", arguments: seeds)
  func monotone(seed: UInt64) throws {
    var one = try Case(seed)
    let counter = DeadlineCounter(one.calendar)
    let unit = TermUnit.allCases[one.chance.number(below: 4)]
    let begin = CountingRule.Begin.allCases[one.chance.number(below: 2)]
    let amount = one.chance.number(below: 20)
    // Where eight hours are a day and the day has ten, the eighth hour is the first of the next day.
    let rule = CountingRule(begin: begin, hoursPerDay: 24)
    let later = one.received + .seconds(60 * one.chance.number(below: 3_000))
    let (term, longer) = (try #require(Term(amount, unit)), try #require(Term(amount + 1, unit)))
    let due = try #require(counter.deadline(of: term, from: one.received, by: rule).dueAt)
    let longerDue = try #require(counter.deadline(of: longer, from: one.received, by: rule).dueAt)
    #expect(due <= longerDue, "seed \(seed)")
    // By the moment, two that end on one day after a holiday end at the time of day at which each was received.
    guard begin == .nextDay || unit == .workingHours else { return }
    let laterDue = try #require(counter.deadline(of: term, from: later, by: rule).dueAt)
    #expect(due <= laterDue, "seed \(seed)")
  }
}
