import DossierModel
import DossierStore
import JSONKit
import Management
import ServiceKit

/// `lienthong queue`: what waits, for whom, since when.
enum QueueCommand: Command {
  static let name = "queue"
  static let summary = "show what waits, for whom, in which state and since when"
  static let options = SiteStore.options
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong queue [--site SITE | --data DIR] [--json]

    One line for each destination and state: how many deliveries, the age of the oldest, and the next attempt.

    \(SiteStore.help)
      --json        for programs

    Exit codes: 0 shown · 2 the site or its database cannot be read · 3 the database failed
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    _ = try arguments.words()
    let reader = try SiteStore.open(arguments)
    let rows = try SiteStore.look { () throws(StoreError) in try reader.queue() }
    guard !arguments.has("--json") else {
      var writer = JSONWriter()
      writer.beginArray()
      for row in rows { StoredDocument.write(row, to: &writer) }
      writer.endArray()
      Terminal.print(bytes: writer.finish() + [UInt8(ascii: "\n")])
      return .success
    }
    guard !rows.isEmpty else {
      Terminal.print("The queue is empty.")
      return .success
    }
    let now = SystemTimeSource().now()
    Terminal.print(
      "DESTINATION".padded(to: 28) + "STATE".padded(to: 17) + "COUNT".padded(to: 9) + "OLDEST".padded(to: 10)
        + "NEXT ATTEMPT")
    for row in rows {
      Terminal.print(
        row.destination.text.padded(to: 28) + row.state.rawValue.padded(to: 17) + String(row.count).padded(to: 9)
          + Ages.short(now - row.oldestAt).padded(to: 10) + (row.nextDue.map { next(at: $0, now: now) } ?? "-"))
    }
    return .success
  }

  private static func next(at due: Timestamp, now: Timestamp) -> String {
    due <= now ? "now" : "in " + Ages.short(due - now)
  }
}
