import Deadlines
import ServiceKit

/// `lienthong deadline explain`: how a deadline comes about, day by day.
enum ExplainDeadlineCommand: Command {
  static let name = "deadline explain"
  static let summary = "show how a deadline is counted, day by day"
  static let options = [
    "--received", "--term", "--begin", "--cut-off", "--pause", "--resumption", "--office", "--calendar", "--calendars",
  ]
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong deadline explain --received MOMENT --term TERM [options]

      --received MOMENT   when the dossier was received: 2026-11-20T16:10, by Viet Nam's clock unless it says an offset
      --term TERM         "3 workingDays", "8 workingHours", "15 days", "1 months", or "3 ngày làm việc", "8 giờ", …
      --begin WAY         nextDay: the day of receipt is not counted, the last day is whole (unless told);
                          moment: to the same time of day
      --cut-off HH:mm     from this time of day on a receipt is one of the next working day
      --pause FROM/UNTIL  the clock stood still; may be given more than once, in order; FROM/ while it lasts
      --resumption WAY    extend: the deadline moves by the pause (unless told); restart: the time begins anew
      --office NAME       hours of the office; standard unless told
      --calendar NAME[/N] days off, in their latest version unless told; vietnam unless told
      --calendars DIR     the folder of both; Deploy/calendars unless told
      --json              one JSON text; a step has `step` and what belongs to it

    A deadline that was counted over days of which not everything is known is provisional, and says why.

    Exit codes: 0 counted · 1 it cannot be counted · 2 the call or a file cannot be used
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    _ = try arguments.words()
    let counter = DeadlineCounter(try calendar(arguments))
    guard let text = arguments.value("--received"), let words = arguments.value("--term") else {
      throw .unusable("say --received MOMENT and --term TERM; `lienthong deadline explain --help` shows how")
    }
    let receivedAt = try WrittenMoment.read(text, of: "--received")
    guard let term = Term(words) else {
      throw .unusable("--term '\(words)' is none; write a number and a unit, such as \"3 workingDays\"")
    }
    var pauses: [Pause] = []
    for text in arguments.values("--pause") { pauses.append(try pause(text)) }
    let rule = try rule(arguments)
    var steps: [CountingStep] = []
    do throws(DeadlineError) {
      let deadline = try counter.deadline(
        of: term, from: receivedAt, by: rule, pauses: pauses, step: { steps.append($0) })
      if arguments.has("--json") {
        DeadlineJSON.print(deadline, steps)
      } else {
        Terminal.print(DeadlineText.lines(deadline, receivedAt: receivedAt, term: term, steps).joined(separator: "\n"))
      }
      return .success
    } catch {
      Terminal.complain("lienthong \(name): \(error.message)")
      return .negative
    }
  }

  private static func calendar(_ arguments: Arguments) throws(CommandFailure) -> WorkCalendar {
    let catalogue = try CalendarFiles.open(arguments)
    let office = arguments.value("--office") ?? "standard"
    guard let hours = catalogue.offices[office] else {
      throw .unusable(
        "there are no hours of an office '\(office)'; known here: \(catalogue.offices.keys.sorted().joined(separator: ", "))"
      )
    }
    let name = arguments.value("--calendar") ?? "vietnam"
    guard let edition = EditionName(name),
      let holidays = catalogue.calendar(edition.name, version: edition.version)
    else {
      let known = catalogue.calendars.values.joined().map(\.version.description).sorted()
      throw .unusable("there is no calendar '\(name)'; known here: \(known.joined(separator: ", "))")
    }
    return WorkCalendar(office: hours, holidays: holidays)
  }

  private static func rule(_ arguments: Arguments) throws(CommandFailure) -> CountingRule {
    var rule = CountingRule()
    rule.begin = try choice(arguments, "--begin") ?? rule.begin
    rule.resumption = try choice(arguments, "--resumption") ?? rule.resumption
    if let text = arguments.value("--cut-off") {
      guard let time = TimeOfDay(text) else { throw .unusable("--cut-off '\(text)' is no time of day; write HH:mm") }
      rule.cutOff = time
    }
    return rule
  }

  private static func choice<Choice: RawRepresentable & CaseIterable>(
    _ arguments: Arguments, _ option: String
  ) throws(CommandFailure) -> Choice? where Choice.RawValue == String {
    guard let word = arguments.value(option) else { return nil }
    guard let choice = Choice(rawValue: word) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: " or ")
      throw .unusable("\(option) is \(known), not '\(word)'")
    }
    return choice
  }

  private static func pause(_ text: String) throws(CommandFailure) -> Pause {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      throw .unusable("--pause '\(text)' is none; write FROM/UNTIL, or FROM/ while it lasts")
    }
    let from = try WrittenMoment.read(parts[0], of: "--pause")
    guard let pause = Pause(from: from, until: parts[1].isEmpty ? nil : try WrittenMoment.read(parts[1], of: "--pause"))
    else {
      throw .unusable("--pause '\(text)' ends before it begins")
    }
    return pause
  }
}
