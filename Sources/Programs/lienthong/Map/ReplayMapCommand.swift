import DocumentKit
import DossierModel
import DossierStore
import Gateway
import JSONKit
import Routing
import ServiceKit
import Translation
import Workbench
import XMLKit

/// `lienthong map replay`: what another version of a mapping would have made of the messages a gateway has.
enum ReplayMapCommand: Command {
  static let name = "map replay"
  static let summary = "run a gateway's stored messages through another version of a mapping and group the differences"
  static let options = [
    "--mapping", "--against", "--mappings", "--data", "--route", "--from", "--to", "--dossier", "--since", "--until",
    "--ignore",
    "--key",
  ]
  static let flags = ["--values", "--json"]
  static let help = """
    Usage: lienthong map replay SITE --mapping NAME[/VERSION] [--against NAME[/VERSION]] [--mappings DIR]
                 [--route NAME] [--from PARTY] [--to PARTY] [--dossier CODE] [--since TIME] [--until TIME]
                 [--ignore PATH]… [--key LIST=LEAF]… [--values] [--json]

    Takes messages from the site's store, as they were received, through two versions of a mapping and tells how the
    outputs differ, grouped: "412 ~ TrangThaiHoSo: "4" → "5"". A mapping that reads the canonical document is given what
    the site's own mappings make of the message. Nothing is sent and nothing is written.

      --mapping NAME   the version that would run, of the site's mappings or of --mappings DIR
      --against NAME   the version it is compared with, always of the site's mappings. Unless told: with --mappings the
                       latest one, otherwise the one before --mapping. The store does not keep which version a message
                       went through; a site runs the latest it has
      --route NAME     messages that go this route of the site
      --from PARTY     messages this party sent            --to PARTY    messages that went to this party
      --dossier CODE   messages about this dossier
      --since TIME     received then or later (RFC 3339, such as 2026-11-20T08:00:00+07:00)
      --until TIME     received before
      --ignore, --key  what may differ, and how lists are compared: see `map diff`
      --values         show texts of documents in the differences; they are citizens' data. Codes are always shown
      --data DIR       the data folder, where it is not the site's own
      --json           one object: mapping, against, compared, equal, passedOver, pruned, patterns[]: text, messages, examples[]

    Exit codes: 0 no difference · 1 differences · 2 the call, the site or its database cannot be used · 3 the database
    failed
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    var site = try SiteFiles.read(try arguments.words("SITE")[0])
    if let data = arguments.value("--data") { site.dataFolder = data }
    let request = try request(site, arguments)
    let reader = try SiteStore.open(site)
    let report = try SiteStore.look { () throws(StoreError) in try Replay.run(request, over: reader) }
    if arguments.has("--json") { writeJSON(report, request) } else { writeText(report, request) }
    return report.patterns.isEmpty ? .success : .negative
  }

  private static func request(_ site: Site, _ arguments: Arguments) throws(CommandFailure) -> ReplayRequest {
    guard let name = arguments.value("--mapping") else { throw .unusable("say --mapping NAME/VERSION") }
    let own = try WorkbenchFiles.open(schemas: site.catalogue + "/Schemas", mappings: site.catalogue + "/Mappings")
    let other = try arguments.value("--mappings").map { folder throws(CommandFailure) in
      try WorkbenchFiles.open(schemas: site.catalogue + "/Schemas", mappings: folder)
    }
    let after = try WorkbenchFiles.ask { () throws(WorkbenchError) in try (other ?? own).mapping(name) }
    let before = try before(after, own, arguments, isElsewhere: other != nil)
    let types = site.profiles.flatMap(\.messages)
    var toCanonical: [String: Mapping] = [:]
    for type in types { toCanonical[type.name] = type.toCanonical.flatMap { own.registry.latest(named: $0) } }
    var filter = MessageFilter(
      dossier: arguments.value("--dossier").map { DossierCode($0) },
      sender: arguments.value("--from").map { PartyID($0) }, destination: arguments.value("--to").map { PartyID($0) })
    filter.since = try time("--since", arguments)
    filter.until = try time("--until", arguments)
    var request = ReplayRequest(before: before, after: after, types: types, toCanonical: toCanonical, filter: filter)
    request.comparison = try DiffMapCommand.comparison(arguments)
    request.route = try arguments.value("--route").map { name throws(CommandFailure) in try route(name, of: site) }
    request.showsValues = arguments.has("--values")
    return request
  }

  private static func before(
    _ after: Mapping, _ own: Workbench, _ arguments: Arguments, isElsewhere: Bool,
  ) throws(CommandFailure) -> Mapping {
    if let name = arguments.value("--against") {
      return try WorkbenchFiles.ask { () throws(WorkbenchError) in try own.mapping(name) }
    }
    if isElsewhere { return try WorkbenchFiles.ask { () throws(WorkbenchError) in try own.mapping(after.name) } }
    let earlier = own.registry.mappings.last { $0.name == after.name && $0.version < after.version }
    guard let earlier else {
      throw .unusable("there is no version before \(after.label); say --against NAME/VERSION or --mappings DIR")
    }
    return earlier
  }

  private static func route(
    _ name: String, of site: Site,
  ) throws(CommandFailure) -> @Sendable (Envelope, MessageType, DocumentTree) -> Bool {
    guard let route = site.routes.first(where: { $0.route.name == name })?.route else {
      let names = site.routes.map(\.route.name).sorted().joined(separator: ", ")
      throw .unusable("there is no route '\(name)'; the site has \(names)")
    }
    let condition: XPathExpression?
    do throws(XMLError) {
      condition = try route.when.map { text throws(XMLError) in
        try XPathExpression(text, functions: DocumentFunctions.library)
      }
    } catch {
      throw .unusable("the route '\(name)' has no usable condition: \(error.message)")
    }
    return { envelope, type, canonical in
      guard type.kind == route.message, route.from?.contains(envelope.sender) ?? true else { return false }
      return (try? condition?.boolean(at: canonical.root)) ?? true
    }
  }

  private static func time(_ option: String, _ arguments: Arguments) throws(CommandFailure) -> Timestamp? {
    guard let text = arguments.value(option) else { return nil }
    do throws(TimestampError) {
      return try Timestamp(rfc3339: text)
    } catch {
      throw .unusable("\(option) is a time such as 2026-11-20T08:00:00+07:00: \(error.message)")
    }
  }

  private static func writeText(_ report: ReplayReport, _ request: ReplayRequest) {
    for pattern in report.patterns {
      let examples = pattern.examples.map(\.description).joined(separator: " ")
      Terminal.print("\(String(pattern.messages).padded(to: 8))\(pattern.text)\n        e.g. \(examples)")
    }
    Terminal.print(
      "\(request.before.label) → \(request.after.label): \(report.compared) message(s) compared, \(report.equal) equal, "
        + "\(report.compared - report.equal) different; \(report.passedOver) passed over"
        + (report.pruned > 0 ? "; \(report.pruned) have no bytes any more (pruned by `retention`)" : ""))
  }

  private static func writeJSON(_ report: ReplayReport, _ request: ReplayRequest) {
    Terminal.printJSONObject { writer in
      writer.member("mapping", request.after.label)
      writer.member("against", request.before.label)
      writer.member("compared", report.compared)
      writer.member("equal", report.equal)
      writer.member("passedOver", report.passedOver)
      writer.member("pruned", report.pruned)
      writer.member("patterns", report.patterns) { pattern, writer in
        writer.member("text", pattern.text)
        writer.member("messages", pattern.messages)
        writer.member("examples", pattern.examples.map(\.description))
      }
    }
  }
}
