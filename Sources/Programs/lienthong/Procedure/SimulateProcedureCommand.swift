import Deadlines
import DossierModel
import Orchestration
import ServiceKit

/// `lienthong procedure simulate`: plays a procedure with agencies that answer as told.
enum SimulateProcedureCommand: Command {
  static let name = "procedure simulate"
  static let summary = "play a procedure with agencies that answer as told"
  static let options = ProcedureFiles.options + ["--received", "--without", "--answer"]
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong procedure simulate NAME[/VERSION] [options]

      --received MOMENT     when the dossier comes; 2026-11-16T09:00 unless told
      --without STEP        a step that does not belong to the dossier; may be given more than once
      --answer STEP=WORDS   what its agency answers, in this order, each after a working hour: done, refused, supplement,
                            payment, return:STEP, silent; a list with commas; done unless told

    The citizen gives every supplement and pays after a working day. Every event and what is done because of it is one line, by
    the calendar and the hours of the offices. --json prints the instance at the end instead, as a gateway would store it.

    \(ProcedureFiles.help)

    Exit codes: 0 it ended · 1 it waits for somebody · 2 the call or a file cannot be used
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let name = try arguments.words("NAME")[0]
    let definition = try ProcedureFiles.procedure(name, try ProcedureFiles.procedures(arguments))
    let calendars = try CalendarFiles.open(arguments)
    let findings = ProcedureCheck(calendars: calendars).findings(definition)
    guard findings.isEmpty, let clock = ProcedureClock(definition, calendars: calendars) else {
      throw .unusable("the procedure does not hold together; see `lienthong procedure check`")
    }
    let start = try WrittenMoment.read(arguments.value("--received") ?? "2026-11-16T09:00", of: "--received")
    let without = try steps(arguments.values("--without"), definition)
    var answers: [StepID: [SimulatedAnswer]] = [:]
    for text in arguments.values("--answer") {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw .unusable("--answer '\(text)' is none; write STEP=done,refused,…") }
      let step = try steps([parts[0]], definition)
      answers[step.first ?? StepID(parts[0])] = try parts[1].split(separator: ",").map {
        word throws(CommandFailure) in try SimulatedAnswer(String(word), definition)
      }
    }
    var play = ProcedurePlay(definition, clock: clock, answers: answers)
    let isText = !arguments.has("--json")
    let instance = play.run(without: Set(without), at: start) { if isText { Terminal.print($0) } }
    if !isText { Terminal.printJSON { instance.write(to: &$0) } }
    return instance.outcome == nil ? .negative : .success
  }

  private static func steps(_ names: [String], _ definition: ProcedureDefinition) throws(CommandFailure) -> [StepID] {
    for name in names where definition[StepID(name)] == nil {
      let known = definition.steps.map(\.id.text).joined(separator: ", ")
      throw .unusable("there is no step '\(name)'; known here: \(known)")
    }
    return names.map { StepID($0) }
  }
}
