import DossierModel
import DossierStore
import Orchestration
import ServiceKit

/// `lienthong procedure trace`: the story of one procedure, and who holds it.
enum TraceProcedureCommand: Command {
  static let name = "procedure trace"
  static let summary = "tell the story of a dossier's procedure: who had it how long, who has it, what is owed"
  static let options = SiteStore.options
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong procedure trace MA_HO_SO [--site SITE | --data DIR] [--json]

    The dossier may be named by any code that is known of it. Of each step it tells how long the dossier was under way to its
    agency and how long the agency had it.

    \(SiteStore.help)
      --json        for programs

    Exit codes: 0 shown · 1 no procedure was begun for this dossier · 2 the site or its database cannot be read · 3 the database
    failed
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let code = DossierCode(try arguments.words("MA_HO_SO")[0])
    let reader = try SiteStore.open(arguments)
    let found = try SiteStore.look { () throws(StoreError) in try reader.procedure(knownAs: [code], to: nil) }
    guard let stored = found else {
      Terminal.complain("no procedure was begun for the dossier '\(code)'")
      return .negative
    }
    let outputs = try SiteStore.look { () throws(StoreError) in try reader.procedureOutputs(of: stored.dossier) }
    let history = try SiteStore.look { () throws(StoreError) in try reader.procedureHistory(of: stored.dossier) }
    let trace = ProcedureTrace(of: stored)
    if arguments.has("--json") {
      Terminal.printJSON { trace.write(outputs, history, to: &$0) }
    } else {
      trace.lines(outputs, history).forEach(Terminal.print)
    }
    return .success
  }
}
