import DossierModel
import DossierStore
import Gateway
import Orchestration
import ServiceKit

/// `lienthong procedure order`: what an operator does with a procedure under way.
enum OrderProcedureCommand: Command {
  static let name = "procedure order"
  static let summary = "cancel or withdraw a procedure, assign a step, enter what was told on paper or by telephone"
  static let options = ["--site"] + OperatorSignature.options
  static let help = """
    Usage: lienthong procedure order cancel MA_HO_SO --reason TEXT [--as NAME] [--site SITE]
           lienthong procedure order withdraw MA_HO_SO --reason TEXT …
           lienthong procedure order assign MA_HO_SO STEP PARTY --reason TEXT …
           lienthong procedure order done MA_HO_SO STEP [RESULT=VALUE …] --reason TEXT …
           lienthong procedure order refused MA_HO_SO STEP --reason TEXT …
           lienthong procedure order supplement MA_HO_SO STEP --reason TEXT …
           lienthong procedure order payment MA_HO_SO STEP --reason TEXT …
           lienthong procedure order back MA_HO_SO STEP EARLIER --reason TEXT …
           lienthong procedure order supplemented MA_HO_SO --reason TEXT …
           lienthong procedure order paid MA_HO_SO --reason TEXT …

    cancel        end it: who has the dossier is told
    withdraw      the citizen withdrew and said so elsewhere
    assign        say who carries out a step that has nobody
    done          the agency answered on paper or by telephone: the step is done, with these results
    refused       the agency refused so
    supplement    the agency asked so for a supplement; the reason says for which, and is told to the sender and the portal
    payment       the agency asked so for a payment; the same holds of the reason
    back          the agency gave the dossier back so to an earlier step
    supplemented  the citizen gave at the desk what was asked for: the agency gets the dossier again
    paid          the citizen paid and showed it elsewhere

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
        "say cancel|withdraw|supplemented|paid MA_HO_SO, done|refused|supplement|payment MA_HO_SO STEP, assign MA_HO_SO "
          + "STEP PARTY or back MA_HO_SO STEP EARLIER"
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
      Terminal.complain(
        "nothing came of it: no procedure is kept for the dossier '\(words[1])', or nothing in it waits for this; "
          + "`lienthong procedure trace \(words[1])` tells")
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
    case ("supplemented", 2): return .supplemented
    case ("paid", 2): return .paid
    case ("refused", 3): return .answer(StepID(words[2]), .refused)
    case ("supplement", 3): return .answer(StepID(words[2]), .supplementRequested)
    case ("payment", 3): return .answer(StepID(words[2]), .paymentRequested)
    case ("back", 4): return .answer(StepID(words[2]), .returned(to: StepID(words[3])))
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
