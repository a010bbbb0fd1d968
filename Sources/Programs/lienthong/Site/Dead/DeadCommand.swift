import DocumentKit
import DossierModel
import DossierStore
import JSONKit
import Management
import ServiceKit

/// `lienthong dead`: what waits for an operator, grouped by why, and let go group by group.
enum DeadCommand: Command {
  static let name = "dead"
  static let summary = "show what cannot go on by itself, grouped by why; let a group go"
  static let options = SiteStore.options + OperatorSignature.options + LanguageOption.options + ["--destination"]
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong dead [group] [--destination PARTY] [--site SITE | --data DIR] [--json]
           lienthong dead list FINGERPRINT [--json] …
           lienthong dead release FINGERPRINT --reason TEXT [--as NAME] [--json] …

    Deliveries that are dead (attempts or time are spent) or held (a code has no counterpart, or somebody stopped them).

    group     one line for each reason: its fingerprint, how many deliveries, how old, to whom, and what happened
    list      the deliveries of one group
    release   let a group go, each in its turn, with the bytes that are stored; told delivery by delivery

    A fingerprint is the same as long as destination, message type, state, failure and note are; its first digits do, where
    no other begins with them.

    \(SiteStore.help)
      --destination PARTY  only groups of this party
    \(OperatorSignature.help)
    \(LanguageOption.help)
      --json        for programs

    Exit codes: 0 shown or done · 1 no such group, or one of its deliveries could not be let go · 2 the call, the site or its
    database cannot be used · 3 the database failed
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let words = arguments.words
    let language = try LanguageOption.read(arguments)
    switch words.first {
    case nil: return try group(arguments, in: language)
    case "group" where words.count == 1: return try group(arguments, in: language)
    case "list" where words.count == 2:
      guard let found = try find(words[1], arguments, in: language) else { return .negative }
      return try list(found, arguments)
    case "release" where words.count == 2:
      _ = try OperatorSignature(arguments)
      guard let found = try find(words[1], arguments, in: language) else { return .negative }
      return try QueueOrder(.release, arguments, selection: found.selection, in: language).run()
    default:
      throw .unusable(
        Sentence(
          "say `dead`, `dead list FINGERPRINT` or `dead release FINGERPRINT`; --help tells more",
          "hãy viết `dead`, `dead list MÃ_NHÓM` hoặc `dead release MÃ_NHÓM`; xem --help"))
    }
  }

  private static func groups(_ arguments: Arguments) throws(CommandFailure) -> [FailureGroup] {
    let reader = try SiteStore.open(arguments)
    let destination = arguments.value("--destination").map { PartyID($0) }
    return try SiteStore.look { () throws(StoreError) in try reader.failureGroups(of: destination) }
  }

  private static func find(
    _ digits: String, _ arguments: Arguments, in language: Language
  ) throws(CommandFailure) -> FailureGroup? {
    let found = try groups(arguments).filter { $0.fingerprint.hasPrefix(digits) }
    guard found.count <= 1 else {
      throw .unusable(
        Sentence(
          "several groups begin with '\(digits)'; write more of it",
          "có nhiều nhóm bắt đầu bằng '\(digits)'; hãy viết dài hơn"))
    }
    if found.isEmpty {
      Terminal.complain(
        Sentence(
          "there is no group '\(digits)'; `lienthong dead` lists them",
          "không có nhóm '\(digits)'; xem các nhóm bằng `lienthong dead`"), in: language)
    }
    return found.first
  }

  private static func group(_ arguments: Arguments, in language: Language) throws(CommandFailure) -> ExitCode {
    let groups = try groups(arguments)
    guard !arguments.has("--json") else {
      Terminal.printJSON(groups) { StoredDocument.write($0, to: &$1) }
      return .success
    }
    guard !groups.isEmpty else {
      Terminal.print(Sentence("Nothing is dead or held.", "Không có lượt giao nào dead hay held."), in: language)
      return .success
    }
    let now = SystemTimeSource().now()
    Terminal.print(
      Sentence("GROUP", "NHÓM").padded(to: 10, in: language)
        + Sentence("COUNT", "SỐ LƯỢNG").padded(to: 10, in: language)
        + Sentence("OLDEST", "LÂU NHẤT").padded(to: 10, in: language)
        + Sentence("NEWEST", "MỚI NHẤT").padded(to: 10, in: language)
        + Sentence("STATE", "TRẠNG THÁI").padded(to: 12, in: language)
        + Sentence("DESTINATION", "BÊN NHẬN").padded(to: 24, in: language)
        + Sentence("TYPE", "LOẠI").padded(to: 26, in: language) + Sentence("WHY", "VÌ SAO").text(in: language))
    for group in groups {
      let why = [group.failure?.rawValue, group.note].compactMap { $0 }.joined(separator: ": ")
      Terminal.print(
        group.fingerprint.padded(to: 10) + String(group.count).padded(to: 10)
          + Ages.short(now - group.oldestAt, in: language).padded(to: 10)
          + Ages.short(now - group.newestAt, in: language).padded(to: 10) + group.state.rawValue.padded(to: 12)
          + group.destination.text.padded(to: 24) + group.type.padded(to: 26)
          + (why.isEmpty ? "-" : why))
    }
    return .success
  }

  private static func list(_ group: FailureGroup, _ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let reader = try SiteStore.open(arguments)
    var selection = group.selection
    var writer = JSONWriter()
    writer.beginArray()
    repeat {
      let page = try SiteStore.look { () throws(StoreError) in
        try reader.standings(selection, limit: OperatorOrder.limit)
      }
      for standing in page {
        if arguments.has("--json") {
          StoredDocument.write(standing, to: &writer)
        } else {
          Terminal.print(
            standing.delivery.id.description.padded(to: 10) + standing.dossier.text.padded(to: 28)
              + standing.message.description)
        }
      }
      selection.after = page.count == OperatorOrder.limit ? page.last?.delivery.id : nil
    } while selection.after != nil
    writer.endArray()
    if arguments.has("--json") { Terminal.print(bytes: writer.finish() + [UInt8(ascii: "\n")]) }
    return .success
  }
}
