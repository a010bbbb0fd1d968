import Deadlines
import Foundation
import ServiceKit
import Testing

/// The calendars this project ships, and moments as tests write them.
enum Calendars {
  static let folder: String = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
    return root.appending(path: "Deploy/calendars").path
  }()

  /// `standard` or another office of `Deploy/calendars/offices`, by the holidays of Viet Nam.
  static func shipped(_ office: String = "standard") throws -> WorkCalendar {
    let catalogue = try CalendarCatalogue(folder: folder)
    return WorkCalendar(
      office: try #require(catalogue.offices[office]), holidays: try #require(catalogue.calendar("vietnam", version: 1))
    )
  }

  /// An office of these sessions from Monday to Friday.
  static func office(_ sessions: String...) throws -> OfficeHours {
    let day = try #require(OfficeHours.Day(sessions.compactMap { WorkSession($0) }))
    return try #require(
      OfficeHours([.monday: day, .tuesday: day, .wednesday: day, .thursday: day, .friday: day]))
  }

  static func day(_ text: String) throws -> CivilDay { try #require(CivilDay(text)) }

  /// `2026-02-13 16:00`, by Viet Nam's clock.
  static func moment(_ text: String) throws -> Timestamp {
    try Timestamp(rfc3339: text.replacingOccurrences(of: " ", with: "T") + ":00+07:00")
  }

  static func text(_ moment: Timestamp?) -> String {
    moment.map {
      String($0.rfc3339(offset: .vietnam, fraction: .none).prefix(16)).replacingOccurrences(of: "T", with: " ")
    }
      ?? "paused"
  }

  static func pause(_ from: String, _ until: String?) throws -> Pause {
    try #require(Pause(from: moment(from), until: until.map { try moment($0) }))
  }
}
