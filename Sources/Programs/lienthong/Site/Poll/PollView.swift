import DossierModel
import DossierStore
import Gateway
import JSONKit
import Management
import ServiceKit

/// What `lienthong poll` shows and changes nothing by.
enum PollView {
  private static let page = 500

  static func list(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let reader = try SiteStore.open(arguments)
    let party = arguments.value("--party")
    let configured = try configuredPolls(arguments)
    let rows = try SiteStore.look { () throws(StoreError) in try reader.polls() }
      .filter { party == nil || $0.id.party.text == party }
    guard !arguments.has("--json") else {
      Terminal.printJSON(rows) { StoredDocument.write($0, isConfigured: configured?.contains($0.id), to: &$1) }
      return .success
    }
    guard !rows.isEmpty else {
      Terminal.print("No partner was asked yet.")
      return .success
    }
    let now = SystemTimeSource().now()
    Terminal.print(
      "PARTY".padded(to: 24) + "POLL".padded(to: 18) + "SUCCEEDED".padded(to: 12) + "NEXT".padded(to: 10)
        + "TAKEN".padded(to: 9) + "KEPT".padded(to: 7) + "PLACE")
    for row in rows {
      let isAsked = configured?.contains(row.id) ?? true
      let next =
        !isAsked ? "never" : row.epoch != nil ? "asking" : row.due <= now ? "now" : "in " + Ages.short(row.due - now)
      Terminal.print(
        row.id.party.text.padded(to: 24) + row.id.name.padded(to: 18)
          + (row.succeeded.map { Ages.short(now - $0) + " ago" } ?? "never").padded(to: 12) + next.padded(to: 10)
          + String(row.taken).padded(to: 9) + String(row.keptItems).padded(to: 7)
          + (row.place.cursor ?? row.place.reached?.rfc3339(offset: .vietnam, fraction: .none) ?? "-"))
      if !isAsked { Terminal.print("  not configured any more; `poll forget` forgets it") }
      guard row.failures > 0 else { continue }
      Terminal.print(
        "  failed \(row.failures) time(s) since: \(row.failure?.rawValue ?? "")"
          + (row.note.map { "; \($0)" } ?? ""))
    }
    return .success
  }

  /// The polls by which the site asks, and its schedules, which keep their place likewise; nil where only a data folder is looked at.
  static func configuredPolls(_ arguments: Arguments) throws(CommandFailure) -> Set<PollID>? {
    guard arguments.value("--site") != nil || arguments.value("--data") == nil else { return nil }
    let site = try SiteStore.site(arguments)
    let polls = site.parties.flatMap { party in
      (party.receiving?.polls ?? [:]).keys.map { PollID(party.party.id, $0) }
    }
    return Set(polls + site.statistics.map(\.place))
  }

  /// Every kept item that is meant, page by page.
  static func all(_ arguments: Arguments) throws(CommandFailure) -> [StoredPollItem] {
    let reader = try SiteStore.open(arguments)
    let party = arguments.value("--party").map { PartyID($0) }
    var items: [StoredPollItem] = []
    while true {
      let after = items.last?.number ?? 0
      let found = try SiteStore.look { () throws(StoreError) in
        try reader.pollItems(of: party, after: after, limit: page)
      }
      items += found
      if found.count < page { return items }
    }
  }

  static func items(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let items = try all(arguments)
    guard !arguments.has("--json") else {
      Terminal.printJSON(items) { StoredDocument.write($0, to: &$1) }
      return .success
    }
    guard !items.isEmpty else {
      Terminal.print("Everything that partners had for us was taken.")
      return .success
    }
    let now = SystemTimeSource().now()
    for item in items { Terminal.print(line(item, now: now)) }
    return .success
  }

  static func item(_ number: Int64, _ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let reader = try SiteStore.open(arguments)
    guard let (item, bytes) = try SiteStore.look({ () throws(StoreError) in try reader.pollItem(number) }) else {
      Terminal.complain("there is no item \(number)")
      return .negative
    }
    if arguments.has("--bytes") {
      Terminal.print(bytes: bytes)
    } else if arguments.has("--json") {
      Terminal.printJSON { StoredDocument.write(item, to: &$0) }
    } else {
      Terminal.print(line(item, now: SystemTimeSource().now()))
    }
    return .success
  }

  private static func line(_ item: StoredPollItem, now: Timestamp) -> String {
    let again = item.isOfferedAgain ? ", about to go down the line again" : ""
    return String(item.number).padded(to: 8) + item.poll.party.text.padded(to: 24) + item.poll.name.padded(to: 18)
      + item.name
      + "\n        \(item.byteCount) bytes, came \(item.times) time(s), first \(Ages.short(now - item.first)) ago"
      + again + "\n        \(item.fault)" + (item.note.map { ": \($0)" } ?? "")
  }
}
