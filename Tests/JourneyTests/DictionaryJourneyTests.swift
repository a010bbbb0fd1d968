import Delivery
import Dictionaries
import DocumentKit
import DossierModel
import Gateway
import GatewayTesting
import HTTPKit
import JSONKit
import ServiceKit
import Simulation
import Synchronization
import Testing

/// Codes of messages against what the portal publishes, through the built daemon.
@Suite("Dictionaries, fetched and used by the built daemon", .timeLimit(.minutes(3)))
struct DictionaryJourneyTests {
  /// A portal whose lists a test changes while the daemon runs.
  private final class Portal: Sendable {
    let lists = Mutex<[String: [String]]>([:])

    func answer(_ request: HTTPRequest) -> HTTPResponse {
      guard let root = try? JSONDocument(parsing: request.body).root else { return .text(400, "") }
      if request.path == ["login"] { return .text(200, #"{"error_code": 0, "session": "phien"}"#) }
      guard request.path == ["share"], root["session"]?.string == "phien", root["madonvi"]?.string == "H99" else {
        return .text(200, #"{"error_code": -1, "message": "Dịch vụ không tồn tại"}"#)
      }
      let (code, name) =
        root["service"]?.string == "LayDanhMucLinhVuc" ? ("MALINHVUC", "TENLINHVUC") : ("MADONVI", "TENDONVI")
      let entries = lists.withLock { $0[root["service"]?.string ?? ""] ?? [] }
        .map { "{\"\(code)\": \"\($0)\", \"\(name)\": \"Tên \($0)\"}" }
      return .text(200, "{\"error_code\": \"00\", \"result\": [\(entries.joined(separator: ","))]}")
    }
  }

  private static let fields = "dvcqg-a/linh-vuc"

  /// The benchmark's dossier with another field.
  private static func dossier(_ number: Int, field: String) -> [UInt8] {
    let text = String(decoding: Dossiers.json("H99.14-260101-000\(number)"), as: UTF8.self)
    return Array(text.replacing(/"MaLinhVuc": *"[^"]*"/, with: "\"MaLinhVuc\": \"\(field)\"").utf8)
  }

  private func run(_ site: TestSite, _ words: String...) -> ProgramRun {
    ProgramRun([TestFiles.program("lienthong"), "dictionary"] + words + ["--site", site.site])
  }

  private func edition(_ site: TestSite, _ name: String) -> Int? {
    let rows = try? JSONDocument(parsing: run(site, "list", "--json").output).root
    return rows?.elements.first { $0["dictionary"]?.string == name }?["edition"]?.integer
  }

  @Test(
    "a code is refused by the edition of the day, a new edition is used without a restart, and an outage changes nothing"
  )
  func journey() throws {
    let portal = Portal()
    portal.lists.withLock {
      $0 = ["LayDanhMucLinhVuc": (1...10).map { "G15-HT0\($0)" }, "LayDanhMucCoQuan": ["H99", "H99.14"]]
    }
    let partner = try ScriptedPartner { request, _ in .answer(portal.answer(request)) }
    let port = try #require(Int(partner.address.split(separator: ":").last ?? ""))
    let site = TestSite(portal: port)
    site.append("  dictionaries: { linh-vuc: { every: 1s }, co-quan: {} }", to: "parties/cong.yaml")
    site.append(
      "codes: [{ message: dvcqg-a/ho-so, value: MaLinhVuc, in: \(Self.fields), without: refuse }]", to: "gateway.yaml")
    let log = site.folder.path + "/log"
    let daemon = DaemonProcess(site: site.site, data: site.data, output: log)
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    #expect(Patience.until { edition(site, Self.fields) == 1 && edition(site, "dvcqg-a/co-quan") == 1 })

    #expect(visitor.lodge(Self.dossier(1, field: "G15-HT01"))?.status == 202)
    let refused = try #require(visitor.lodge(Self.dossier(2, field: "G17-XD01")))
    let said = String(decoding: refused.body, as: UTF8.self)
    #expect(refused.status == 422 && said.contains("dictionary.dvcqg-a/linh-vuc"), "\(said)")
    #expect(said.contains("edition 1") && said.contains("/MaLinhVuc"), "\(said)")

    // Nine of the ten and a new one: the tenth ends today, the new one is valid at once.
    portal.lists.withLock { $0["LayDanhMucLinhVuc"] = (1...9).map { "G15-HT0\($0)" } + ["G17-XD01"] }
    #expect(Patience.until { visitor.lodge(Self.dossier(2, field: "G17-XD01"))?.status == 202 })
    let diff = run(site, "diff", Self.fields)
    #expect(diff.text.contains("+ G17-XD01") && diff.text.contains("- G15-HT010"), "\(diff.text)\(diff.errorText)")
    #expect(run(site, "show", Self.fields, "--code", "G15-HT010").text.contains("not listed since"))
    #expect(visitor.lodge(Self.dossier(3, field: "G15-HT010"))?.status == 202, "the day it vanished is its last")

    // A portal in trouble.
    portal.lists.withLock { $0["LayDanhMucLinhVuc"] = [] }
    #expect(Patience.until { run(site, "list").text.contains("the list is empty") })
    #expect(edition(site, Self.fields) == 2)
    #expect(visitor.lodge(Self.dossier(4, field: "G15-HT01"))?.status == 202)
    var text: String { String(decoding: TestFiles.read(log), as: UTF8.self) }
    #expect(
      Patience.until { text.contains("dictionary-refused") && text.contains("dictionary-in-use") },
      "\(text.suffix(2_000))")
    let metrics = String(decoding: try #require(visitor.send(.get, "/metrics")).body, as: UTF8.self)
    #expect(metrics.contains("lienthong_dictionary_edition{dictionary=\"dvcqg-a/linh-vuc\"} 2"), "\(metrics.count)")
  }

  @Test("`dictionary fetch` beside the running gateway is noticed; what shrank is taken only when an operator says so")
  func byHand() throws {
    let portal = Portal()
    portal.lists.withLock { $0 = ["LayDanhMucCoQuan": ["H1", "H2", "H3", "H4"]] }
    let partner = try ScriptedPartner { request, _ in .answer(portal.answer(request)) }
    let port = try #require(Int(partner.address.split(separator: ":").last ?? ""))
    let site = TestSite(portal: port)
    site.append("  dictionaries: { co-quan: {} }", to: "parties/cong.yaml")
    let log = site.folder.path + "/log"
    let daemon = DaemonProcess(site: site.site, data: site.data, output: log)
    _ = try #require(daemon.waitUntilListening())
    #expect(Patience.until { edition(site, "dvcqg-a/co-quan") == 1 })
    #expect(run(site, "fetch", "--all").text.contains("nothing new"))
    portal.lists.withLock { $0 = ["LayDanhMucCoQuan": ["H1", "H2"]] }
    let shrunken = run(site, "fetch", "dvcqg-a/co-quan")
    #expect(shrunken.exitCode == 1 && shrunken.errorText.contains("2 of 4 codes are missing"), "\(shrunken.errorText)")
    let meant = run(site, "fetch", "dvcqg-a/co-quan", "--even-if-shrunken")
    #expect(meant.exitCode == 0 && meant.text.contains("edition 2: 2 ended"), "\(meant.text)\(meant.errorText)")
    #expect(
      Patience.until {
        String(decoding: TestFiles.read(log), as: UTF8.self).contains("service=dvcqg-a/co-quan version=2")
      },
      "\(String(decoding: TestFiles.read(log), as: UTF8.self).suffix(1_500))")
    let shown = try JSONDocument(parsing: run(site, "show", "dvcqg-a/co-quan", "--all", "--json").output).root
    #expect(shown["edition"]?.integer == 2 && shown["codes"]?.count == 4)
    #expect(shown["changes"]?["ended"]?.elements.compactMap(\.string) == ["H3", "H4"])
    #expect(run(site, "show", "dvcqg-a/khac").exitCode == 1)
    #expect(run(site, "fetch", "dvcqg-a/khac").exitCode == 2)
    #expect(run(site, "show", "dvcqg-a/co-quan", "--on", "30/06/2026").exitCode == 2)
    #expect(run(site, "diff", "dvcqg-a/co-quan", "1", "9").exitCode == 1)
    partner.stop()
    #expect(run(site, "fetch", "dvcqg-a/co-quan").exitCode == 3)
  }

  @Test("what is wrong with a site's dictionaries is told before it runs")
  func check() throws {
    let site = TestSite(portal: 9)
    site.append("  dictionaries: { linh-vuc: {}, khac: {} }", to: "parties/cong.yaml")
    site.append(
      """
      codes:
        - { message: dvcqg-a/ho-so, value: MaLinhVuc, in: dvcqg-a/linh-vuk, without: warn }
        - { message: dvcqg-b/ho-so, value: MaLinhVuc, in: dvcqg-a/linh-vuc, without: warn }
      """, to: "gateway.yaml")
    let check = ProgramRun.lienthong("check", site.site)
    let said = check.text + check.errorText
    #expect(check.exitCode != 0)
    for part in ["no dictionary khac", "did you mean ‘dvcqg-a/linh-vuc’?", "nobody sends or receives ‘dvcqg-b/ho-so’"] {
      #expect(said.contains(part), "\(part) in \(said)")
    }
  }

  /// How many codes each dictionary of a shipped profile has at its simulator.
  private static let simulated = [
    "dvcqg-a": ["thu-tuc": 7, "co-quan": 4, "linh-vuc": 3], "dkkd": ["danh-muc-chung": 4],
  ]

  @Test("every dictionary of a shipped profile is served by its simulator")
  func served() throws {
    let folder = TestFiles.projectRoot + "/Deploy/partners"
    var found: [String: [String: Int]] = [:]
    for profile in try PartnerCatalogue(folder: folder, catalogue: TestFiles.projectRoot).profiles {
      guard let delivery = profile.delivery, !delivery.dictionaries.isEmpty else { continue }
      found[profile.name] = try Self.fetched(delivery)
    }
    #expect(found == Self.simulated)
  }

  private static func fetched(_ profile: PartnerProfile) throws -> [String: Int] {
    var secrets = ["username": "demo", "password": "demo"]
    var values = ["madonvi": "H99", "dstcode": "VN:DEMO"]
    var configuration = PortalConfiguration()
    configuration.destinationCode = "VN:DEMO"
    var partner: any SimulatedPartner = PortalSimulator(configuration: configuration)
    if profile.name != "dvcqg-a" {
      let root = TestFiles.projectRoot
      let description = try ServiceDescription(
        YAMLDocument(contentsOf: "\(root)/Deploy/simulators/\(profile.name).yaml"))
      partner = try ServiceSimulator(description, schemas: root + "/Schemas")
      (secrets, values) = (description.secrets, description.values)
    }
    let server = try SimulatorServer(partner: partner)
    let names = profile.dictionaries.map(\.name.dictionary)
    let destination = try Destination(
      party: "nguon", profile: profile, address: "http://127.0.0.1:\(server.port)",
      secrets: secrets.mapValues { text in Array(text.utf8).withUnsafeBytes { Secret(copying: $0) } }, values: values,
      dictionaries: Dictionary(uniqueKeysWithValues: names.map { ($0, nil) }))
    let client = try HTTPClient()
    defer { client.stop() }
    let rates = RequestRates([destination])
    let fetcher = DictionaryFetcher(
      transport: client, rates: rates,
      sessions: PartnerSessions([destination], rates: rates, transport: client, version: "1"), version: "1")
    var counts: [String: Int] = [:]
    for dictionary in destination.dictionaries {
      guard case .listed(let codes) = fetcher.fetch(dictionary, of: destination) else { continue }
      counts[dictionary.name.dictionary] = codes.count
      #expect(codes.allSatisfy { !$0.name.isEmpty })
    }
    return counts
  }
}
