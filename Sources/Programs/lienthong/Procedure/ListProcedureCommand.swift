import DossierModel
import DossierStore
import JSONKit
import Management
import Orchestration
import ServiceKit

/// `lienthong procedure list`: the procedures that a site conducts now, with what each waits for.
enum ListProcedureCommand: Command {
  static let name = "procedure list"
  static let summary = "list the procedures that a site conducts now, and what each waits for"
  static let options = SiteStore.options + ["--procedure", "--after", "--limit"]
  static let flags = ["--all", "--late", "--json"]
  static let help = """
    Usage: lienthong procedure list [--late | --all] [--procedure NAME] [--site SITE | --data DIR] [--json]

      --late        only those that are overdue
      --all         those that are over as well
      --procedure NAME
      --after MA_HO_SO, --limit N
                    the next page: N (50 unless told) behind this dossier
    \(SiteStore.help)
      --json        for programs

    Exit codes: 0 shown · 2 the call, the site or its database cannot be used · 3 the database failed
    """
  private static let limits = 1...10_000

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    _ = try arguments.words()
    guard let limit = Int(arguments.value("--limit") ?? "50"), limits.contains(limit) else {
      throw .unusable("--limit is a number from \(limits.lowerBound) to \(limits.upperBound)")
    }
    let now = SystemTimeSource().now()
    let filter = ProcedureFilter(
      procedure: arguments.value("--procedure"), isOpen: !arguments.has("--all"),
      dueBefore: arguments.has("--late") ? now : nil)
    let reader = try SiteStore.open(arguments)
    let after = arguments.value("--after").map { DossierCode($0) }
    let found = try SiteStore.look { () throws(StoreError) in
      try reader.procedures(filter, after: after, limit: limit)
    }
    guard !arguments.has("--json") else {
      Terminal.printJSON(found) { ProcedureTrace(of: $0).writeSummary(to: &$1) }
      return .success
    }
    Terminal.print(
      "DOSSIER".padded(to: 28) + "PROCEDURE".padded(to: 36) + "DUE".padded(to: 18) + "TIME".padded(to: 16) + "WAITS FOR"
    )
    for procedure in found {
      let trace = ProcedureTrace(of: procedure)
      Terminal.print(
        procedure.dossier.text.padded(to: 28) + "\(procedure.procedure)/\(procedure.version)".padded(to: 36)
          + (procedure.dueAt.map(ProcedureSentences.text) ?? "-").padded(to: 18)
          + (trace.deadlineWord ?? "-").padded(to: 16)
          + (procedure.outcome ?? trace.waitingFor.joined(separator: ", ")))
    }
    return .success
  }
}
