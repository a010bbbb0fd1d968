import DocumentKit
import DossierModel
import FileKit
import GatewayTesting
import Simulation

/// The simulator of a profile's partner, with what a party has to know to speak to it.
final class PlayedPartner: BenchPartner {
  let simulator: any SimulatedPartner
  let secrets: [String: String]
  let values: [String: String]
  private let server: SimulatorServer

  /// A portal that knows the procedures of the examples.
  private static func catalogue() throws -> PortalCatalogue {
    var codes: Set<String> = []
    for path in FolderListing.files(
      in: TestFiles.projectRoot + "/Mappings/canonical--dvcqg-a.ho-so/1/examples", ending: ".json")
    {
      let text = String(decoding: TestFiles.read(path), as: UTF8.self)
      for match in text.matches(of: /"MaTTHC": "([0-9]\.[0-9]{6})/) { codes.insert(String(match.output.1)) }
    }
    let list = codes.sorted().map { "{\"MATTHC\": \"\($0)\"}" }.joined(separator: ", ")
    return try PortalCatalogue(reading: Array("{\"thuTuc\": [\(list)], \"coQuan\": [], \"linhVuc\": []}".utf8))
  }

  /// - Parameters:
  ///   - catalogue: the folder of schemas and simulators.
  ///   - hasOneSession: whether the partner ends a session when the same account logs in again.
  init(_ profile: String, catalogue: String, hasOneSession: Bool = false) throws {
    switch profile {
    case "dvcqg-a":
      var configuration = PortalConfiguration()
      configuration.destinationCode = "VN:THU"
      configuration.agencies = ["H99"]
      if hasOneSession { configuration.limits.sessions = 1 }
      simulator = PortalSimulator(configuration: configuration, catalogue: try Self.catalogue())
      secrets = ["username": configuration.username, "password": configuration.password]
      values = ["madonvi": "H99", "dstcode": "VN:THU"]
    case "oc-lgsp":
      var configuration = AgencyConfiguration()
      configuration.keys = ["khoa-mo-phong"]
      simulator = try AgencySimulator(configuration: configuration)
      secrets = ["apiKey": "khoa-mo-phong"]
      values = [:]
    case "edxml-vxp":
      simulator = VXPExchange(system: "T99.SYS", secret: "bi-mat-mo-phong")
      secrets = ["secret": "bi-mat-mo-phong"]
      values = ["systemId": "T99.SYS"]
    default:
      var description = try ServiceDescription(
        YAMLDocument(contentsOf: catalogue + "/Deploy/simulators/\(profile).yaml"))
      if hasOneSession { description.login?.tickets = 1 }
      simulator = try ServiceSimulator(description, schemas: catalogue + "/Schemas")
      secrets = description.secrets
      values = description.values
    }
    server = try SimulatorServer(partner: simulator)
  }

  var address: String { server.url }
  /// A party that says nothing for so long has not answered.
  let timeouts = (connect: "1s", answer: "3s")
  let patience = 20.0
  var wrongSecrets: [String: String] { secrets.mapValues(Self.wrong) }

  /// Of the same form, with another character near its end.
  private static func wrong(_ secret: String) -> String {
    let place = secret.index(secret.endIndex, offsetBy: -min(4, secret.count))
    return secret[..<place] + (secret[place] == "A" ? "B" : "A") + secret[secret.index(after: place)...]
  }

  // MARK: Faults

  let faults = Set(FaultMode.allCases)
  // The page may meet the login of a session that has just ended: that is an outage too.
  let outages: Set<FailureClass> = [.unreadableAnswer, .authentication]

  func play(_ fault: FaultSetting) { server.set(fault) }

  func hasPlayed(_ mode: FaultMode) -> Bool {
    simulator.journal.events.contains { $0.name == .faultPlayed && $0.fields == [.mode(mode)] }
  }

  func refuse(lodging: () -> Bool, name: () -> String?) -> Bool {
    play(FaultSetting(.refuse, requests: 1))
    return lodging()
  }

  func breakPolls() { play(FaultSetting(.garbage)) }

  // MARK: Looking

  var taken: [[UInt8]] { simulator.journal.messages.filter { $0.outcome == .accepted }.map(\.body) }

  var lastRefusal: String {
    simulator.journal.messages.last { $0.outcome == .refused }
      .map { "the partner refused \($0.subject): \(String(decoding: $0.body.prefix(400), as: UTF8.self))" } ?? ""
  }

  /// `Idempotency-Key` means nothing to it.
  let knowsRepetition = false

  var calls: Int { simulator.journal.events.count + simulator.journal.messages.count }

  var strangers: Int {
    let refusals: Set<SimulatorEvent.Name> = [.loginRefused, .callerRefused, .requestRefused]
    return simulator.journal.events.count { refusals.contains($0.name) }
      + simulator.journal.messages.count { $0.outcome == .refused }
  }

  // MARK: Giving

  func know(dossier code: String) { simulator.know(dossier: code) }
  func hold(_ document: [UInt8], kind: String) -> Bool { simulator.hold(document, kind: kind) }
  func forgetSessions() { simulator.forgetSessions() }
  func stop() { server.stop() }
}
