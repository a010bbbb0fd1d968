import DocumentKit
import Orchestration
import ServiceKit

/// `lienthong procedure check`: everything about procedures that can be wrong before a dossier begins one.
enum CheckProcedureCommand: Command {
  static let name = "procedure check"
  static let summary = "check the procedures without running them"
  static let options = ProcedureFiles.options + LanguageOption.options
  static let help = """
    Usage: lienthong procedure check [--procedures DIR] [--calendars DIR] [--language en|vi]

    Reads every edition of every procedure and finds steps that never begin or never end, results that nobody yields, circles,
    and steps that together take longer than the whole. Each finding is one line with its rule and how to mend it.

    \(ProcedureFiles.help)
      --language        the language of the findings; en unless told

    Exit codes: 0 nothing was found · 1 something was · 2 the call or a file cannot be used
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    _ = try arguments.words()
    let language = try LanguageOption.read(arguments)
    let catalogue = try ProcedureFiles.procedures(arguments)
    let check = ProcedureCheck(calendars: try CalendarFiles.open(arguments))
    let editions = catalogue.procedures.values.joined().sorted { $0.version.description < $1.version.description }
    let lines = editions.flatMap { definition in
      check.findings(definition).map { "\(definition.version): \($0.line(in: language))" }
    }
    guard lines.isEmpty else {
      Terminal.print(lines.joined(separator: "\n"))
      return .negative
    }
    let steps = editions.reduce(0) { $0 + $1.steps.count }
    let sum = Sentence(
      "\(editions.count) procedures with \(steps) steps hold together",
      "\(editions.count) quy trình với \(steps) bước khớp với nhau")
    Terminal.print(sum.text(in: language))
    return .success
  }
}
