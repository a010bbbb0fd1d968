import Testing
import Translation

@Suite("Dates and times")
struct TimeFormatTests {
  private static let canonical = "2026-11-20T08:30:05+07:00"

  @Test(
    "every form of the field becomes the canonical form",
    arguments: [
      ("yyyyMMddHHmmss", "20261120083005", canonical), ("dd/MM/yyyy HH:mm:ss", "20/11/2026 08:30:05", canonical),
      ("yyyy-MM-dd HH:mm:ss", "2026-11-20 08:30:05", canonical), ("iso", "2026-11-20T08:30:05", canonical),
      ("iso", "2026-11-20T08:30:05+07:00", canonical), ("iso", "2026-11-20T01:30:05Z", canonical),
      ("iso", "2026-11-20T01:30:05.000Z", canonical), ("iso", "2026-11-19T20:30:05-05:00", canonical),
      ("iso", "2026-11-20T08:30:05.000+0700", canonical), ("epochMilliseconds", "1795138205000", canonical),
      ("yyyyMMdd", "20261120", "2026-11-20T00:00:00+07:00"), ("dd/MM/yyyy", "20/11/2026", "2026-11-20T00:00:00+07:00"),
      ("yyyy/MM/dd", "2026/11/20", "2026-11-20T00:00:00+07:00"),
      ("yyyy-MM-dd", "2026-11-20", "2026-11-20T00:00:00+07:00"),
      ("iso", "2026-11-20T08:30:05.25", "2026-11-20T08:30:05.250+07:00"),
      ("iso", "2026-11-20T08:30:05.123456789", "2026-11-20T08:30:05.123+07:00"),
      ("epochMilliseconds", "0", "1970-01-01T07:00:00+07:00"),
      ("epochMilliseconds", "-1", "1970-01-01T06:59:59.999+07:00"),
      ("yyyyMMdd", "20240229", "2024-02-29T00:00:00+07:00"), ("yyyyMMdd", "20000229", "2000-02-29T00:00:00+07:00"),
      ("yyyy-MM-ddTHH:mm:ss.fff", "2026-11-20T08:30:05.007", "2026-11-20T08:30:05.007+07:00"),
    ])
  func reading(format: String, text: String, expected: String) throws {
    #expect(try #require(TimeFormat(format)).convert(text, to: .iso) == expected)
  }

  @Test(
    "the canonical form becomes every form of the field",
    arguments: [
      ("yyyyMMddHHmmss", "20261120083005"), ("yyyyMMdd", "20261120"), ("dd/MM/yyyy", "20/11/2026"),
      ("dd/MM/yyyy HH:mm:ss", "20/11/2026 08:30:05"), ("yyyy/MM/dd", "2026/11/20"), ("yyyy-MM-dd", "2026-11-20"),
      ("yyyy-MM-dd HH:mm:ss", "2026-11-20 08:30:05"), ("epochMilliseconds", "1795138205000"), ("iso", canonical),
      ("yyyy-MM-ddTHH:mm:ss.fff", "2026-11-20T08:30:05.000"),
    ])
  func writing(format: String, expected: String) throws {
    let format = try #require(TimeFormat(format))
    #expect(TimeFormat.iso.convert(Self.canonical, to: format) == expected)
    #expect(TimeFormat.iso.convert("2026-11-20T01:30:05Z", to: format) == expected)
  }

  @Test(
    "what is no date, or not in the form, is not read",
    arguments: [
      ("yyyyMMdd", "20260230"), ("yyyyMMdd", "20230229"), ("yyyyMMdd", "19000229"), ("yyyyMMdd", "20261301"),
      ("yyyyMMdd", "20260100"), ("yyyyMMdd", "00000101"), ("yyyyMMdd", "2026112"), ("yyyyMMdd", "202611201"),
      ("yyyyMMdd", "2026-11-20"), ("yyyyMMdd", "２０２６１１２０"), ("dd/MM/yyyy", "1/2/2026"), ("dd/MM/yyyy", "11/20/2026"),
      ("yyyyMMddHHmmss", "20261120240000"), ("yyyyMMddHHmmss", "20261120086000"),
      ("yyyyMMddHHmmss", "20261120083060"), ("yyyyMMddHHmmss", "20261120"), ("iso", "2026-11-20"),
      ("iso", "2026-11-20 08:30:05"), ("iso", "2026-11-20T08:30"), ("iso", "2026-11-20T08:30:05."),
      ("iso", "2026-11-20T08:30:05.1234567890"), ("iso", "2026-11-20T08:30:05+7"), ("iso", "2026-11-20T08:30:05+15:00"),
      ("iso", "2026-11-20T08:30:05+07:60"), ("iso", "2026-11-20T08:30:05Zx"), ("iso", ""),
      ("epochMilliseconds", "1.5"), ("epochMilliseconds", "1e3"), ("epochMilliseconds", ""),
      ("epochMilliseconds", "999999999999999"), ("iso", "9999-12-31T23:59:59-07:00"),
    ])
  func refusing(format: String, text: String) throws {
    #expect(try #require(TimeFormat(format)).convert(text, to: .iso) == nil)
  }

  @Test(
    "what is no format is not taken for one",
    arguments: [
      "", "ISO", "yyyy", "yyyyMM", "yyyyMMddyyyy", "yyyyMMddmm", "yyyyMMddHHss", "yy-MM-dd", "YYYY-MM-DD", "yyyy-mm-dd",
      "yyyyMMdd ngày", "yyyy-MM-dd0", "epochmilliseconds",
    ])
  func unknownFormats(name: String) {
    #expect(TimeFormat(name) == nil)
  }

  @Test("every day of two centuries comes back from its number of milliseconds")
  func calendar() throws {
    let day = try #require(TimeFormat("yyyyMMdd"))
    var milliseconds = -25_567 * 86_400_000 - 7 * 3_600_000  // 1900-01-01 in Vietnam
    var last = ""
    for _ in 0..<73_049 {
      let text = try #require(TimeFormat.epochMilliseconds.convert(String(milliseconds), to: day))
      #expect(text > last)
      #expect(day.convert(text, to: .epochMilliseconds) == String(milliseconds))
      last = text
      milliseconds += 86_400_000
    }
    #expect(last == "20991231")
  }
}
