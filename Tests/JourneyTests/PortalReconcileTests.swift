import GatewayTesting
import HTTPKit
import JSONKit
import Simulation
import Testing

/// The built program beside a portal that lost something, and with lists that do not agree.
@Suite("The command line: the portal compared", .timeLimit(.minutes(3)))
struct PortalReconcileTests {
  private static let codes = ["H99.14-261118-0001", "H99.14-261118-0002"]
  private static let day = "2026-11-18"
  /// When messages are sent, whenever the test runs.
  private static let sent = "2020-01-01/2199-12-31"

  private func reconcile(_ site: TestSite, _ words: String...) -> ProgramRun {
    ProgramRun([TestFiles.program("lienthong"), "portal", "reconcile", site.site, "--day", Self.day] + words)
  }

  private func findings(_ run: ProgramRun, _ list: String = "findings") throws -> [String] {
    try JSONDocument(parsing: run.output).root[list]?.elements.map {
      "\($0["kind"]?.string ?? "") \($0["side"]?.string ?? "") \($0["dossier"]?.string ?? "")"
    } ?? []
  }

  @Test("what the portal lost is found, sent again in its order and with the reason; then everything agrees")
  func repair() throws {
    var configuration = PortalConfiguration()
    configuration.username = "lienthong"
    configuration.password = TestSite.password
    configuration.destinationCode = "VN:THU"
    configuration.agencies = ["H99"]
    let portal = PortalSimulator(configuration: configuration)
    let server = try SimulatorServer(partner: portal)
    defer { server.stop() }
    let agency = try LGSPAgency()
    let site = TestSite(agency: agency.port, portal: Int(server.port))
    var gateway: GatewayInProcess? = try GatewayInProcess(site)
    let visitor = try Visitor(port: try #require(gateway).port)
    for code in Self.codes { try #require(visitor.lodge(Dossiers.json(code))?.status == 202) }
    let step = visitor.send(
      .post, "/v1/messages", key: TestSite.agencyKey, headers: ["Content-Type": "application/xml"],
      body: AgencyReport.step(of: Self.codes[1], status: "4"))
    try #require(step?.status == 202)
    let isThere = Patience.until {
      visitor.states(of: Self.codes[0], to: "cong") == ["delivered"]
        && visitor.states(of: Self.codes[1], to: "cong") == ["delivered", "delivered"]
    }
    try #require(isThere)
    // A running gateway would see the order only with its next look into the store.
    gateway = nil

    let agreeing = reconcile(site, "--ask")
    #expect(agreeing.exitCode == 0 && agreeing.text.contains("asked 2"), "\(agreeing.text)\(agreeing.errorText)")
    portal.forget(dossier: Self.codes[1])
    #expect(reconcile(site).exitCode == 0, "our own deliveries know nothing of it")
    let found = reconcile(site, "--ask", "--json")
    #expect(found.exitCode == 1)
    #expect(try findings(found) == ["missingThere portal \(Self.codes[1])"])
    let table = reconcile(site, "--ask")
    for line in [
      "missingThere               0         1",
      "\(Self.codes[1]) (1.009994): the ledger has it (processing), the portal has not; the portal took it, by its own answers",
      "100,00 %, 2 of 2 by the portal's answers to us", "50,00 %, 1 of 2 by what the portal says it has",
    ] {
      #expect(table.text.contains(line), "\(line) in \(table.text)")
    }

    #expect(reconcile(site, "--ask", "--repair").exitCode == 2, "an order has a reason")
    let repaired = reconcile(site, "--ask", "--repair", "--reason", "cổng mất dữ liệu", "--as", "lan", "--json")
    #expect(repaired.exitCode == 0, "\(repaired.errorText)")
    let orders = try JSONDocument(parsing: repaired.output).root["repaired"]?[0]
    #expect(orders?["dossier"]?.string == Self.codes[1] && orders?["deliveries"]?.count == 2)
    let waiting = reconcile(site, "--ask", "--repair", "--reason", "lần nữa", "--json")
    #expect(try waiting.exitCode == 0 && findings(waiting) == [], "what is on its way is not sent twice")
    #expect(try findings(waiting, "underWay") == ["missingThere portal \(Self.codes[1])"])

    gateway = try GatewayInProcess(site)
    let again = try Visitor(port: try #require(gateway).port)
    #expect(
      Patience.until {
        again.states(of: Self.codes[1], to: "cong") == Array(repeating: "delivered", count: 4)
      })
    let services = portal.journal.messages.suffix(2).map(\.subject)
    #expect(services == ["DongBoHoSoMC", "CapNhatTienDoHoSoMC"], "the dossier before its step")
    let after = reconcile(site, "--ask", "--repair", "--reason", "lần nữa")
    #expect(after.exitCode == 0 && !after.text.contains("sent again"), "\(after.text)")
    let report = ProgramRun.lienthong("report", "--period", Self.sent, "--json", "--site", site.site)
    let transport = try JSONDocument(parsing: report.output).root["transport"]?.elements.first {
      $0["destination"]?.string == "cong"
    }
    #expect(transport?["delivered"]?.integer == 5 && transport?["atFirstAttempt"]?.integer == 5, "\(report.text)")
    let story = ProgramRun.lienthong("dossier", "trace", Self.codes[1], "--site", site.site).text
    #expect(story.ranges(of: "portal reconcile 2026-11-18: cổng mất dữ liệu").count == 2, "\(story)")
  }

  @Test("lists of sender and portal are compared with the ledger, in whatever form, and nothing is altered")
  func lists() throws {
    let site = TestSite()
    let gateway = try GatewayInProcess(site)
    let visitor = try Visitor(port: gateway.port)
    for code in Self.codes { try #require(visitor.lodge(Dossiers.json(code))?.status == 202) }
    let sender = site.folder.path + "/mot-cua.csv"
    let portal = site.folder.path + "/cong.json"
    TestFiles.write(
      "MaHoSo;TrangThaiHoSo\n\(Self.codes[1]);5\n\(Self.codes[0]);4\nH99.14-261118-0009;2\n", to: sender)
    TestFiles.write(
      """
      [{"MaHoSo": "\(Self.codes[0])", "TrangThaiHoSo": "9"}, {"MaHoSo": "\(Self.codes[0])", "TrangThaiHoSo": "4"},
       {"MaHoSo": "H99.14-261118-0008", "NgayTiepNhan": "20261118100000"},
       {"MaHoSo": "H99.14-261117-0001", "NgayTiepNhan": "20261117100000"}]
      """, to: portal)
    let words = ["--sender", "mot-cua", "--sender-list", sender, "--portal-list", portal, "--portal", "cong"]
    let run = ProgramRun(
      [TestFiles.program("lienthong"), "portal", "reconcile", site.site, "--day", Self.day, "--json"] + words)
    #expect(run.exitCode == 1, "\(run.errorText)")
    #expect(
      try findings(run) == [
        "duplicate portal \(Self.codes[0])", "stateDiffers sender \(Self.codes[1])",
        "missingHere portal H99.14-261118-0008", "missingHere sender H99.14-261118-0009",
      ])
    #expect(
      try findings(run, "underWay") == ["missingThere portal \(Self.codes[1])"], "the portal has not pulled it yet")
    let other = reconcile(site, "--portal", "cong", "--procedure", "1.000001", "--json")
    #expect(try other.exitCode == 0 && JSONDocument(parsing: other.output).root["compared"]?.integer == 0)
    #expect(visitor.states(of: Self.codes[0], to: "cong") == ["ready"], "nothing was altered")
  }

  @Test("a call that cannot be carried out is told with its remedy")
  func refusals() throws {
    let site = TestSite()
    _ = try GatewayInProcess(site)
    let list = site.folder.path + "/list.csv"
    TestFiles.write("MaHoSo\nA-1\n,\n", to: list)
    let calls: [([String], String)] = [
      (["--ask"], "--portal PARTY"), (["--portal", "cong", "--ask"], "--portal-list FILE"),
      (["--portal", "la"], "no party 'la'"), (["--portal", "cong", "--sender-list", list], "--sender PARTY"),
      (["--portal", "cong", "--portal-list", list], "line 3: a row without a dossier's code"),
      (["--portal", "cong", "--portal-list", "list.txt"], ".csv, .json or .xml"),
      (["--portal", "cong", "--portal-list", list, "--ask"], "exclude each other"),
    ]
    for (words, sentence) in calls {
      let run = ProgramRun(
        [TestFiles.program("lienthong"), "portal", "reconcile", site.site, "--day", Self.day] + words)
      #expect(run.exitCode == 2 && run.errorText.contains(sentence), "\(words): \(run.errorText)")
    }
    #expect(
      ProgramRun.lienthong("portal", "reconcile", site.site, "--day", "hôm nay", "--portal", "cong").exitCode == 2)
  }
}
