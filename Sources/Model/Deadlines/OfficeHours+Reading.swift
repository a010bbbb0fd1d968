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
    if rows.isEmpty { section.note("an office without hours", key: "week", remedy: "write when it works, day by day") }
    for row in rows {
      let (weekdays, day) = Self.row(row)
      for weekday in weekdays.sorted() {
        if days[weekday] != nil {
          row.note("‘\(weekday.rawValue)’ stands in two rows", key: "days", remedy: "write each day of the week once")
        }
        days[weekday] = day
      }
    }
    guard let hours = OfficeHours(days) else {
      if !rows.isEmpty {
        section.note("no day of the week is a working day", key: "week", remedy: "let at least one be")
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
        "these are no sessions of a day", key: "sessions",
        remedy: "write them in order, like [\"07:30-11:30\", \"13:30-17:00\"]")
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
