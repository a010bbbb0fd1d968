import Delivery
import Dictionaries
import DossierModel
import Gateway
import JSONKit
import Management
import ServiceKit

/// `lienthong dictionary list`: which dictionaries a site has, of when, and how their fetching stands.
enum ListDictionariesCommand: Command {
  static let name = "dictionary list"
  static let summary = "list the dictionaries of a site: editions, codes, when they were last checked, what failed"
  static let options = DictionaryFiles.options
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong dictionary list [--site SITE | --data DIR] [--json]

    \(DictionaryFiles.help)
      --json        a list: dictionary, party, edition, fetched, valid, ended, checked, tried, failures, note

    One line for each dictionary: the party it is fetched of, the latest edition and its day, how many codes hold today and
    how many have ended, when a good list was last seen, and why the attempts since then failed.

    Exit codes: 0 listed · 2 the call or the site cannot be used
    """

  private struct Row {
    var name: DictionaryName
    var party: PartyID?
    var edition: DictionaryEdition?
    var standing: FetchStanding
  }

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    _ = try arguments.words()
    let rows = try rows(arguments)
    let now = SystemTimeSource().now()
    let today = CivilDay(now, offset: .vietnam)
    guard !arguments.has("--json") else {
      Terminal.printJSON(rows) { write($0, today: today, to: &$1) }
      return .success
    }
    guard !rows.isEmpty else {
      Terminal.print("No dictionary is fetched here.")
      return .success
    }
    Terminal.print(
      "DICTIONARY".padded(to: 32) + "PARTY".padded(to: 20) + "EDITION".padded(to: 9) + "OF".padded(to: 12)
        + "VALID".padded(to: 9) + "ENDED".padded(to: 7) + "CHECKED")
    for row in rows { show(row, now: now, today: today) }
    return .success
  }

  private static func rows(_ arguments: Arguments) throws(CommandFailure) -> [Row] {
    let folder = try DictionaryFiles.folder(arguments)
    var parties: [DictionaryName: PartyID] = [:]
    if arguments.value("--data") == nil {
      for entry in try SiteStore.site(arguments).parties {
        guard let receiving = entry.receiving else { continue }
        for dictionary in receiving.dictionaries.keys {
          guard let name = DictionaryName(profile: receiving.profile, dictionary: dictionary) else { continue }
          parties[name] = entry.party.id
        }
      }
    }
    return Set(parties.keys).union(folder.names()).sorted().map { name in
      Row(name: name, party: parties[name], edition: folder.latest(of: name), standing: folder.standing(of: name))
    }
  }

  private static func show(_ row: Row, now: Timestamp, today: CivilDay) {
    let valid = row.edition?.count(on: today)
    Terminal.print(
      row.name.description.padded(to: 32) + (row.party?.text ?? "nobody").padded(to: 20)
        + (row.edition.map { String($0.number) } ?? "none").padded(to: 9)
        + (row.edition.map { "\($0.day)" } ?? "-").padded(to: 12) + (valid.map { String($0) } ?? "-").padded(to: 9)
        + (row.edition.map { String(ended(of: $0, today)) } ?? "-").padded(to: 7)
        + (row.standing.checked.map { Ages.short(now - $0) + " ago" } ?? "never"))
    if row.standing.failures > 0 {
      Terminal.print("  failed \(row.standing.failures) time(s) since: \(row.standing.note ?? "")")
    }
  }

  private static func ended(of edition: DictionaryEdition, _ today: CivilDay) -> Int {
    edition.codes.count { code in
      if case .ended = code.standing(on: today) { true } else { false }
    }
  }

  private static func write(_ row: Row, today: CivilDay, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("dictionary")
    writer.string(row.name.description)
    if let party = row.party {
      writer.name("party")
      writer.string(party.text)
    }
    if let edition = row.edition {
      writer.name("edition")
      writer.integer(edition.number)
      writer.name("fetched")
      writer.string(edition.fetched.rfc3339())
      writer.name("valid")
      writer.integer(edition.count(on: today))
      writer.name("ended")
      writer.integer(ended(of: edition, today))
    }
    row.standing.write(to: &writer)
    writer.endObject()
  }
}
