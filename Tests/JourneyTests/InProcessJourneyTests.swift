import GatewayTesting
import HTTPKit
import JSONKit
import Simulation
import Testing

/// A dossier out to its agency and the portal, and the agency's answers back to the one-stop system and on to the portal.
@Suite("A dossier's way out and back", .serialized, .timeLimit(.minutes(5)))
struct InProcessJourneyTests {
  private static let code = "H99.14-260101-0001"

  private let agency: LGSPAgency
  private let portal: PortalSimulator
  private let portalServer: SimulatorServer
  private let site: TestSite
  private let gateway: GatewayInProcess
  private let visitor: Visitor

  init() throws {
    agency = try LGSPAgency()
    var configuration = PortalConfiguration()
    configuration.username = "lienthong"
    configuration.password = TestSite.password
    configuration.destinationCode = "VN:THU"
    configuration.agencies = ["H99"]
    portal = PortalSimulator(configuration: configuration)
    portalServer = try SimulatorServer(partner: portal)
    site = TestSite(agency: agency.port, portal: Int(portalServer.port))
    gateway = try GatewayInProcess(site)
    visitor = try Visitor(port: gateway.port)
  }

  @Test("each partner gets it in its own tongue, and what the agency's tongue does not tell comes from the dossier")
  func outAndBack() throws {
    defer { portalServer.stop() }
    let lodged = Dossiers.json(Self.code)
    try #require(visitor.lodge(lodged)?.status == 202)
    try expectDelivered(to: "so-xay-dung", count: 1)
    try expectDelivered(to: "cong", count: 1)
    #expect(agency.received == [Self.code: 1])
    let created = try #require(portalCalls("DongBoHoSoMC").first)
    #expect(created["isUpdating"]?.string == "False" && created["madonvi"]?.string == "H99")
    #expect(created["data"]?[0]?["MaHoSo"]?.string == Self.code)

    // A step: to the portal as CapNhatTienDoHoSoMC, to the one-stop system's inbox as the generation-A element.
    try #require(report(AgencyReport.step(of: Self.code, status: "4"))?.status == 202)
    try expectDelivered(to: "cong", count: 2)
    let progress = try #require(portalCalls("CapNhatTienDoHoSoMC").first?["data"]?[0])
    #expect(progress["MaHoSo"]?.string == Self.code && progress["TrangThai"]?.string == "4")
    #expect(progress["ThoiDiemXuLy"]?.string == "20260102091500")

    // The result: a document that knows neither lĩnh vực nor channel. The portal asks for both, and gets the truth.
    let accepted = try #require(report(AgencyReport.result(of: Self.code)))
    try #require(accepted.status == 202, "\(String(decoding: accepted.body, as: UTF8.self))")
    try expectDelivered(to: "cong", count: 3)
    let calls = portalCalls("DongBoHoSoMC")
    #expect(calls.map { $0["isUpdating"]?.string }.last == "True", "the portal said đã tồn tại, so it is an update")
    let updated = try #require(calls.last?["data"]?[0])
    let original = try JSONDocument(parsing: lodged).root
    for name in ["MaLinhVuc", "TenLinhVuc", "KenhThucHien"] {
      #expect(updated[name]?.string == original[name]?.string && updated[name] != nil, "\(name)")
    }
    #expect(updated["TrangThaiHoSo"]?.string == "9")
    let papers = try #require(original["TaiLieuNop"]).elements.compactMap { $0["DuongDanTaiTepTin"]?.string }
    let files = try #require(updated["TaiLieuNop"]).elements.compactMap { $0["DuongDanTaiTepTin"]?.string }
    #expect(Set(files).isSuperset(of: papers), "the citizen's papers stay")
    let own = Set(files).subtracting(papers)
    #expect(own.count == 1, "the agency's file came inside its message, and has an address of the gateway")
    #expect(own.allSatisfy { $0.hasPrefix(TestSite.publicAddress + "/v1/files/") })
    #expect(updated["DanhSachGiayToKetQua"]?.count == original["DanhSachGiayToKetQua"]?.count)
    #expect(portal.journal.messages.allSatisfy { $0.outcome != .refused })

    try pullInbox()
  }

  /// The one-stop system takes the step, then the result, each once, and its inbox is empty.
  private func pullInbox() throws {
    var types: [String] = []
    for _ in 1...2 {
      let page = try #require(visitor.json(visitor.send(.get, "/v1/inbox", key: TestSite.senderKey)))
      #expect(page["messages"]?.count == 1, "of one dossier only the oldest is shown")
      let message = try #require(page["messages"]?[0])
      let payload = try JSONDocument(parsing: try #require(message["payload"]?.string)).root
      #expect(payload["MaHoSo"]?.string == Self.code && message["dossier"]?.string == Self.code)
      #expect(message["contentType"]?.string == "application/json; charset=utf-8")
      types.append(try #require(message["type"]?.string))
      // Until its receipt is given it is handed out again, the same one.
      let again = visitor.json(visitor.send(.get, "/v1/inbox", key: TestSite.senderKey))
      #expect(again?["messages"]?[0]?["key"]?.string == message["key"]?.string)
      let delivery = try #require(message["delivery"]?.string)
      let receipt = visitor.send(.post, "/v1/inbox/\(delivery)/receipt", key: TestSite.senderKey)
      #expect(receipt?.status == 204)
    }
    #expect(types == ["dvcqg-a/tien-do", "dvcqg-a/ho-so"])
    let empty = visitor.json(visitor.send(.get, "/v1/inbox", key: TestSite.senderKey))
    #expect(empty?["messages"]?.count == 0)
    #expect(visitor.states(of: Self.code, to: "mot-cua") == ["delivered", "delivered"])
  }

  @Test("a result about a dossier that nobody lodged is refused: nothing is made up for the portal")
  func unknownDossier() throws {
    defer { portalServer.stop() }
    let answer = try #require(report(AgencyReport.result(of: "H99.14-260101-0009")))
    #expect(answer.status == 422)
    let rules = visitor.json(answer)?["errors"]?.elements.compactMap { $0["rule"]?.string } ?? []
    #expect(!rules.isEmpty && rules.allSatisfy { $0 == "mapping.required" }, "\(rules)")
    #expect(portal.journal.messages.isEmpty)
  }

  @Test("a portal that forgets its sessions is logged in to again, and nobody notices")
  func sessionLost() throws {
    defer { portalServer.stop() }
    try #require(visitor.lodge(Dossiers.json(Self.code))?.status == 202)
    try expectDelivered(to: "cong", count: 1)
    portal.forgetSessions()
    try #require(visitor.lodge(Dossiers.json("H99.14-260101-0002"))?.status == 202)
    #expect(Patience.until { visitor.states(of: "H99.14-260101-0002", to: "cong") == ["delivered"] })
    #expect(portal.journal.events.filter { $0.name == .loginAccepted }.count == 2)
  }

  // MARK: Helpers

  private func report(_ document: [UInt8]) -> HTTPResponse? {
    visitor.send(
      .post, "/v1/messages", key: TestSite.agencyKey, headers: ["Content-Type": "application/xml"], body: document)
  }

  private func expectDelivered(
    to party: String, count: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let expected = Array(repeating: "delivered", count: count)
    try #require(
      Patience.until { visitor.states(of: Self.code, to: party) == expected },
      "\(party): \(visitor.states(of: Self.code, to: party))", sourceLocation: sourceLocation)
  }

  private func portalCalls(_ service: String) -> [JSONValue] {
    portal.journal.messages.filter { $0.subject == service }.compactMap { try? JSONDocument(parsing: $0.body).root }
  }
}
