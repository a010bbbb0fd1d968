import Deadlines
import Orchestration
import Statistics

/// How long procedures may take, by the codes of dossiers: from the definitions of a folder.
enum ReportProcedures {
  static let options = ["--procedures"] + CalendarFiles.options

  /// Without `--procedures` no procedure's time is known.
  static func longestTimes(_ arguments: Arguments) throws(CommandFailure) -> [String: ProcedureTime] {
    guard arguments.value("--procedures") != nil else { return [:] }
    let calendars = try CalendarFiles.open(arguments)
    var times: [String: ProcedureTime] = [:]
    var ambiguous: Set<String> = []
    let procedures = try ProcedureFiles.procedures(arguments).procedures
    for definition in procedures.sorted(by: { $0.key < $1.key }).compactMap(\.value.last) {
      guard let time = definition.time else { continue }
      guard let holidays = calendars.calendar(definition.calendar), let hours = calendars.offices[time.office] else {
        throw .unusable(
          "procedure '\(definition.version)' counts by the calendar '\(definition.calendar)' and the office "
            + "'\(time.office)', which are not in the folder of --calendars")
      }
      let counter = DeadlineCounter(WorkCalendar(office: hours, holidays: holidays))
      for code in definition.codes {
        // Of two procedures with one code a dossier does not say which it is of.
        if let other = times[code], other.term != time.term { ambiguous.insert(code) }
        times[code] = ProcedureTime(time.term, by: time.rule, counter: counter)
      }
    }
    return times.filter { !ambiguous.contains($0.key) }
  }
}
