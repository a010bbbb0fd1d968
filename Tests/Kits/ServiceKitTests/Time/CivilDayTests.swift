import ServiceKit
import Testing

@Suite("Days of the calendar")
struct CivilDayTests {
  @Test(
    "the day after and the day before know months, leap years and the ends of the calendar",
    arguments: [
      ("2026-06-30", "2026-07-01"), ("2024-02-28", "2024-02-29"), ("2100-02-28", "2100-03-01"),
      ("2025-12-31", "2026-01-01"), ("0001-01-01", "0001-01-02"), ("9999-12-30", "9999-12-31"),
    ])
  func neighbours(first: String, second: String) throws {
    let (one, two) = (try #require(CivilDay(first)), try #require(CivilDay(second)))
    #expect(one.next == two && two.previous == one && one < two && two - one == 1)
    #expect([one.description, two.description] == [first, second])
    #expect(CivilDay.first.previous == nil && CivilDay.last.next == nil)
    #expect(CivilDay.first.description == "0001-01-01" && CivilDay.last.description == "9999-12-31")
    #expect(CivilDay.last + .max == .last && CivilDay.first - 1 == .first)
  }

  @Test(
    "what is no day is none",
    arguments: ["", "2026-02-30", "2026-13-01", "2026-1-01", "26-01-01", "2026/01/01", "2026-01-01 "])
  func refused(text: String) { #expect(CivilDay(text) == nil) }

  @Test("the wall in Viet Nam is a day ahead of Greenwich from 17:00 on")
  func onTheWall() throws {
    let evening = try Timestamp(rfc3339: "2026-02-13T17:00:00Z")
    #expect(CivilDay(evening, offset: .vietnam).description == "2026-02-14")
    #expect(CivilDay(evening - .seconds(1), offset: .vietnam).description == "2026-02-13")
    #expect(TimeOfDay(evening, offset: .vietnam) == .midnight)
    let noon = try #require(TimeOfDay("12:00"))
    let shown = try Timestamp(rfc3339: "2026-02-14T12:00:00+07:00")
    #expect(CivilDay(evening, offset: .vietnam).at(noon, offset: .vietnam) == shown)
    #expect(CivilDay(Timestamp(microseconds: .max), offset: .vietnam) == .last)
  }

  @Test("a time of day is two digits and two digits", arguments: [("00:00", 0), ("07:30", 450), ("24:00", 1_440)])
  func timeOfDay(text: String, minutes: Int) throws {
    let time = try #require(TimeOfDay(text))
    #expect(time.minutes == minutes && time.description == text)
    for wrong in ["7:30", "07:60", "24:01", "07.30", "0730", "", "07:3a"] {
      #expect(TimeOfDay(wrong) == nil, "\(wrong)")
    }
  }

  @Test("the week begins on Monday")
  func weekdays() throws {
    #expect(CivilDay("2026-11-23")?.weekday == .monday)
    #expect(Weekday.allCases.map(\.number) == Array(1...7) && Weekday.allCases.sorted() == Weekday.allCases)
  }
}
