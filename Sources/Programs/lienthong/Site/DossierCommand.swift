import DocumentKit
import DossierModel
import DossierStore
import JSONKit
import Management
import ServiceKit

/// `lienthong dossier`: where is a dossier, and who holds it.
enum DossierCommand: Command {
  static let name = "dossier"
  static let summary = "tell the story of a dossier, or list the latest ones"
  static let options = SiteStore.options + LanguageOption.options + ["--limit"]
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong dossier trace MA_HO_SO [--site SITE | --data DIR] [--json]
           lienthong dossier list [--limit N] [--site SITE | --data DIR] [--json]

    trace   everything that happened to the dossier, oldest first, and who holds it now
    list    the dossiers with the latest messages, newest first

    \(SiteStore.help)
      --limit N     lines of the list; 20 unless told
    \(LanguageOption.help)
      --json        for programs

    Exit codes: 0 shown · 1 no such dossier · 2 the site or its database cannot be read · 3 the database failed
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let language = try LanguageOption.read(arguments)
    switch arguments.words.first {
    case "trace" where arguments.words.count == 2:
      return try trace(DossierCode(arguments.words[1]), arguments, in: language)
    case "list" where arguments.words.count == 1: return try list(arguments, in: language)
    default:
      throw .unusable(
        Sentence(
          "say `dossier trace MA_HO_SO` or `dossier list`", "hãy viết `dossier trace MÃ_HỒ_SƠ` hoặc `dossier list`"))
    }
  }

  private static func list(_ arguments: Arguments, in language: Language) throws(CommandFailure) -> ExitCode {
    guard let limit = Int(arguments.value("--limit") ?? "20"), (1...10_000).contains(limit) else {
      throw .unusable(Sentence("--limit is a number from 1 to 10000", "--limit phải là số từ 1 đến 10000"))
    }
    let reader = try SiteStore.open(arguments)
    let dossiers = try SiteStore.look { () throws(StoreError) in try reader.dossiers(limit: limit) }
    guard !arguments.has("--json") else {
      Terminal.printJSON(dossiers) { StoredDocument.write($0, to: &$1) }
      return .success
    }
    Terminal.print(
      Sentence("DOSSIER", "HỒ SƠ").padded(to: 28, in: language)
        + Sentence("PROCEDURE", "THỦ TỤC").padded(to: 14, in: language)
        + Sentence("STATUS", "TRẠNG THÁI").padded(to: 20, in: language)
        + Sentence("MESSAGES", "BẢN TIN").padded(to: 10, in: language)
        + Sentence("OPEN", "CÒN").padded(to: 6, in: language) + Sentence("LATEST", "MỚI NHẤT").text(in: language))
    for dossier in dossiers {
      Terminal.print(
        dossier.code.text.padded(to: 28) + (dossier.procedure ?? "-").padded(to: 14)
          + (dossier.status ?? "-").padded(to: 20) + String(dossier.messages).padded(to: 10)
          + String(dossier.openDeliveries).padded(to: 6)
          + dossier.latestAt.rfc3339(offset: .vietnam, fraction: .none))
    }
    return .success
  }

  private static func trace(
    _ code: DossierCode, _ arguments: Arguments, in language: Language
  ) throws(CommandFailure) -> ExitCode {
    let reader = try SiteStore.open(arguments)
    let found = try SiteStore.look { () throws(StoreError) in try reader.timeline(of: code, visibleTo: nil) }
    guard let timeline = found else {
      Terminal.complain(
        Sentence(
          "no message about the dossier '\(code)' was accepted here",
          "ở đây chưa nhận bản tin nào về hồ sơ '\(code)'"), in: language)
      return .negative
    }
    guard !arguments.has("--json") else {
      Terminal.printJSON { StoredDocument.write(timeline, to: &$0) }
      return .success
    }
    for line in TimelineText(timeline, now: SystemTimeSource().now(), in: language).lines { Terminal.print(line) }
    let conducted = try SiteStore.look { () throws(StoreError) in try reader.procedure(knownAs: [code], to: nil) }
    if let procedure = conducted.map(ProcedureTrace.init(of:)) {
      Terminal.print(
        Sentence(same: "\n") + procedure.standing
          + Sentence(
            "; `lienthong procedure trace \(code)` tells its story",
            "; `lienthong procedure trace \(code)` kể diễn biến"), in: language)
    }
    return .success
  }
}
