import DocumentKit
package import ServiceKit

// Office hours as a file says them:
//
//     week:
//       - { days: [mon, tue, wed, thu, fri], sessions: ["07:30-11:30", "13:30-17:00"] }
//       - { days: [sat], sessions: ["07:30-11:30"], workingDay: false }

extension OfficeHours {
  /// Reads `week`. What is wrong is noted, and stands for a week of whole days.
  package init(reading section: ConfigurationSection) {
    var days: [Weekday: Day] = [:]
    let rows = section.sections("week")
    if rows.isEmpty {
      section.note(
        Sentence("an office without hours", "cơ quan không có giờ làm việc"), key: "week",
        remedy: Sentence("write when it works, day by day", "hãy viết giờ làm việc của từng ngày"))
    }
    for row in rows {
      let (weekdays, day) = Self.row(row)
      for weekday in weekdays.sorted() {
        if days[weekday] != nil {
          row.note(
            Sentence("‘\(weekday.rawValue)’ stands in two rows", "‘\(weekday.rawValue)’ có ở hai dòng"), key: "days",
            remedy: Sentence("write each day of the week once", "hãy viết mỗi ngày trong tuần một lần"))
        }
        days[weekday] = day
      }
    }
    guard let hours = OfficeHours(days) else {
      if !rows.isEmpty {
        section.note(
          Sentence("no day of the week is a working day", "không ngày nào trong tuần là ngày làm việc"), key: "week",
          remedy: Sentence("let at least one be", "hãy để ít nhất một ngày"))
      }
      self = .standIn
      return
    }
    self = hours
  }

  private static func row(_ row: ConfigurationSection) -> (Set<Weekday>, Day) {
    let isWorkingDay = row.boolean("workingDay", default: true)
    let weekdays = row.weekdays("days")
    let texts = row.strings("sessions")
    let sessions = texts.compactMap { WorkSession($0) }
    guard sessions.count == texts.count, let day = Day(sessions, isWorkingDay: isWorkingDay) else {
      row.note(
        Sentence("these are no sessions of a day", "đây không phải là các buổi làm việc trong ngày"), key: "sessions",
        remedy: Sentence(
          "write them in order, like [\"07:30-11:30\", \"13:30-17:00\"]",
          "hãy viết theo thứ tự, như [\"07:30-11:30\", \"13:30-17:00\"]"))
      return (weekdays, .whole)
    }
    return (weekdays, day)
  }

  private static let standIn = OfficeHours(
    unchecked: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, .whole) }))
}

extension OfficeHours.Day {
  fileprivate static let whole = OfficeHours.Day(unchecked: [.whole], isWorkingDay: true)
}
