import DocumentKit
package import ServiceKit

// A calendar as its file says it:
//
//     calendar: vietnam
//     version: 1
//     covers: { from: 2024-01-01, until: 2027-12-31 }
//     daysOff:
//       - { from: 2026-02-16, until: 2026-02-20, name: Tết Nguyên đán, source: … }
//     workedDays:
//       - { day: 2026-01-10, inPlaceOf: 2026-01-02, source: … }
//     undecided:
//       - { from: 2027-02-04, until: 2027-02-14, note: …, source: … }

extension HolidayCalendar {
  /// Reads a whole file. What is wrong is noted and left out.
  package init(reading section: ConfigurationSection) {
    var rows = CalendarRows()
    let version = CalendarVersion(section.string("calendar"), section.integer("version", in: 1...10_000))
    let covers = CalendarRows.days(section.requiredSection("covers"), needsEnd: true)
    for row in section.sections("daysOff") {
      let off = DayOff(name: row.string("name"))
      for day in CalendarRows.sourced(row) { rows.add(day, in: row, covers: covers) { $0.daysOff[day] = off } }
    }
    for row in section.sections("undecided") {
      let note = row.string("note")
      for day in CalendarRows.sourced(row) {
        if !covers.contains(day) { CalendarRows.noteOutside(day, row) }
        rows.undecided[day] = note
      }
    }
    for row in section.sections("workedDays") {
      _ = row.string("source")
      let (day, missed) = (row.day("day"), row.day("inPlaceOf"))
      rows.add(day, in: row, covers: covers) { $0.workedDays[day] = missed }
      if rows.daysOff[missed] == nil {
        row.note(
          Sentence("\(missed) is no day off", "\(missed) không phải là ngày nghỉ"), key: "inPlaceOf",
          remedy: Sentence("write it under ‘daysOff’, or correct the day", "hãy viết dưới ‘daysOff’, hoặc sửa ngày"))
      }
    }
    self.init(
      version: version, covers: covers, daysOff: rows.daysOff, workedDays: rows.workedDays, undecided: rows.undecided)
  }
}

/// The rows of a calendar's file while they are read.
private struct CalendarRows {
  var daysOff: [CivilDay: HolidayCalendar.DayOff] = [:]
  var workedDays: [CivilDay: CivilDay] = [:]
  var undecided: [CivilDay: String] = [:]

  /// Adds a day that must be covered and must not be there yet.
  mutating func add(
    _ day: CivilDay, in row: ConfigurationSection, covers: ClosedRange<CivilDay>, _ change: (inout CalendarRows) -> Void
  ) {
    if !covers.contains(day) { Self.noteOutside(day, row) }
    if daysOff[day] != nil || workedDays[day] != nil {
      row.note(
        Sentence("\(day) stands in two rows", "\(day) có ở hai dòng"),
        remedy: Sentence("leave it in one of them", "hãy để lại ở một dòng"))
    }
    change(&self)
  }

  static func noteOutside(_ day: CivilDay, _ row: ConfigurationSection) {
    row.note(
      Sentence("\(day) is outside ‘covers’", "\(day) nằm ngoài ‘covers’"),
      remedy: Sentence("correct the day, or what the calendar covers", "hãy sửa ngày, hoặc khoảng mà lịch bao gồm"))
  }

  /// The days of a row, which says where it has them from.
  static func sourced(_ row: ConfigurationSection) -> [CivilDay] {
    _ = row.string("source")
    let days = days(row, needsEnd: false)
    return (0...(days.upperBound - days.lowerBound)).map { days.lowerBound + $0 }
  }

  /// `from` and `until`, at most ten years; the second may be left out where one day is meant.
  static func days(_ row: ConfigurationSection, needsEnd: Bool) -> ClosedRange<CivilDay> {
    let from = row.day("from")
    let until = needsEnd ? row.day("until") : row.day("until", default: from)
    guard from <= until, until - from <= 3_660 else {
      row.note(
        Sentence(
          "this span ends before it begins, or after more than ten years",
          "khoảng này kết thúc trước khi bắt đầu, hoặc dài hơn mười năm"), key: "until",
        remedy: Sentence("correct one of the days", "hãy sửa một trong các ngày")
      )
      return from...from
    }
    return from...until
  }
}
