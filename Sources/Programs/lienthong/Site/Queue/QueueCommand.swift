import DocumentKit
import DossierModel
import DossierStore
import JSONKit
import Management
import ServiceKit

/// `lienthong queue`: what waits and why, and what an operator does about it.
enum QueueCommand: Command {
  static let name = "queue"
  static let summary = "show what waits and why; hold, release, cancel or hasten it"
  static let options =
    SiteStore.options + OperatorSignature.options + LanguageOption.options + [
      "--delivery", "--destination", "--dossier", "--state", "--failure",
    ]
  static let flags = ["--json", "--all"]
  static let help = """
    Usage: lienthong queue [show] [--site SITE | --data DIR] [--json]
           lienthong queue shape [--json] …
           lienthong queue why DELIVERY [--json] …
           lienthong queue hold|release|cancel|flush SELECTION --reason TEXT [--as NAME] [--json] …
           lienthong queue requeue DELIVERY --reason TEXT [--as NAME] [--json] …

    show      one line for each destination and state: how many deliveries, the age of the oldest, and the next attempt;
              beside it, whether the gateway turns messages away because the disk is nearly full
    shape     one line for each destination: how many deliveries are how old, in minutes
    why       one sentence: why this delivery is not sent, and what would move it (its number is in `dossier trace`)
    hold      stop deliveries; later ones of the same dossier to the same destination wait behind them
    release   let held and dead deliveries go, in their turn, with the bytes that are stored; what a procedure owes and
              could not be written is tried again
    cancel    never send them; later ones of the same dossier go on
    flush     try at once what waits for its next attempt
    requeue   send what is finished (delivered, refused, cancelled) once more, as `message resend` does

    SELECTION, at least one of these; all that are said must hold:
      --delivery N          one delivery
      --destination PARTY   deliveries to this party
      --dossier MA_HO_SO    deliveries about this dossier
      --state STATE         waiting, ready, deferred, unknown, held, dead
      --failure CLASS       by the last failure, such as connect or businessRefusal
      --all                 everything that waits

    \(SiteStore.help)
    \(OperatorSignature.help)
    \(LanguageOption.help)
      --json        for programs

    Orders work while the gateway runs, which takes notice within a minute, and while it does not. Each delivery is
    changed with its journal in one commit, 500 deliveries to a commit; an order that is broken off has done the first ones.

    Exit codes: 0 shown or done · 1 no open delivery is meant, or one of them could not be changed · 2 the call, the site or
    its database cannot be used · 3 the database failed
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let words = arguments.words
    let language = try LanguageOption.read(arguments)
    if let word = words.first, let action = OperatorOrder.Action(rawValue: word), words.count == 1 {
      return try QueueOrder(action, arguments, in: language).run()
    }
    switch words.first {
    case nil: return try QueueView.show(arguments, in: language)
    case "show" where words.count == 1: return try QueueView.show(arguments, in: language)
    case "shape" where words.count == 1: return try QueueView.shape(arguments, in: language)
    case "requeue" where words.count == 2: return try ResendRun(delivery: words[1], arguments, in: language).run()
    case "why" where words.count == 2: return try QueueView.why(words[1], arguments, in: language)
    default:
      throw .unusable(
        Sentence(
          "say `queue`, or shape, why DELIVERY, hold, release, cancel, flush, requeue DELIVERY; --help tells more",
          "hãy viết `queue`, hoặc shape, why LƯỢT_GIAO, hold, release, cancel, flush, requeue LƯỢT_GIAO; xem --help"))
    }
  }
}
