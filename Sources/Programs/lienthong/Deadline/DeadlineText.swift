import Deadlines
import ServiceKit

/// A deadline for people: a line for every step of its count.
enum DeadlineText {
  static func lines(_ deadline: Deadline, receivedAt: Timestamp, term: Term, _ steps: [CountingStep]) -> [String] {
    var lines = ["received".padded(to: width) + text(receivedAt) + "   \(term.amount) \(term.unit.name)"]
    lines += steps.map(line)
    lines.append("calendar".padded(to: width) + deadline.calendar.description)
    lines += deadline.doubts.map { "provisional".padded(to: width) + $0.description }
    return lines
  }

  private static let width = 18

  private static func line(_ step: CountingStep) -> String {
    switch step {
    case .begins(let moment, let reason): "begins".padded(to: width) + text(moment) + "   " + words(for: reason)
    case .firstDay(let day): row(day, "–", "the day of receipt is not counted")
    case .counted(let day, let number, let kind): row(day, String(number), remark(kind))
    case .passedOver(let day, let kind): row(day, "–", remark(kind))
    case .worked(let day, let session, let time): row(day, words(for: time), session.description)
    case .moved(let from, let to): row(to, "→", "moved from \(from), which is no working day")
    case .extended(let pause, let extent): span(pause) + "the deadline moves by \(words(for: extent))"
    case .restarted(let pause): span(pause) + "the time begins anew"
    case .paused(let since): "paused".padded(to: width) + "since " + text(since)
    case .due(let moment): "due".padded(to: width) + text(moment)
    }
  }

  private static func row(_ day: CivilDay, _ count: String, _ remark: String) -> String {
    let line = "\(day.weekday.rawValue) \(day)".padded(to: width) + count
    return remark.isEmpty ? line : line.padded(to: width + 8) + remark
  }

  private static func span(_ pause: Pause) -> String {
    "paused".padded(to: width) + text(pause.from) + " to " + (pause.until.map(text) ?? "now") + "   "
  }

  private static func remark(_ kind: WorkDay) -> String {
    switch kind {
    case .open(let hours, let missed):
      missed.map { "worked in place of \($0)" } ?? (hours.isWorkingDay ? "" : "the office is open; no working day")
    case .weeklyRest: "closed every week"
    case .dayOff(let off): off.name
    }
  }

  static func words(for reason: CountingStep.Begin) -> String {
    switch reason {
    case .inSession: "the office is open"
    case .beforeOpening: "when the office opens"
    case .betweenSessions: "when the office opens again"
    case .afterClosing: "received after closing"
    case .closedDay: "received on a day on which the office is closed"
    case .afterCutOff: "received too late in the day"
    }
  }

  private static func words(for time: Duration) -> String {
    let minutes = time.components.seconds / 60
    return "\(minutes / 60) h \(minutes % 60) min"
  }

  private static func words(for extent: CountingStep.Extension) -> String {
    switch extent {
    case .workingTime(let time): words(for: time) + " of working time"
    case .workingDays(let number): "\(number) working days"
    case .days(let number): "\(number) days"
    }
  }

  /// `fri 2026-11-20 16:10`, by Viet Nam's clock.
  static func text(_ moment: Timestamp) -> String {
    let day = CivilDay(moment, offset: .vietnam)
    return "\(day.weekday.rawValue) \(day) \(TimeOfDay(moment, offset: .vietnam))"
  }
}
