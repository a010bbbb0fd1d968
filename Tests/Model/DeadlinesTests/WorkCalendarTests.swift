import Deadlines
import ServiceKit
import Testing

@Suite("The calendar of an office")
struct WorkCalendarTests {
  @Test(
    "knows the working days of the years it covers",
    // Mondays to Fridays of the year, less the days off that fall on one, and the Saturdays worked in their place.
    arguments: [(2024, 262 - 12 + 1), (2025, 261 - 12 + 1), (2026, 261 - 14 + 2)])
  func workingDays(year: Int, number: Int) throws {
    let calendar = try Calendars.shipped()
    let first = try #require(CivilDay(year: year, month: 1, day: 1))
    let days = (0..<(CivilDateTime.isLeap(year) ? 366 : 365)).map { first + $0 }
    #expect(days.filter { calendar.day($0).isWorkingDay }.count == number)
  }

  @Test("a Saturday worked in place of a day off has the sessions of that day, and counts")
  func workedSaturday() throws {
    let calendar = try Calendars.shipped("saturday-morning")
    let missed = try Calendars.day("2026-01-02")
    let friday = try #require(calendar.office[.friday])
    let worked = try Calendars.day("2026-01-10")
    #expect(calendar.day(worked) == .open(friday, inPlaceOf: missed))
    #expect(calendar.day(missed) == .dayOff(.init(name: "nghỉ hoán đổi")))
  }

  @Test("an office that is closed on the day made good has its own Saturday")
  func nothingToMakeGood() throws {
    let shipped = try Calendars.shipped()
    let session = try #require(WorkSession("08:00-12:00"))
    let morning = try #require(OfficeHours.Day([session]))
    let office = try #require(OfficeHours([.monday: morning, .saturday: morning]))
    let calendar = WorkCalendar(office: office, holidays: shipped.holidays)
    // 2026-01-10 is worked in place of a Friday.
    let saturday = try Calendars.day("2026-01-10")
    #expect(calendar.day(saturday) == .open(morning, inPlaceOf: nil))
    #expect(calendar.day(saturday - 1) == .weeklyRest)
  }

  @Test("the day off that a Saturday makes good is a Saturday's hours apart, and stands among the days off")
  func swapsAreSound() throws {
    let holidays = try Calendars.shipped().holidays
    var swaps = 0
    var day = holidays.covers.lowerBound
    while day <= holidays.covers.upperBound {
      if let missed = holidays.worked(day) {
        swaps += 1
        #expect(day.weekday >= .saturday && missed.weekday <= .friday && holidays.dayOff(missed) != nil, "\(day)")
      }
      day = day + 1
    }
    #expect(swaps == 4)
  }

  @Test("says what is not decided, and what it does not cover")
  func doubts() throws {
    let holidays = try Calendars.shipped().holidays
    let undecided = try #require(holidays.doubt(about: Calendars.day("2027-02-12")))
    guard case .undecided = undecided.reason else { return #expect(Bool(false)) }
    #expect(holidays.doubt(about: undecided.day + 3) == nil)
    let beyond = try #require(holidays.doubt(about: Calendars.day("2028-01-01")))
    #expect(beyond.reason == .notCovered(CalendarVersion("vietnam", 1)))
  }
}
