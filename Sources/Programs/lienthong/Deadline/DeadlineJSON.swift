import Deadlines
import JSONKit
import ServiceKit
import Workbench

/// A deadline for machines; see the manual of `deadline explain`.
enum DeadlineJSON {
  static func print(_ deadline: Deadline, _ steps: [CountingStep]) {
    Terminal.printJSONObject { writer in
      writer.member("beganAt", text(deadline.beganAt))
      writer.member("dueAt", deadline.dueAt.map(text))
      writer.member("calendar", deadline.calendar.description)
      writer.member("provisional", deadline.isProvisional)
      writer.member("doubts", deadline.doubts.map(\.description))
      writer.member("steps", steps, write)
    }
  }

  private static func write(_ step: CountingStep, to writer: inout JSONWriter) {
    switch step {
    case .begins(let moment, let reason):
      writer.member("step", "begins")
      writer.member("at", text(moment))
      writer.member("because", reason.rawValue)
    case .firstDay(let day):
      writer.member("step", "firstDay")
      writer.member("day", day.description)
    case .counted(let day, let number, let kind):
      writer.member("step", "counted")
      write(day, kind, to: &writer)
      writer.member("number", number)
    case .passedOver(let day, let kind):
      writer.member("step", "passedOver")
      write(day, kind, to: &writer)
    case .worked(let day, let session, let time):
      writer.member("step", "worked")
      writer.member("day", day.description)
      writer.member("session", session.description)
      writer.member("seconds", Int(time.components.seconds))
    case .moved(let from, let to):
      writer.member("step", "moved")
      writer.member("day", to.description)
      writer.member("from", from.description)
    case .extended(let pause, let extent):
      writer.member("step", "extended")
      write(pause, to: &writer)
      switch extent {
      case .workingTime(let time): writer.member("seconds", Int(time.components.seconds))
      case .workingDays(let number): writer.member("workingDays", number)
      case .days(let number): writer.member("days", number)
      }
    case .restarted(let pause):
      writer.member("step", "restarted")
      write(pause, to: &writer)
    case .paused(let since):
      writer.member("step", "paused")
      writer.member("from", text(since))
    case .due(let moment):
      writer.member("step", "due")
      writer.member("at", text(moment))
    }
  }

  private static func write(_ day: CivilDay, _ kind: WorkDay, to writer: inout JSONWriter) {
    writer.member("day", day.description)
    switch kind {
    case .open(_, let missed):
      writer.member("kind", "open")
      writer.member("inPlaceOf", missed?.description)
    case .weeklyRest: writer.member("kind", "weeklyRest")
    case .dayOff(let off):
      writer.member("kind", "dayOff")
      writer.member("name", off.name)
    }
  }

  private static func write(_ pause: Pause, to writer: inout JSONWriter) {
    writer.member("from", text(pause.from))
    writer.member("until", pause.until.map(text))
  }

  private static func text(_ moment: Timestamp) -> String { moment.rfc3339(offset: .vietnam, fraction: .none) }
}
