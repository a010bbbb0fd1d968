import ServiceKit
import Testing

@Suite("Timestamp")
struct TimestampTests {
  @Test("Is written as RFC 3339 in UTC and in Vietnam's time, with the asked fraction")
  func writing() {
    let moment = Timestamp(microseconds: 1_795_162_530_123_456)
    #expect(moment.description == "2026-11-20T08:15:30.123456Z")
    #expect(moment.rfc3339(offset: .vietnam) == "2026-11-20T15:15:30.123456+07:00")
    #expect(moment.rfc3339(offset: .vietnam, fraction: .milliseconds) == "2026-11-20T15:15:30.123+07:00")
    #expect(moment.rfc3339(fraction: .none) == "2026-11-20T08:15:30Z")
    #expect(UTCOffset(minutes: -150).map { moment.rfc3339(offset: $0, fraction: .none) } == "2026-11-20T05:45:30-02:30")
  }

  @Test("Moments before 1970 fall on the right day")
  func beforeTheEpoch() {
    #expect(Timestamp(microseconds: -1).description == "1969-12-31T23:59:59.999999Z")
    #expect(Timestamp(microseconds: -1).milliseconds == -1)
    #expect(Timestamp(microseconds: -1).seconds == -1)
    #expect(Timestamp.earliest.rfc3339(fraction: .none) == "0001-01-01T00:00:00Z")
    #expect(Timestamp.latest.description == "9999-12-31T23:59:59.999999Z")
  }

  @Test("A moment beyond the calendar is written as its nearest end instead of trapping")
  func beyondTheCalendar() {
    #expect(Timestamp(microseconds: .max).description == "9999-12-31T23:59:59.999999Z")
    #expect(Timestamp(microseconds: .min).rfc3339(fraction: .none) == "0001-01-01T00:00:00Z")
    #expect(Timestamp(microseconds: .max).rfc3339(offset: .vietnam, fraction: .none) == "9999-12-31T23:59:59+07:00")
  }

  @Test(
    "RFC 3339 texts are read",
    arguments: [
      ("1985-04-12T23:20:50.52Z", 482_196_050_520_000 as Int64),
      ("1996-12-19T16:39:57-08:00", 851_042_397_000_000),
      ("1937-01-01T12:00:27.87+00:20", -1_041_337_172_130_000),
      ("2024-02-29T00:00:00z", 1_709_164_800_000_000),
      ("2024-02-29t07:00:00+07:00", 1_709_164_800_000_000),
      ("1970-01-01T00:00:00.1234567899Z", 123_456),
      ("1970-01-01T00:00:00-00:00", 0),
    ])
  func reading(text: String, microseconds: Int64) throws {
    #expect(try Timestamp(rfc3339: text).microseconds == microseconds)
  }

  @Test("A text without an offset is read only where one may be assumed")
  func assumedOffset() throws {
    let local = "2026-11-20T15:15:30"
    #expect(try Timestamp(rfc3339: local, assuming: .vietnam).description == "2026-11-20T08:15:30.000000Z")
    #expect(try Timestamp(rfc3339: local + "Z", assuming: .vietnam).description == "2026-11-20T15:15:30.000000Z")
    let error = #expect(throws: TimestampError.self) { try Timestamp(rfc3339: local) }
    #expect(error?.code == .offsetMissing)
  }

  @Test(
    "What is no moment is refused with the byte at which it stops being one",
    arguments: [
      ("", TimestampError.Code.malformed, 0), ("2026-11-20", .malformed, 10), ("2026-11-20 08:15:30Z", .malformed, 10),
      ("2026-1-20T08:15:30Z", .malformed, 6), ("2026-11-20T08:15:30.Z", .malformed, 20),
      ("2026-11-20T08:15:30Z ", .malformed, 20), ("2026-11-20T08:15:30+0700", .malformed, 22),
      ("２026-11-20T08:15:30Z", .malformed, 0), ("2026-11-20T08:15:30+24:00", .noSuchTime, 20),
      ("2026-02-29T00:00:00Z", .noSuchTime, 0), ("2026-13-01T00:00:00Z", .noSuchTime, 0),
      ("2026-11-20T24:00:00Z", .noSuchTime, 0), ("1990-12-31T23:59:60Z", .noSuchTime, 0),
      ("0000-12-31T23:59:59Z", .noSuchTime, 0), ("0001-01-01T00:00:00+07:00", .outOfRange, 0),
    ])
  func refusals(text: String, code: TimestampError.Code, offset: Int) {
    let error = #expect(throws: TimestampError.self) { try Timestamp(rfc3339: text) }
    #expect(error?.code == code)
    #expect(error?.offset == offset)
  }

  @Test("Every day from 1583 to 2400 follows the day before, and comes back from its day number")
  func everyDay() throws {
    var days = try #require(CivilDateTime(year: 1583, month: 1, day: 1)).daysSinceEpoch
    var weekday = 6  // a Saturday
    for year in 1583...2400 {
      for month in 1...12 {
        for day in 1...CivilDateTime.days(inMonth: month, of: year) {
          let date = try #require(CivilDateTime(year: year, month: month, day: day))
          guard date.daysSinceEpoch == days, CivilDay(date).weekday.number == weekday,
            CivilDateTime(Timestamp(seconds: Int64(days) * 86_400), offset: .utc) == date
          else {
            Issue.record("\(year)-\(month)-\(day) is day \(date.daysSinceEpoch), not \(days)")
            return
          }
          days += 1
          weekday = weekday % 7 + 1
        }
      }
    }
  }

  @Test("Durations move a moment by whole microseconds and come back from a difference")
  func arithmetic() {
    let moment = Timestamp(seconds: 100)
    #expect(moment + .milliseconds(1_500) == Timestamp(milliseconds: 101_500))
    #expect(moment - .seconds(200) == Timestamp(seconds: -100))
    #expect(Timestamp(milliseconds: 101_500) - moment == .milliseconds(1_500))
    #expect(Duration.milliseconds(-1_500).wholeMicroseconds == -1_500_000)
    #expect(Duration.milliseconds(250).inSeconds == 0.25)
  }
}
