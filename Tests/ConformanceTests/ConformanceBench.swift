import CryptographyKit
import Delivery
import DocumentKit
import DossierModel
import DossierStore
import FileKit
import Gateway
import GatewayTesting
import HTTPKit
import JSONKit
import Reception
import ServiceKit
import Simulation

/// A gateway with one partner that speaks a profile's tongue, and a system of our own at the other side of it.
///
/// `ben-gui` lodges canonical documents, which are routed to `doi-tac`, the simulated partner; what `doi-tac` sends goes to
/// the inbox of `ben-gui`.
final class ConformanceBench {
  let profile: SiteProfile
  let partner: any BenchPartner
  private(set) var visitor: Visitor
  private let folder = TemporaryFolder(inMemory: true)
  private var gateway: GatewayInProcess?
  private var lastNumber = 1_000

  private static let senderKey = "khoa-cua-ben-gui"
  private static let partnerKey = "khoa-cua-doi-tac"

  /// As the golden documents have it.
  private static let publicAddress = "https://lienthong.example.vn"

  /// What the partner proves its callbacks with, where it does that by a checksum.
  private let checksumKey: String

  /// - Parameters:
  ///   - isAsking: whether the partner is asked for what it has.
  ///   - hasWrongSecrets: whether the gateway's secrets are others than the partner's.
  ///   - hasOneSession: whether the partner ends a session when the same account logs in again.
  init(
    _ profile: SiteProfile, catalogue: String, asking isAsking: Bool = false, hasWrongSecrets: Bool = false,
    hasOneSession: Bool = false
  ) throws {
    self.profile = profile
    let isFolder = profile.delivery?.authentication.isFolder == true
    partner =
      isFolder
      ? FolderPartner() : try PlayedPartner(profile.name, catalogue: catalogue, hasOneSession: hasOneSession)
    let own = profile.delivery?.secretNames ?? []
    checksumKey = partner.secrets.filter { !own.contains($0.key) }.min { $0.key < $1.key }?.value ?? ""
    try Self.write(
      profile, partner, secrets: hasWrongSecrets ? partner.wrongSecrets : partner.secrets, checksumKey: checksumKey,
      catalogue: catalogue, isAsking: isAsking, to: folder.path)
    // One that asks begins when there is something to ask for.
    visitor = try Visitor(port: 0)
    if !isAsking { try start() }
  }

  func start() throws {
    let gateway = try GatewayInProcess(site: folder.path + "/site", log: folder.path + "/log")
    visitor = try Visitor(port: gateway.port)
    self.gateway = gateway
  }

  func stop() { gateway = nil }

  /// The store of the gateway, beside it.
  var reader: SQLDossierReader { SQLDossierReader(.sqlite(path: "\(folder.path)/data/\(Site.databaseName)")) }

  deinit { partner.stop() }

  /// The simulator behind the partner, where it is one.
  var simulator: (any SimulatedPartner)? { (partner as? PlayedPartner)?.simulator }

  /// Of a dossier that no other case is about.
  func number() -> Int {
    lastNumber += 1
    return lastNumber
  }

  // MARK: Out

  func lodge(_ example: ConformanceExample, key: String? = nil) -> HTTPResponse? {
    send(
      example.document, type: "rest/\(example.type.kind.rawValue)", contentType: "application/xml", as: Self.senderKey,
      key)
  }

  func states(of example: ConformanceExample) -> [String] { visitor.states(of: example.code, to: "doi-tac") }

  /// Waits until the deliveries of the dossier are in these states.
  func reaches(_ example: ConformanceExample, _ states: [String]) -> Bool {
    Patience.until(seconds: partner.patience) { self.states(of: example) == states }
  }

  /// What the partner took about a dossier, in order.
  func taken(about example: ConformanceExample) -> [[UInt8]] {
    partner.taken.filter { $0.contains(text: example.code) }
  }

  /// What the partner sees as the name of a delivery: of a folder's its file's.
  func name(of example: ConformanceExample) -> String? {
    guard let timeline = visitor.json(visitor.send(.get, "/v1/dossiers/\(example.code)", key: TestSite.operatorKey)),
      let message = timeline["messages"]?[0], let id = message["id"]?.string,
      let delivery = message["deliveries"]?[0]?["id"]?.string,
      let operation = profile.delivery?.operations.first(where: { $0.message == example.type.name })
    else { return nil }
    return operation.variants.first?.path.text.replacing("{dossier}", with: example.code)
      .replacing("{key}", with: "\(id).\(delivery)").split(separator: "/").last.map(String.init)
  }

  /// What the partner is for, where it is one that a file describes.
  func operation(of example: ConformanceExample) -> ServiceOperation? {
    guard let service = simulator as? ServiceSimulator else { return nil }
    let path = profile.delivery?.operations.first { $0.message == example.type.name }?.variants.first?.path.text ?? ""
    let last =
      path.hasPrefix("{values.") ? profile.delivery?.defaults[String(path.dropFirst(8).dropLast())] ?? "" : path
    return service.description.operations.first { last.hasSuffix("/" + ($0.path.last ?? "")) }
  }

  /// Makes the partner know the dossier, where it takes such a message about a known one only.
  func prepare(_ example: ConformanceExample) {
    let isStep = !(simulator is ServiceSimulator) && example.type.kind == .progress
    if isStep || operation(of: example)?.takes == .known { partner.know(dossier: example.code) }
  }

  /// Where the gateway would serve a file that is named in what arrived.
  func fileAddress(in body: [UInt8]) -> String? {
    let text = String(decoding: body, as: UTF8.self).replacing("\\/", with: "/").replacing("&amp;", with: "&")
    return text.firstMatch(of: /https:\/\/lienthong\.example\.vn(\/v1\/files\/[^"<\s]+)/).map { String($0.output.1) }
  }

  /// The same without the signatures of addresses, which no golden document has.
  static func unsigned(_ body: [UInt8]) -> [UInt8] {
    guard body.contains(text: "/v1/files/") else { return body }
    let text = String(decoding: body, as: UTF8.self)
    return Array(text.replacing(/(\/v1\/files\/[0-9a-f]{64})\?[^"<\s]+/) { $0.output.1 }.utf8)
  }

  // MARK: In

  /// How the partner calls us with such a message; nil for one that comes by the v1 API.
  func callbacks(for example: ConformanceExample) -> CallbackProfile? {
    profile.callbacks.flatMap { $0.messages.contains { $0.type == example.type.name } ? $0 : nil }
  }

  /// As the partner does: by its callback where it has one, else by the v1 API.
  func report(_ example: ConformanceExample, _ document: String? = nil) -> HTTPResponse? {
    let document = document ?? example.document
    guard let callbacks = profile.callbacks,
      let path = callbacks.messages.first(where: { $0.type == example.type.name })?.path
    else {
      return send(
        document, type: example.type.name, contentType: "application/\(example.type.format.rawValue)",
        as: Self.partnerKey, nil)
    }
    let call = ProvedCall(Array(document.utf8), by: callbacks.key, apiKey: Self.partnerKey, secret: checksumKey)
    return visitor.send(.post, "/callbacks/\(profile.name)/\(path)", headers: call.headers, body: call.body)
  }

  /// What the partner would not send: the same without a key that is right.
  func forge(_ example: ConformanceExample) -> HTTPResponse? {
    let path = profile.callbacks?.messages.first { $0.type == example.type.name }?.path
    let target = path.map { "/callbacks/\(profile.name)/\($0)" } ?? "/v1/messages?type=\(example.type.name)"
    return visitor.send(
      .post, target, headers: ["Content-Type": "application/\(example.type.format.rawValue)", "X-Api-Key": "sai"],
      body: Array(example.document.utf8))
  }

  // MARK: Lookups

  func look(_ lookup: PartnerLookup, _ parameters: [String: String]) -> HTTPResponse? {
    var writer = JSONWriter()
    writer.beginObject()
    for (name, text) in parameters.sorted(by: { $0.key < $1.key }) {
      writer.name(name)
      writer.string(text)
    }
    writer.endObject()
    return visitor.send(
      .post, "/v1/lookups/doi-tac/\(lookup.name)", key: Self.senderKey,
      headers: ["Content-Type": "application/json"], body: writer.finish())
  }

  /// Takes everything out of the inbox; the documents, oldest first.
  func emptyInbox() -> [String] {
    var documents: [String] = []
    while let page = visitor.json(visitor.send(.get, "/v1/inbox", key: Self.senderKey)),
      let messages = page["messages"], messages.count > 0
    {
      for message in messages.elements {
        documents.append(message["payload"]?.string ?? "")
        let delivery = message["delivery"]?.string ?? ""
        _ = visitor.send(.post, "/v1/inbox/\(delivery)/receipt", key: Self.senderKey)
      }
    }
    return documents
  }

  private func send(
    _ document: String, type: String, contentType: String, as key: String, _ messageKey: String?
  ) -> HTTPResponse? {
    var headers: HTTPHeaders = ["Content-Type": contentType]
    if let messageKey { headers["Idempotency-Key"] = messageKey }
    return visitor.send(.post, "/v1/messages?type=\(type)", key: key, headers: headers, body: Array(document.utf8))
  }

  // MARK: The site

  private static func write(
    _ profile: SiteProfile, _ partner: any BenchPartner, secrets: [String: String], checksumKey: String,
    catalogue: String, isAsking: Bool, to folder: String
  ) throws {
    let site = folder + "/site"
    TestFiles.write(
      """
      gateway: thu
      listen: 127.0.0.1:0
      data: \(folder)/data
      catalogue: \(catalogue)
      publicAddress: \(publicAddress)
      files: { addressKey: "file:secrets/file-address.key", reserve: 1MiB }
      """, to: site + "/gateway.yaml")
    TestFiles.write(TestSite.addressKey, to: site + "/secrets/file-address.key")
    TestFiles.write(routes(profile), to: site + "/routes.yaml")
    TestFiles.write(
      """
      party: ben-gui
      name: Bên gửi (thử)
      credentials: [{ apiKey: "\(digest(senderKey))" }]
      sends: [rest/dossier, rest/progress]
      receives: { profile: rest, pull: true }
      lookups: [\((profile.delivery?.lookups ?? []).map { "doi-tac/\($0.name)" }.joined(separator: ", "))]
      """, to: site + "/parties/ben-gui.yaml")
    TestFiles.write(
      """
      party: van-hanh
      name: Vận hành (thử)
      operator: true
      credentials: [{ apiKey: "\(digest(TestSite.operatorKey))" }]
      """, to: site + "/parties/van-hanh.yaml")
    let delivery = profile.delivery
    var credentials = "{ apiKey: \"\(digest(partnerKey))\" }"
    if case .checksum = profile.callbacks?.key {
      TestFiles.write(checksumKey, to: site + "/secrets/doi-tac.callbacks")
      credentials += ", { checksum: { secret: \"file:../secrets/doi-tac.callbacks\" } }"
    }
    var lines = [
      "party: doi-tac", "name: Đối tác (thử)", "credentials: [\(credentials)]",
      "sends: [\(profile.messages.filter { $0.toCanonical != nil }.map(\.name).joined(separator: ", "))]",
    ]
    if let delivery {
      lines += ["receives:", "  profile: \(profile.name)", "  address: \(partner.address)", "  secrets:"]
      for name in delivery.secretNames.sorted() {
        TestFiles.write(secrets[name] ?? "", to: site + "/secrets/doi-tac.\(name)")
        lines.append("    \(name): file:../secrets/doi-tac.\(name)")
      }
      if delivery.secretNames.isEmpty { lines.removeLast() }
      let values = delivery.valueNames.filter { delivery.defaults[$0] == nil }.sorted()
      if !values.isEmpty { lines.append("  values:") }
      lines += values.map { "    \($0): \"\(partner.values[$0] ?? "")\"" }
      if isAsking {
        lines.append("  polls:")
        lines += delivery.polls.map { "    \($0.name): { every: 200ms }" }
      }
      lines += [
        "  timeouts: { connect: \(partner.timeouts.connect), answer: \(partner.timeouts.answer) }",
        "  retry: { minimum: 100ms, maximum: 400ms, lifetime: 1h }",
      ]
    }
    TestFiles.write(lines.joined(separator: "\n"), to: site + "/parties/doi-tac.yaml")
  }

  /// Both ways, for what the tongue has.
  private static func routes(_ profile: SiteProfile) -> String {
    var lines = ["routes:"]
    for kind in MessageKind.allCases {
      lines.append("  - { name: vào \(kind), message: \(kind), from: [doi-tac], to: [ben-gui] }")
      guard profile.messages.contains(where: { $0.fromCanonical != nil && $0.kind == kind }) else { continue }
      lines.append("  - { name: ra \(kind), message: \(kind), from: [ben-gui], to: [doi-tac] }")
    }
    return lines.joined(separator: "\n")
  }

  private static func digest(_ key: String) -> String { "sha256:" + Hexadecimal.encode(SHA256.hash(key)) }
}
