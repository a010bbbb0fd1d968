import DossierModel
import DossierStore
import JSONKit
import Management

/// `lienthong message show`: one message, its deliveries, and if wanted its bytes.
enum MessageCommand: Command {
  static let name = "message"
  static let summary = "show one message and its deliveries, or its bytes as received"
  static let options = SiteStore.options
  static let flags = ["--body"]
  static let help = """
    Usage: lienthong message show ID [--body] [--site SITE | --data DIR]

    Shows what is kept about the message as JSON, without its content. With --body: the bytes as received, and nothing
    else. They are citizens' data: treat the output accordingly.

    \(SiteStore.help)

    Exit codes: 0 shown · 1 no such message · 2 the call, the site or its database cannot be used · 3 the database failed
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let words = try arguments.words("show", "ID")
    guard words[0] == "show", let id = MessageID(words[1]) else { throw .unusable("say `message show ID`") }
    let reader = try SiteStore.open(arguments)
    if arguments.has("--body") {
      guard let body = try SiteStore.look({ () throws(StoreError) in try reader.body(of: id) }) else {
        return missing(id)
      }
      Terminal.print(bytes: body)
      return .success
    }
    guard let message = try SiteStore.look({ () throws(StoreError) in try reader.message(id) }) else {
      return missing(id)
    }
    var writer = JSONWriter(indent: 2)
    StoredDocument.write(message, to: &writer)
    Terminal.print(bytes: writer.finish() + [UInt8(ascii: "\n")])
    return .success
  }

  private static func missing(_ id: MessageID) -> ExitCode {
    Terminal.complain("there is no message \(id) here")
    return .negative
  }
}
