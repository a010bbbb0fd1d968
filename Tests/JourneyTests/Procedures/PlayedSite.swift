import CryptographyKit
import DocumentKit
import GatewayTesting
import JSONKit
import Simulation
import Testing

/// A site whose parties are played by their own simulators on this machine, each in its own tongue.
final class PlayedSite {
  let folder = TemporaryFolder()
  var site: String { folder.path + "/site" }
  var data: String { folder.path + "/data" }
  var log: String { folder.path + "/log" }
  /// Where the gateway is to listen: partners that report have to know it before it is there.
  let port = Loopback.freePort()
  private var servers: [SimulatorServer] = []
  private var services: [ServiceSimulator] = []
  /// Dropped with the site.
  private let database: TemporaryPostgreSQLDatabase?

  /// - Parameters:
  ///   - settings: of `gateway.yaml`, such as its procedures.
  ///   - routes: of `routes.yaml`.
  ///   - database: where the store is, unless it is a file.
  init(_ settings: String, routes: String, store database: TemporaryPostgreSQLDatabase? = nil) {
    self.database = database
    TestFiles.write(
      """
      gateway: thu
      listen: 127.0.0.1:0
      data: \(data)
      catalogue: \(TestFiles.projectRoot)
      publicAddress: http://127.0.0.1:\(port)
      files: { addressKey: file:secrets/file-address.key }
      \(settings)
      \(database?.siteSection ?? "")

      """, to: site + "/gateway.yaml")
    TestFiles.write(String(repeating: "k", count: 32), to: site + "/secrets/file-address.key")
    TestFiles.write("routes:\n\(routes)\n", to: site + "/routes.yaml")
  }

  deinit {
    for service in services { service.stop() }
    for server in servers { server.stop() }
  }

  /// A partner that a file of `Deploy/simulators` describes, as a party of the site.
  ///
  /// - Parameters:
  ///   - plan: what it does with what it takes; of `Deploy/demo/plans` by name, or the text of one.
  ///   - lines: of the party's `receives`, below those of every party.
  func play(
    _ service: String, as party: String, plan: String? = nil, sends: String, _ lines: String...
  ) throws -> ServiceSimulator {
    let root = TestFiles.projectRoot
    let description = try ServiceDescription(YAMLDocument(contentsOf: "\(root)/Deploy/simulators/\(service).yaml"))
    let steps: ServicePlan =
      try plan.map { plan in
        let text = plan.contains("\n") ? Array(plan.utf8) : TestFiles.read("\(root)/Deploy/demo/plans/\(plan).yaml")
        return try ServicePlan(YAMLDocument(parsing: text, file: "\(party).yaml"), of: description)
      } ?? .quiet
    let simulator = try ServiceSimulator(
      description, schemas: root + "/Schemas", plan: steps,
      gateway: OutboxGateway(url: "http://127.0.0.1:\(port)", key: party))
    services.append(simulator)
    try add(party, simulator, sends: sends, profile: service, secrets: description.secrets, lines)
    return simulator
  }

  /// Serves a partner and writes its party into the site.
  func add(
    _ party: String, _ partner: any SimulatedPartner, sends: String?, profile: String, secrets: [String: String],
    _ lines: [String]
  ) throws {
    let server = try SimulatorServer(partner: partner)
    servers.append(server)
    for (name, secret) in secrets { TestFiles.write(secret, to: "\(site)/secrets/\(party).\(name)") }
    let named = secrets.keys.sorted().map { "\($0): \"file:../secrets/\(party).\($0)\"" }.joined(separator: ", ")
    write(
      party, sends: sends,
      [
        "profile: \(profile)", "address: \(server.url)", "secrets: { \(named) }",
        "retry: { minimum: 100ms, maximum: 500ms, lifetime: 1h }",
      ] + lines)
  }

  /// A party that sends and pulls canonical documents by itself; its key is its name.
  func addDesk(_ party: String) {
    write(party, sends: "rest/dossier, rest/progress", ["profile: rest", "pull: true"])
  }

  private func write(_ party: String, sends: String?, _ lines: [String]) {
    TestFiles.write(
      """
      party: \(party)
      name: \(party) (thử)
      credentials: [{ apiKey: "sha256:\(Hexadecimal.encode(SHA256.hash(party)))" }]
      \(sends.map { "sends: [\($0)]" } ?? "")
      receives:
      \(lines.map { "  \($0)" }.joined(separator: "\n"))

      """, to: "\(site)/parties/\(party).yaml")
  }

  /// The built daemon at this site, listening.
  func start() throws -> DaemonProcess {
    let daemon = DaemonProcess(site: site, data: data, output: log, port: port)
    try #require(daemon.waitUntilListening() != nil, "\(String(decoding: TestFiles.read(log), as: UTF8.self))")
    return daemon
  }

  /// What a partner has taken by an operation, as texts.
  func taken(_ partner: any SimulatedPartner, by operation: String) -> [String] {
    partner.journal.messages.filter { $0.subject == operation && $0.outcome == .accepted }
      .map { String(decoding: $0.body, as: UTF8.self) }
  }

  /// What an operator sees of a procedure, and what the gateway warned of: for a failure's text.
  func story(_ code: String) -> String {
    ProgramRun.lienthong("procedure", "trace", code, "--site", site).text + "\n"
      + String(decoding: TestFiles.read(log), as: UTF8.self).split(separator: "\n")
      .filter { !$0.contains("level=info") }.joined(separator: "\n")
  }

  /// What partners had for the gateway and it could not take, as an operator sees it.
  var items: String {
    let text = ProgramRun.lienthong("poll", "items", "--site", site).text
    return text.contains("was taken") ? "" : text
  }
}
