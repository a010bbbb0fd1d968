import GatewayTesting
import JSONKit
import Simulation
import Testing

/// The procedure of one agency, from the desk to the desk, with simulators of everybody in it.
@Suite("One agency's procedure among its partners", .serialized, .timeLimit(.minutes(2)))
struct OneAgencyJourneyTests {
  private static let code = "H99.14-261122-0041"
  private static let papers = ["Đơn đề nghị.docx", "Bản vẽ.pdf", "Sơ đồ.tif", "Ảnh thẻ.jpg"]

  private struct World {
    let played: PlayedSite
    /// Hands in, checks, gives the appointment and hands over.
    let desk: ServiceSimulator
    let agency: ServiceSimulator
    let portal: PortalSimulator
  }

  private func world(store database: TemporaryPostgreSQLDatabase?) throws -> World {
    let played = PlayedSite(
      """
      procedures:
        mot-co-quan: { parties: { mot-cua: mot-cua, co-quan: so-chuyen-nganh }, codes: ["1.000001"] }
      """, routes: "  - { name: lên Cổng, message: dossier, from: [mot-cua], to: [cong] }", store: database)
    let desk = try played.play(
      "rest", as: "mot-cua",
      plan: PlayedSite.report(
        on: "dossier", step: "kiem-tra", "accepted", "<newAppointedAt>2026-11-30T17:00:00+07:00</newAppointedAt>")
        + "\n" + PlayedSite.reportStep("tra-ket-qua", "returned"), sends: "rest/dossier, rest/progress")
    let agency = try played.play(
      "rest", as: "so-chuyen-nganh",
      plan: PlayedSite.report(on: "dossier", step: "giai-quyet", "processing") + "\n"
        + PlayedSite.reportStep(
          "giai-quyet", "completed", "<result><name>Quyết định</name><url>https://so.example.vn/kq/41</url></result>"),
      sends: "rest/progress")
    return World(
      played: played, desk: desk, agency: agency, portal: try played.addPortal(knowing: "1.000001"))
  }

  private func submit(to world: World, as status: String) -> Bool {
    let attached = Self.papers.map { "<attachment><name>\($0)</name><content>JVBERi0xLjQK</content></attachment>" }
    let dossier = PlayedSite.dossier(Self.code, of: "1.000001", named: "Cấp giấy phép (mẫu)", attached.joined())
      .replacing("<status>accepted<", with: "<status>\(status)<")
    return world.played.send(dossier, from: "mot-cua")
  }

  @Test(
    "the dossier with its papers is checked, given its appointment, handled and handed over, killed after every act")
  func killed() throws { try killed(world(store: nil), comingAs: "registered") }

  @Test("one that came as accepted likewise, on PostgreSQL")
  func killedOnPostgreSQL() throws {
    try killed(world(store: TemporaryPostgreSQL.shared.makeDatabase()), comingAs: "accepted")
  }

  private func killed(_ world: World, comingAs status: String) throws {
    let (played, portal) = (world.played, world.portal)
    let runUntil = KilledRuns(played, Self.code)
    func steps(_ name: String, of partner: ServiceSimulator) -> [String] {
      played.taken(partner, by: "dossier").filter { $0.contains("<system>buoc</system><id>\(name)</id>") }
    }
    var isIn = false
    try runUntil("checked at the desk") {
      isIn = isIn || submit(to: world, as: status)
      return !steps("kiem-tra", of: world.desk).isEmpty
    }
    try runUntil("the desk has given the appointment") { played.reported(world.desk) >= 1 }
    try runUntil("at the agency") { !steps("giai-quyet", of: world.agency).isEmpty }
    try runUntil("under way") { played.reported(world.agency) >= 1 }
    try runUntil("handled") { played.reported(world.agency) >= 2 }
    try runUntil("to be handed over") { !steps("tra-ket-qua", of: world.desk).isEmpty }
    try runUntil("the end") { played.status(Self.code, on: portal) == "10" }

    // What was sent and not yet noted when the daemon was killed goes again, in the same bytes and under the same key.
    let handled = Set(steps("giai-quyet", of: world.agency))
    let dossier = try #require(handled.first)
    #expect(handled.count == 1 && Self.papers.allSatisfy { dossier.contains("<name>\($0)</name>") }, "\(handled)")
    #expect(Set(steps("kiem-tra", of: world.desk)).count == 1 && Set(steps("tra-ket-qua", of: world.desk)).count == 1)
    let told = played.taken(portal, by: "DongBoHoSoMC")
    // A request that is repeated after a kill has another session, and is the same document all the same.
    let appointed = told.filter { $0.contains("\"NgayHenTra\":\"20261130170000\"") }.compactMap { request in
      request.firstMatch(of: /"TrangThaiHoSo":"(\d+)"/).map { String($0.output.1) }
    }
    let whereTold = status == "registered" ? "2" : "4"
    #expect(Set(appointed) == [whereTold, "9", "10"] && appointed.last == "10", "told, handled, handed over: \(told)")
    #expect(told.contains { $0.contains("https://so.example.vn/kq/41") }, "the result: \(told)")
    let list = ProgramRun.lienthong("procedure", "list", "--site", played.site).text
    #expect(!list.contains(Self.code), "nothing of it is under way: \(list)")
  }
}
