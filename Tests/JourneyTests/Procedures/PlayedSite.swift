import CryptographyKit
import DocumentKit
import GatewayTesting
import HTTPKit
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
      listen: 127.0.0.1:\(port)
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
  ///   - own: lines of the party itself, such as what it may look up.
  ///   - lines: of the party's `receives`, below those of every party.
  func play(
    _ service: String, as party: String, plan: String? = nil, sends: String?, own: [String] = [],
    _ lines: String...
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
    try add(
      party, simulator, sends: sends, profile: service, secrets: description.secrets, own: own, lines)
    return simulator
  }

  /// Serves a partner and writes its party into the site.
  func add(
    _ party: String, _ partner: any SimulatedPartner, sends: String?, profile: String, secrets: [String: String],
    own: [String] = [], _ lines: [String]
  ) throws {
    let server = try SimulatorServer(partner: partner)
    servers.append(server)
    for (name, secret) in secrets { TestFiles.write(secret, to: "\(site)/secrets/\(party).\(name)") }
    let named = secrets.keys.sorted().map { "\($0): \"file:../secrets/\(party).\($0)\"" }.joined(separator: ", ")
    write(
      party, sends: sends, own: own,
      [
        "profile: \(profile)", "address: \(server.url)", "secrets: { \(named) }",
        "retry: { minimum: 100ms, maximum: 500ms, lifetime: 1440h }",
      ] + lines)
  }

  /// A party that sends and pulls canonical documents by itself; its key is its name.
  func addDesk(_ party: String) {
    write(party, sends: "rest/dossier, rest/progress", ["profile: rest", "pull: true"])
  }

  /// A party that only sends; its key is its name.
  func addSender(_ party: String, sends: String) {
    TestFiles.write(
      """
      party: \(party)
      name: \(party) (thử)
      credentials: [{ apiKey: "sha256:\(Hexadecimal.encode(SHA256.hash(party)))" }]
      sends: [\(sends)]

      """, to: "\(site)/parties/\(party).yaml")
  }

  /// A dossier as a one-stop desk hands it in, with all that the portal asks for.
  ///
  /// - Parameters:
  ///   - owner: what kind it is.
  ///   - more: elements behind the unit, in their order.
  static func dossier(
    _ code: String, of procedure: String, named name: String, owner: String = "citizen", _ more: String = ""
  ) -> String {
    """
    <dossier><code>\(code)</code><procedure><code>\(procedure)</code><name>\(name)</name></procedure>\
    <field><code>G13-TT01</code><name>Lĩnh vực (mẫu)</name></field><channel>inPerson</channel><owner><name>Cao Bá Thử</name>\
    <identityNumber>038090000031</identityNumber><kind>\(owner)</kind></owner>\
    <receivedAt>2026-11-20T08:30:00+07:00</receivedAt><status>accepted</status><resultReturn><method>inPerson</method>\
    </resultReturn><unit><code>H99.14</code><name>UBND phường (mẫu)</name></unit>\(more)</dossier>
    """
  }

  /// The plan of an agency that reports on a step which it gets by an operation.
  ///
  /// - Parameters:
  ///   - step: the only one that the plan is for; nil for each.
  ///   - status: what it reports, with `more` behind it in the entry.
  static func report(
    on operation: String, step: String? = nil, after delay: String = "200ms", _ status: String, _ more: String = ""
  ) -> String {
    """
    \(operation):
      reads: { step: "externalId[system = 'buoc']/id" }
      steps:
    \(reportStep(step, after: delay, status, more))
    """
  }

  /// One step of such a plan.
  static func reportStep(
    _ step: String? = nil, after delay: String = "200ms", _ status: String, _ more: String = ""
  ) -> String {
    let condition = step.map { "externalId[system = 'buoc']/id = '\($0)'" } ?? "true()"
    return """
          - after: \(delay)
            when: "\(condition)"
            report:
              contentType: application/xml; charset=utf-8
              text: "<progress><code>{dossier}</code><externalId><system>buoc</system><id>{step}</id></externalId><entry><at>{now}</at><status>\(status)</status>\(more)</entry></progress>"
      """
  }

  /// The portal of generation A as the party `cong`.
  ///
  /// - Parameter procedure: the one that it knows; nil for those of its own catalogue.
  func addPortal(knowing procedure: String? = nil) throws -> PortalSimulator {
    let catalogue = try procedure.map { code in
      try PortalCatalogue(reading: Array(#"{"thuTuc": [{"MATTHC": "\#(code)"}], "coQuan": [], "linhVuc": []}"#.utf8))
    }
    var configuration = PortalConfiguration()
    configuration.destinationCode = "VN:THU"
    configuration.agencies = ["H99"]
    let portal = PortalSimulator(configuration: configuration, catalogue: catalogue ?? .builtIn)
    try add(
      "cong", portal, sends: nil, profile: "dvcqg-a",
      secrets: ["username": configuration.username, "password": configuration.password],
      ["values: { madonvi: H99, dstcode: VN:THU }"])
    return portal
  }

  /// A party that meets the gateway at its door for edXML over VXP, which `gateway.yaml` has to open; its secret is its name.
  func addVXP(_ party: String, agency: String) {
    TestFiles.write(party, to: "\(site)/secrets/\(party)")
    TestFiles.write(
      """
      party: \(party)
      name: \(party) (thử)
      agency: \(agency)
      credentials: [{ vxp: { system: \(agency), secret: "file:../secrets/\(party)" } }]
      sends: [edxml-vxp/status]
      receives: { profile: edxml-vxp, pull: true }

      """, to: "\(site)/parties/\(party).yaml")
  }

  private func write(_ party: String, sends: String?, own: [String] = [], _ lines: [String]) {
    TestFiles.write(
      """
      party: \(party)
      name: \(party) (thử)
      credentials: [{ apiKey: "sha256:\(Hexadecimal.encode(SHA256.hash(party)))" }]
      \(sends.map { "sends: [\($0)]" } ?? "")
      \(own.joined(separator: "\n"))
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

  /// Sends a canonical document as a party; whether the gateway took it.
  func send(_ document: String, from party: String) -> Bool {
    let answer = (try? Visitor(port: Int(port)))?.send(
      .post, "/v1/messages", key: party, headers: ["Content-Type": "application/xml"], body: Array(document.utf8))
    return answer?.status == 202
  }

  /// Waits for one of the things that happen beside each other: each partner is told by a delivery of its own, so that one has heard
  /// the end says nothing of another.
  ///
  /// - Parameters:
  ///   - what: the thing, in a failure's words.
  ///   - code: the dossier whose story a failure tells.
  /// - Throws: when it has not come about in time; what follows would look at nothing.
  func wait(
    until what: String, of code: String, seconds: Double = 60, at place: SourceLocation = #_sourceLocation,
    _ condition: () -> Bool
  ) throws {
    let isSo = Patience.until(seconds: seconds, condition)
    try #require(isSo, "not in time: \(what)\n\(story(code))", sourceLocation: place)
  }

  /// How many of a partner's reports and calls the gateway has taken; its simulator notes each after the answer, when the gateway may
  /// have told the others already.
  func reported(_ partner: ServiceSimulator) -> Int {
    partner.journal.events.count { $0.name == .messageAccepted }
  }

  /// TrangThaiHoSo of a dossier on the portal.
  func status(_ code: String, on portal: PortalSimulator) -> String? {
    let response = portal.show(["dossiers", code], HTTPRequest(method: .get, target: "", path: []))
    return response.flatMap { try? JSONDocument(parsing: $0.body).root["status"]?.string } ?? nil
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
