import DossierModel
import DossierStore
import Gateway
import Orchestration
import ServiceKit

/// `lienthong procedure order`: what an operator does with a procedure under way.
enum OrderProcedureCommand: Command {
  static let name = "procedure order"
  static let summary = "cancel or withdraw a procedure, assign a step, enter an answer that came on paper"
  static let options = ["--site"] + OperatorSignature.options
  static let help = """
    Usage: lienthong procedure order cancel MA_HO_SO --reason TEXT [--as NAME] [--site SITE]
           lienthong procedure order withdraw MA_HO_SO --reason TEXT …
           lienthong procedure order assign MA_HO_SO STEP PARTY --reason TEXT …
           lienthong procedure order done MA_HO_SO STEP [RESULT=VALUE …] --reason TEXT …
           lienthong procedure order refused MA_HO_SO STEP --reason TEXT …

    cancel    end it: who has the dossier is told
    withdraw  the citizen withdrew and said so elsewhere
    assign    say who carries out a step that has nobody
    done      the agency answered on paper: the step is done, with these results
    refused   the agency refused on paper

    What it brings about is sent by the gateway, which takes notice within seconds when it runs.

      --site SITE   the site's folder; \(SiteStore.defaultSite) unless told
    \(OperatorSignature.help)

    Exit codes: 0 done · 1 no procedure is under way for this dossier, or nothing came of it · 2 the call, the site or its
    database cannot be used · 3 the database failed
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let words = arguments.words
    guard words.count >= 2, let action = action(words) else {
      throw .unusable(
        "say cancel MA_HO_SO, withdraw MA_HO_SO, assign MA_HO_SO STEP PARTY, done MA_HO_SO STEP or refused MA_HO_SO STEP"
      )
    }
    let signature = try OperatorSignature(arguments)
    let plan = try SiteFiles.plan(try SiteStore.site(arguments))
    guard let conductor = plan.conductor else { throw .unusable("this site conducts no procedures") }
    let desk = try SiteStore.openDesk(arguments, conductor: conductor)
    let order = ConductOrder(
      DossierCode(words[1]),
      .order(ProcedureOrder(action, actor: signature.actor, reason: signature.reason)), at: SystemTimeSource().now())
    guard try SiteStore.look({ () throws(StoreError) in try desk.conduct(order) }) else {
      Terminal.complain("no procedure is kept for the dossier '\(words[1])'")
      return .negative
    }
    Terminal.print("done; `lienthong procedure trace \(words[1])` tells what came of it")
    return .success
  }

  private static func action(_ words: [String]) -> ProcedureOrder.Action? {
    switch (words[0], words.count) {
    case ("cancel", 2): return .cancel
    case ("withdraw", 2): return .withdraw
    case ("assign", 4): return .assign(StepID(words[2]), PartyID(words[3]))
    case ("refused", 3): return .answer(StepID(words[2]), .refused)
    case ("done", 3...):
      var results: [String: String] = [:]
      for word in words.dropFirst(3) {
        guard let equals = word.firstIndex(of: "=") else { return nil }
        results[String(word[..<equals])] = String(word[word.index(after: equals)...])
      }
      return .answer(StepID(words[2]), .done(results: results))
    default: return nil
    }
  }
}
