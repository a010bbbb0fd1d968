import Deadlines
import ServiceKit
import Testing

/// Every case is counted by hand on the calendar of the wall.
@Suite("A deadline")
struct DeadlineCounterTests {
  private func due(
    _ term: String, from received: String, by rule: CountingRule = CountingRule(), pauses: [Pause] = [],
    office: String = "standard"
  ) throws -> String {
    let counter = DeadlineCounter(try Calendars.shipped(office))
    let term = try #require(Term(term))
    return Calendars.text(
      try counter.deadline(of: term, from: Calendars.moment(received), by: rule, pauses: pauses).dueAt)
  }

  @Test(
    "in working days leaves out the day of receipt, weekends and days off, and is at the end of the last day",
    arguments: [
      ("2026-11-16 09:00", "1 workingDays", "2026-11-17 17:00"),  // Monday
      ("2026-11-20 09:00", "1 workingDays", "2026-11-23 17:00"),  // Friday, over a weekend
      ("2026-11-23 09:00", "1 workingDays", "2026-11-25 17:00"),  // over 24 November, a day off since 2026
      ("2026-02-13 09:00", "3 workingDays", "2026-02-25 17:00"),  // over Tết, 14 to 22 February
      ("2026-01-09 09:00", "1 workingDays", "2026-01-10 17:00"),  // the Saturday is worked
      ("2026-11-19 17:00", "1 workingDays", "2026-11-23 17:00"),  // closed at 17:00: as received on Friday
      ("2026-11-21 10:00", "2 workingDays", "2026-11-26 17:00"),  // a Saturday: as received on Monday
      ("2026-11-16 09:00", "0 workingDays", "2026-11-16 17:00"),
    ])
  func workingDays(received: String, term: String, expected: String) throws {
    #expect(try due(term, from: received) == expected)
  }

  @Test(
    "in days counts every day, and ends on a working day",
    arguments: [
      ("2026-11-16 09:00", "3 days", "2026-11-19 17:00"),
      ("2026-11-18 09:00", "3 days", "2026-11-23 17:00"),  // ends on a Saturday
      ("2026-02-11 09:00", "3 days", "2026-02-23 17:00"),  // ends on the first day of Tết
      ("2026-11-16 09:00", "1 months", "2026-12-16 17:00"),
      ("2026-01-30 09:00", "1 months", "2026-03-02 17:00"),  // 28 February is a Saturday
      ("2024-01-31 09:00", "1 months", "2024-02-29 17:00"),
      ("2025-10-31 09:00", "14 months", "2026-12-31 17:00"),
    ])
  func days(received: String, term: String, expected: String) throws {
    #expect(try due(term, from: received) == expected)
  }

  @Test(
    "in working hours runs while the office works, eight hours a day",
    arguments: [
      ("2026-11-16 09:00", "2 workingHours", "2026-11-16 11:00"),
      ("2026-11-16 10:30", "2 workingHours", "2026-11-16 14:00"),  // over lunch
      ("2026-11-16 16:00", "4 workingHours", "2026-11-17 10:30"),
      ("2026-11-20 16:00", "4 workingHours", "2026-11-23 10:30"),  // over a weekend
      ("2026-11-16 09:15", "72 workingHours", "2026-11-30 09:15"),  // nine days, one of them off
      ("2026-11-16 06:00", "4 workingHours", "2026-11-16 11:30"),
      ("2026-11-16 15:00", "0 workingHours", "2026-11-16 15:00"),
    ])
  func workingHours(received: String, term: String, expected: String) throws {
    #expect(try due(term, from: received) == expected)
  }

  @Test("td-caculatetime-lunch-gap: a receipt at noon keeps its hour: the time begins when the office opens again")
  func lunchGap() throws {
    #expect(try due("3 workingHours", from: "2026-11-16 12:10") == "2026-11-16 16:00")
    #expect(try due("9 workingHours", from: "2026-11-16 12:10", by: CountingRule(begin: .moment)) == "2026-11-17 14:00")
  }

  @Test("td-caculatetime-overflow-into-holiday: hours that run over the end of the day run on behind the days off")
  func overflowIntoHoliday() throws {
    // 13 February is the last day before Tết, 23 February the first one after it.
    #expect(try due("4 workingHours", from: "2026-02-13 16:00") == "2026-02-23 10:30")
    #expect(try due("12 workingHours", from: "2026-02-12 16:00") == "2026-02-23 10:30")
    // The evening before a single day off.
    #expect(try due("2 workingHours", from: "2026-11-23 16:30") == "2026-11-25 09:00")
  }

  @Test(
    "by the moment is at the same time of day",
    arguments: [
      ("2026-11-16 09:12", "3 workingDays", "2026-11-19 09:12"),
      ("2026-11-16 12:10", "1 workingDays", "2026-11-17 13:00"),
      ("2026-11-18 15:20", "3 days", "2026-11-23 15:20"),  // moved from a Saturday
      ("2026-11-16 18:00", "1 workingDays", "2026-11-18 07:30"),  // after closing: from Tuesday's opening
    ])
  func byTheMoment(received: String, term: String, expected: String) throws {
    #expect(try due(term, from: received, by: CountingRule(begin: .moment)) == expected)
  }

  @Test(
    "of the same day is the end of that day before 15:00, and of the next working day from 15:00 on",
    arguments: [
      ("2026-11-16 14:59", "2026-11-16 17:00"), ("2026-11-16 15:00", "2026-11-17 17:00"),
      ("2026-11-20 16:10", "2026-11-23 17:00"), ("2026-11-21 09:00", "2026-11-23 17:00"),
    ])
  func sameDay(received: String, expected: String) throws {
    let rule = CountingRule(cutOff: TimeOfDay("15:00"))
    #expect(try due("0 workingDays", from: received, by: rule) == expected)
  }

  @Test("hours run on a Saturday morning on which the office takes dossiers in; the Saturday is no working day")
  func saturdayMorning() throws {
    #expect(try due("3 workingHours", from: "2026-11-20 16:00", office: "saturday-morning") == "2026-11-21 09:30")
    #expect(try due("1 workingDays", from: "2026-11-20 16:00", office: "saturday-morning") == "2026-11-23 17:00")
    // Received while the office was open: the Saturday is the day that is not counted.
    #expect(try due("1 workingDays", from: "2026-11-21 09:00", office: "saturday-morning") == "2026-11-23 17:00")
    #expect(try due("2 days", from: "2026-11-19 09:00", office: "saturday-morning") == "2026-11-23 17:00")
  }

  @Test("moves by what was paused, in the unit of the term")
  func extended() throws {
    // Due on Thursday 19 November; from Tuesday to Friday three working days.
    let pause = try Calendars.pause("2026-11-17 10:00", "2026-11-20 10:00")
    #expect(try due("3 workingDays", from: "2026-11-16 09:00", pauses: [pause]) == "2026-11-25 17:00")
    #expect(try due("3 days", from: "2026-11-16 09:00", pauses: [pause]) == "2026-11-23 17:00")
    // 10:00 to 11:30 and 13:00 to 14:00: two and a half hours.
    let noon = try Calendars.pause("2026-11-16 10:00", "2026-11-16 14:00")
    #expect(try due("4 workingHours", from: "2026-11-16 09:00", pauses: [noon]) == "2026-11-16 17:00")
    #expect(try due("3 workingDays", from: "2026-11-16 09:00", pauses: [noon]) == "2026-11-19 17:00")
    let two = [noon, try Calendars.pause("2026-11-17 08:00", "2026-11-18 08:00")]
    #expect(try due("3 workingDays", from: "2026-11-16 09:00", pauses: two) == "2026-11-20 17:00")
  }

  @Test("begins anew when the supplement is complete, where the rule says so")
  func restarted() throws {
    let pause = try Calendars.pause("2026-11-17 10:00", "2026-11-20 10:00")
    let rule = CountingRule(resumption: .restart)
    #expect(try due("3 workingDays", from: "2026-11-16 09:00", by: rule, pauses: [pause]) == "2026-11-26 17:00")
    #expect(
      try due(
        "4 workingHours", from: "2026-11-16 14:00", by: rule,
        pauses: [
          Calendars.pause("2026-11-16 15:00", "2026-11-16 18:00")
        ]) == "2026-11-17 11:30")
  }

  @Test("stands still while a pause lasts, and is not moved by one that began too late")
  func openPause() throws {
    #expect(
      try due("3 workingDays", from: "2026-11-16 09:00", pauses: [Calendars.pause("2026-11-17 10:00", nil)]) == "paused"
    )
    #expect(
      try due("3 workingDays", from: "2026-11-16 09:00", pauses: [Calendars.pause("2026-11-19 17:00", nil)])
        == "2026-11-19 17:00")
    // Asked for before the office's time had begun.
    #expect(
      try due(
        "4 workingHours", from: "2026-11-15 09:00", pauses: [Calendars.pause("2026-11-15 10:00", "2026-11-16 08:30")])
        == "2026-11-16 14:00")
  }

  @Test("says with which calendar it was counted, and what of it is not decided yet")
  func provisional() throws {
    let counter = DeadlineCounter(try Calendars.shipped())
    let term = try #require(Term("5 ngày làm việc"))
    let sure = try counter.deadline(of: term, from: Calendars.moment("2026-11-16 09:00"))
    #expect(!sure.isProvisional && sure.calendar.description == "vietnam/1")
    let tet = try counter.deadline(of: term, from: Calendars.moment("2027-02-02 09:00"))
    #expect(tet.isProvisional && tet.doubts.first?.day.description == "2027-02-04")
    let beyond = try counter.deadline(of: term, from: Calendars.moment("2027-12-29 09:00"))
    #expect(beyond.doubts.map(\.reason).allSatisfy { $0 == .notCovered(CalendarVersion("vietnam", 1)) })
    #expect(Calendars.text(beyond.dueAt) == "2028-01-05 17:00")
  }

  @Test("cannot be counted where nobody ever works, or with pauses that overlap")
  func refused() throws {
    let holidays = HolidayCalendar(
      version: CalendarVersion("never", 1), covers: CivilDay.first...CivilDay.last,
      workedDays: [:])
    let office = try Calendars.office("08:00-12:00")
    var limits = DeadlineLimits()
    limits.days = 8
    let counter = DeadlineCounter(WorkCalendar(office: office, holidays: holidays), limits: limits)
    let monday = try Calendars.moment("2026-11-16 09:00")
    // Monday twice, to Friday, and the next Monday: eight days are looked at.
    let (four, six) = (try #require(Term(4, .workingDays)), try #require(Term(6, .workingDays)))
    #expect(throws: Never.self) { try counter.deadline(of: four, from: monday) }
    let endless = #expect(throws: DeadlineError.self) {
      try counter.deadline(of: six, from: monday)
    }
    #expect(endless?.code == .noWorkingDay)
    let term = try #require(Term(1, .days))
    let overlap = #expect(throws: DeadlineError.self) {
      try counter.deadline(
        of: term, from: monday,
        pauses: [Calendars.pause("2026-11-16 10:00", "2026-11-16 11:00"), Calendars.pause("2026-11-16 10:30", nil)])
    }
    #expect(overlap?.code == .pausesOverlap)
    let one = try Calendars.pause("2026-11-16 10:00", "2026-11-16 10:00")
    #expect(throws: Never.self) {
      try counter.deadline(of: term, from: monday, pauses: Array(repeating: one, count: 1))
    }
    let many = #expect(throws: DeadlineError.self) {
      try DeadlineCounter(try Calendars.shipped()).deadline(
        of: term, from: monday, pauses: Array(repeating: one, count: DeadlineLimits.standard.pauses + 1))
    }
    #expect(many?.code == .tooManyPauses)
  }

  @Test(
    "a term is a number and a unit, in the words of the portal too",
    arguments: [
      ("3 workingDays", 3, TermUnit.workingDays), ("8 giờ", 8, .workingHours), ("8 giờ làm việc", 8, .workingHours),
      ("15 ngày", 15, .days), ("2 Tháng", 2, .months), ("2500 ngày làm việc", 2_500, .workingDays),
    ])
  func terms(text: String, amount: Int, unit: TermUnit) throws {
    let term = try #require(Term(text))
    #expect(term.amount == amount && term.unit == unit && Term(term.description) == term)
    for wrong in ["", "3", "ngày", "-1 ngày", "3 weeks", "2501 workingDays", "3  ngày", "x ngày"] {
      #expect(Term(wrong) == nil, "\(wrong)")
    }
  }
}
