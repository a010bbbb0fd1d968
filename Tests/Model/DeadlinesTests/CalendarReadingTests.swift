import Deadlines
import DocumentKit
import ServiceKit
import Testing

@Suite("The files of calendars")
struct CalendarReadingTests {
  private func errors(_ text: String, _ read: (ConfigurationSection) -> Void) throws -> [String] {
    let reader = ConfigurationReader(try YAMLDocument(parsing: text, file: "1.yaml"))
    read(reader.root)
    do throws(ConfigurationErrors) {
      try reader.finish()
      return []
    } catch {
      return error.errors.map { "\($0.position.line) \($0.path): \($0.message)" }
    }
  }

  @Test("the shipped ones are read: a calendar in one version and two offices")
  func shipped() throws {
    let catalogue = try CalendarCatalogue(folder: Calendars.folder)
    #expect(catalogue.calendars.mapValues { $0.map(\.version.number) } == ["vietnam": [1]])
    #expect(catalogue.offices.keys.sorted() == ["saturday-morning", "standard"])
    #expect(catalogue.calendar("vietnam", version: 2) == nil && catalogue.calendar("lao") == nil)
  }

  @Test("a folder that is not there is an error, not an empty catalogue")
  func noFolder() {
    #expect(throws: ConfigurationErrors.self) { try CalendarCatalogue(folder: "/nowhere/calendars") }
  }

  @Test("what is wrong with a calendar is named with its line")
  func wrongCalendar() throws {
    let text = """
      calendar: vietnam
      version: 1
      covers: { from: 2026-01-01, until: 2026-12-31 }
      daysOff:
        - { from: 2026-01-01, name: Tết Dương lịch, source: a note }
        - { from: 2026-01-01, name: twice, source: a note }
        - { from: 2027-01-01, name: outside, source: a note }
        - { from: 2026-05-02, until: 2026-05-01, name: backwards, source: a note }
        - { from: 2026-02-30, name: no day, source: a note }
        - { from: 2026-03-03, name: no source }
      workedDays:
        - { day: 2026-01-10, inPlaceOf: 2026-01-03, source: a note }
      undecided:
        - { from: 2028-01-01, note: outside, source: a note }
      """
    let found = try errors(text) { _ = HolidayCalendar(reading: $0) }
    let expected = [
      (6, "stands in two rows"), (7, "is outside"), (8, "before it begins"), (9, "no day of the calendar"),
      (10, "this key is missing"), (12, "is no day off"), (14, "is outside"),
    ]
    for (line, words) in expected {
      #expect(found.contains { $0.hasPrefix("\(line) ") && $0.contains(words) }, "\(line): \(found)")
    }
  }

  @Test("what is wrong with the hours of an office is named with its line")
  func wrongOffice() throws {
    let text = """
      week:
        - { days: [mon], sessions: ["07:30-11:30", "11:00-17:00"] }
        - { days: [mon, tuesday], sessions: ["07:30-11:30"] }
        - { days: [wed], sessions: ["11:30-07:30"] }
        - { days: [mon], sessions: ["07:30-11:30"] }
      """
    let found = try errors(text) { _ = OfficeHours(reading: $0) }
    for (line, words) in [(2, "no sessions"), (3, "no day of the week"), (4, "no sessions"), (5, "two rows")] {
      #expect(found.contains { $0.hasPrefix("\(line) ") && $0.contains(words) }, "\(line): \(found)")
    }
    let closed = try errors("week:\n  - { days: [sat], sessions: [\"07:30-11:30\"], workingDay: false }\n") {
      _ = OfficeHours(reading: $0)
    }
    #expect(closed.count == 1 && closed[0].contains("no day of the week is a working day"))
    #expect(try errors("{}") { _ = OfficeHours(reading: $0) }.count == 1)
  }
}
