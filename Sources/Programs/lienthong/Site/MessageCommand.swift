import DocumentKit
import DossierModel
import DossierStore
import JSONKit
import Management
import ServiceKit

/// `lienthong message`: one message, its deliveries, its story, and if wanted its bytes; or once more to a recipient.
enum MessageCommand: Command {
  static let name = "message"
  static let summary = "show one message, its story or its bytes as received; send it once more"
  static let options =
    SiteStore.options + OperatorSignature.options + LanguageOption.options + ["--to", "--payload", "--answer"]
  static let flags = ["--body", "--json", "--translate"]
  static let help = """
    Usage: lienthong message show ID [--body | --payload DELIVERY | --answer DELIVERY.ATTEMPT] [--site SITE | --data DIR]
           lienthong message trace ID [--json] …
           lienthong message attempts ID [--json] …
           lienthong message resend ID --to PARTY --reason TEXT [--as NAME] [--translate] [--json] …

    show      what is kept about the message as JSON, without its content. With --body, --payload or --answer: the bytes as
              received, as sent to a recipient, or of a partner's answer, and nothing else. They are citizens' data: treat the
              output accordingly. A message whose bytes were removed by the site's `retention` has `pruned`: when, and by which
              rule.
    trace     everything that happened to this message, oldest first, and who holds it now
    attempts  what was tried to deliver it: when, for how long, what came back, and what that meant
    resend    send it once more to one of its recipients, behind what waits for its dossier there. The stored bytes go out
              again, under a new key; with --translate they are made anew by the mappings as they are now. Both stand in the
              journal with their reason.

    \(SiteStore.help)
      --body                     the bytes as received
      --payload DELIVERY         the bytes for the recipient of that delivery
      --answer DELIVERY.ATTEMPT  the partner's answer to that attempt, as it came
      --to PARTY                 the recipient; the message has had a delivery to it, which is done
      --translate                translate the message anew
    \(OperatorSignature.help)
    \(LanguageOption.help)
      --json        for programs

    Exit codes: 0 shown or queued · 1 no such message, its bytes are removed, or it cannot be sent again · 2 the call, the site or its database
    cannot be used · 3 the database failed
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let words = try arguments.words("show|trace|attempts|resend", "ID")
    let language = try LanguageOption.read(arguments)
    if words[0] == "resend" { return try ResendRun(message: words[1], arguments, in: language).run() }
    guard let id = MessageID(words[1]) else {
      throw .unusable(Sentence("'\(words[1])' is no message's id", "'\(words[1])' không phải là mã bản tin"))
    }
    switch words[0] {
    case "show": return try show(id, arguments, in: language)
    case "trace": return try trace(id, arguments, in: language)
    case "attempts": return try attempts(id, arguments, in: language)
    default:
      throw .unusable(
        Sentence(
          "say `message show ID`, `message trace ID`, `message attempts ID` or `message resend ID`",
          "hãy viết `message show ID`, `message trace ID`, `message attempts ID` hoặc `message resend ID`"))
    }
  }

  private static func show(
    _ id: MessageID, _ arguments: Arguments, in language: Language
  ) throws(CommandFailure) -> ExitCode {
    let reader = try SiteStore.open(arguments)
    if let bytes = try MessageBytes(arguments) {
      let message = try SiteStore.look { () throws(StoreError) in try reader.message(id) }
      if let pruning = message?.pruning {
        Terminal.complain(PruningText.sentence(for: id, pruning), in: language)
        return .negative
      }
      guard let found = try SiteStore.look({ () throws(StoreError) in try bytes.read(from: reader, of: id) }) else {
        Terminal.complain(bytes.missing(id), in: language)
        return .negative
      }
      Terminal.print(bytes: found)
      return .success
    }
    guard let message = try SiteStore.look({ () throws(StoreError) in try reader.message(id) }) else {
      return missing(id, in: language)
    }
    var writer = JSONWriter(indent: 2)
    StoredDocument.write(message, to: &writer)
    Terminal.print(bytes: writer.finish() + [UInt8(ascii: "\n")])
    return .success
  }

  private static func trace(
    _ id: MessageID, _ arguments: Arguments, in language: Language
  ) throws(CommandFailure) -> ExitCode {
    let reader = try SiteStore.open(arguments)
    let found = try SiteStore.look { () throws(StoreError) in
      try reader.message(id).flatMap { message throws(StoreError) in
        try reader.timeline(of: message.fields.code, visibleTo: nil)
      }
    }
    guard var timeline = found else { return missing(id, in: language) }
    timeline.messages.removeAll { $0.envelope.id != id }
    timeline.entries.removeAll { $0.message != id }
    guard !arguments.has("--json") else {
      Terminal.printJSON { StoredDocument.write(timeline, to: &$0) }
      return .success
    }
    for line in TimelineText(timeline, now: SystemTimeSource().now(), in: language).lines { Terminal.print(line) }
    return .success
  }

  private static func attempts(
    _ id: MessageID, _ arguments: Arguments, in language: Language
  ) throws(CommandFailure) -> ExitCode {
    let reader = try SiteStore.open(arguments)
    let found = try SiteStore.look { () throws(StoreError) in
      try reader.message(id).map { _ throws(StoreError) in try reader.attempts(of: id) }
    }
    guard let attempts = found else { return missing(id, in: language) }
    guard !arguments.has("--json") else {
      Terminal.printJSON(attempts) { StoredDocument.write($0, to: &$1) }
      return .success
    }
    guard !attempts.isEmpty else {
      Terminal.print(
        Sentence(
          "Nothing was tried yet: `message trace` tells what it waits for.",
          "Chưa thử lần nào: `message trace` cho biết đang chờ gì."), in: language)
      return .success
    }
    for line in AttemptList(attempts: attempts).lines(in: language) { Terminal.print(line) }
    return .success
  }

  private static func missing(_ id: MessageID, in language: Language) -> ExitCode {
    Terminal.complain(MessageBytes.body.missing(id), in: language)
    return .negative
  }
}
