import DossierModel
import DossierStore
import Gateway
import Management
import Reconciliation
import ServiceKit
import Statistics

/// `lienthong portal reconcile`: whether the portal, the sender and our ledger tell the same of the dossiers of a day.
enum ReconcilePortalCommand: Command {
  static let name = "portal reconcile"
  static let summary =
    "compare the sender's list, the ledger and the portal's list of a day; send again what is missing"
  static let options =
    OperatorSignature.options + ["--day", "--procedure", "--portal", "--sender", "--sender-list", "--portal-list"]
  static let flags = ["--ask", "--repair", "--json"]
  static let help = """
    Usage: lienthong portal reconcile SITE --day DAY [--procedure CODE] [--portal PARTY]
             [--sender PARTY [--sender-list FILE]] [--portal-list FILE | --ask]
             [--repair --reason TEXT [--as NAME]] [--json]

    Compares, dossier by dossier, what was received on a day: missing there, missing here, state differs, procedure
    differs, listed twice. What is on its way is told apart. Without --portal-list and --ask our own deliveries say what
    the portal has.

      --day DAY           2026-11-20, or a period: 2026-11, 2026-11-01/2026-11-20; by the day of receipt
      --procedure CODE    dossiers of this procedure only
      --portal PARTY      the portal; unless told, the only party that can be asked for dossiers
      --sender PARTY      dossiers of this sender only
      --sender-list FILE  the sender's own list, .csv, .json or .xml
      --portal-list FILE  the portal's list
      --ask               ask the portal about each dossier; what it has and we have not, it cannot tell so
      --repair            send again, in order, every message of a dossier that the portal has not; a status is never
                          altered, and what differs is left to its sender
    \(OperatorSignature.help)
      --json              for programs

    Lists name a dossier by MaHoSo (or code), and may have MaTTHC (procedure), TrangThaiHoSo (status: 1 to 10, or our
    words) and NgayTiepNhan (receivedAt). A CSV file may have up to \(ListLimits.standard.rows) rows in any order.

    Exit codes: 0 everything agrees, or was sent again · 1 something does not · 2 the call, a list or the site cannot be
    used · 3 the database failed, or the portal does not answer
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let site = try SiteFiles.read(try arguments.words("SITE")[0])
    guard let period = arguments.value("--day").flatMap({ Period($0) }) else {
      throw .unusable("--day is 2026-11-20, 2026-11 or FROM/UNTIL in days")
    }
    guard arguments.value("--portal-list") == nil || !arguments.has("--ask") else {
      throw .unusable("--portal-list and --ask exclude each other: say which tells what the portal has")
    }
    let sender = arguments.value("--sender").map { PartyID($0) }
    guard sender != nil || arguments.value("--sender-list") == nil else {
      throw .unusable("say whose list --sender-list is with --sender PARTY")
    }
    if let sender, !site.parties.contains(where: { $0.party.id == sender }) {
      throw .unusable("the site has no party '\(sender)'")
    }
    let signature = arguments.has("--repair") ? try OperatorSignature(arguments) : nil
    let portal = try PortalParty.find(arguments.value("--portal"), in: site)
    let scope = ReconciliationScope(period, procedure: arguments.value("--procedure"), sender: sender)
    var run = ReconciliationRun(
      scope, portal: portal, reader: try SiteStore.open(site), hasSenderList: arguments.value("--sender-list") != nil,
      questions: arguments.has("--ask") ? try PortalQuestions(site, portal: portal) : nil)
    try run.compare(sender: try list("--sender-list", arguments), portal: try list("--portal-list", arguments))
    if let signature { try run.repair(by: try SiteStore.openDesk(site), signature) }
    if arguments.has("--json") {
      ReconciliationJSON.print(run)
    } else {
      Terminal.print(ReconciliationText(run).lines.joined(separator: "\n"))
    }
    return run.isClean ? .success : .negative
  }

  private static func list(
    _ option: String, _ arguments: Arguments
  ) throws(CommandFailure) -> (any OrderedList<ListedDossier>)? {
    guard let path = arguments.value(option) else { return nil }
    guard let format = ListFile.format(of: path) else {
      throw .unusable("\(option) '\(path)': its name ends in .csv, .json or .xml")
    }
    do throws(ListError) {
      return try ListFile.read(path, as: format)
    } catch {
      throw .unusable("\(option) '\(path)': \(error)")
    }
  }
}
