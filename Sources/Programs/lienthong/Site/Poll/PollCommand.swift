import DossierModel
import DossierStore
import JSONKit
import Management
import ServiceKit

/// `lienthong poll`: how partners that are asked stand, what of theirs could not be taken, and what an operator does about it.
enum PollCommand: Command {
  static let name = "poll"
  static let summary =
    "show how partners that are asked stand, and what of theirs could not be taken; ask now, take again"
  static let options = SiteStore.options + OperatorSignature.options + ["--party"]
  static let flags = ["--json", "--bytes", "--all"]
  static let help = """
    Usage: lienthong poll [list] [--party PARTY] [--site SITE | --data DIR] [--json]
           lienthong poll items [--party PARTY] [--json] …
           lienthong poll item N [--bytes | --json] …
           lienthong poll now PARTY [POLL] --reason TEXT [--as NAME] …
           lienthong poll again N|--all --reason TEXT [--as NAME] [--party PARTY] …
           lienthong poll drop N --reason TEXT [--as NAME] …
           lienthong poll forget PARTY POLL --reason TEXT [--as NAME] [--site SITE] …

    list      one line for each poll: when it last succeeded, when it is next due, how much came, how much of it is kept,
              where it is, and the last failure since it succeeded; one that the site does not configure any more is
              marked. The site's schedules for statistics stand there too, with the period that was sent last
    items     what partners had for us and the line could not take, each with its bytes kept: when it came, how often, and
              the rule that it breaks
    item      one of them; --bytes prints it as it came
    now       ask at once, whatever the poll waits for
    again     have it go down the line once more, after the schema, the mapping or the code table was mended; one that is
              taken is kept no longer
    drop      forget it, bytes and all
    forget    forget a poll that the site does not configure any more: its place, its failures and all items kept of it

    \(SiteStore.help)
      --party PARTY only of this party
    \(OperatorSignature.help)
      --json        for programs

    Orders work while the gateway runs, which takes notice within seconds, and while it does not. Items that come again by
    themselves (a partner's list) are tried again by themselves.

    Exit codes: 0 shown or done · 1 there is no such poll or item · 2 the call, the site or its database cannot be used ·
    3 the database failed
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let words = arguments.words
    switch words.first {
    case nil: return try PollView.list(arguments)
    case "list" where words.count == 1: return try PollView.list(arguments)
    case "items" where words.count == 1: return try PollView.items(arguments)
    case "item" where words.count == 2: return try PollView.item(try number(words[1]), arguments)
    case "now" where words.count == 2 || words.count == 3:
      return try now(PartyID(words[1]), words.count == 3 ? words[2] : nil, arguments)
    case "again" where words.count == 2 && !arguments.has("--all"):
      return try order([.offerAgain(try number(words[1]))], arguments)
    case "again" where words.count == 1 && arguments.has("--all"):
      return try order(try PollView.all(arguments).map { .offerAgain($0.number) }, arguments)
    case "drop" where words.count == 2: return try order([.drop(try number(words[1]))], arguments)
    case "forget" where words.count == 3: return try forget(PollID(PartyID(words[1]), words[2]), arguments)
    default:
      throw .unusable(
        "say `poll`, or items, item N, now PARTY, again N, drop N, forget PARTY POLL; --help tells more")
    }
  }

  private static func number(_ word: String) throws(CommandFailure) -> Int64 {
    guard let number = Int64(word), number > 0 else {
      throw .unusable("N is the number of an item, as `poll items` shows it")
    }
    return number
  }

  private static func now(
    _ party: PartyID, _ name: String?, _ arguments: Arguments
  ) throws(CommandFailure) -> ExitCode {
    let reader = try SiteStore.open(arguments)
    let known = try SiteStore.look { () throws(StoreError) in try reader.polls() }.map(\.id)
    let meant = known.filter { $0.party == party && (name == nil || $0.name == name) }
    guard !meant.isEmpty else {
      Terminal.complain("this party was never asked by such a poll; `lienthong poll` lists those there are")
      return .negative
    }
    return try order(meant.map { .hasten($0) }, arguments)
  }

  /// A poll that is still asked would begin from the start, and bring everything once more.
  private static func forget(_ poll: PollID, _ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    guard let configured = try PollView.configuredPolls(arguments) else {
      throw .unusable("say with --site whose poll it was: one that the site still asks is not forgotten")
    }
    guard !configured.contains(poll) else {
      Terminal.complain("the site still asks \(poll); take it out of the party's file first")
      return .negative
    }
    return try order([.forget(poll)], arguments)
  }

  private static func order(_ actions: [PollOrder.Action], _ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let signature = try OperatorSignature(arguments)
    let desk = try SiteStore.openDesk(arguments)
    var done = 0
    for action in actions {
      let order = PollOrder(action, actor: signature.actor, reason: signature.reason, at: SystemTimeSource().now())
      if try SiteStore.look({ () throws(StoreError) in try desk.carryOut(order) }) { done += 1 }
    }
    guard done == actions.count else {
      Terminal.complain("there is no such poll or item")
      return .negative
    }
    Terminal.print("\(done) done.")
    return .success
  }
}
