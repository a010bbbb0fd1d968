import GatewayTesting
import HTTPKit
import JSONKit
import Simulation
import Testing

/// Further procedures of the catalogue with their partners' own simulators.
@Suite("Procedures in their partners' own tongues", .serialized, .timeLimit(.minutes(2)))
struct LiveProcedureJourneyTests {
  private static let examples = TestFiles.projectRoot + "/Mappings/"

  private func example(_ path: String) -> String {
    String(decoding: TestFiles.read(Self.examples + path), as: UTF8.self)
  }

  /// A plan that puts one document into a box, a moment after the dossier was taken.
  private func plan(_ operation: String, reads: String = "{}", _ document: String) throws -> String {
    let json = try JSONDocument(parsing: document).root
    var writer = JSONWriter()
    writer.value(json)
    return """
      \(operation):
        reads: \(reads)
        steps:
          - { after: 200ms, into: ket-qua, json: \(String(decoding: writer.finish(), as: UTF8.self)) }
      """
  }

  private static let deathCode = "G22.99.02-261122-0105"
  private static let recordCode = "H56.08-261120-0021"

  /// Who takes part in a death; the citizen chose the residence, and not the insurance.
  private struct Death {
    let played: PlayedSite
    let platform: ServiceSimulator
    let registrar: ServiceSimulator
    let police: ServiceSimulator
    let insurance: ServiceSimulator

    var isOver: Bool { played.taken(platform, by: "trangThai").last?.contains("\"trangThai\":4") == true }
  }

  private func death(store database: TemporaryPostgreSQLDatabase?) throws -> Death {
    let played = PlayedSite(
      """
      procedures:
        khai-tu-xoa-thuong-tru-mai-tang: { parties: { noi-vu: so-noi-vu } }
      """, routes: "  - { name: đến nội vụ, message: dossier, from: [nen-tang], to: [so-noi-vu] }", store: database)
    let platform = try played.play(
      "dvclt", as: "nen-tang", sends: "dvclt/chi-tiet", "polls: { danh-sach: { every: 200ms } }")
    let result = example("hotich.ket-qua--canonical/1/examples/khai-tu.in.json")
      .replacing("\"14758\",\n  \"maTinh\"", with: "\"{unit}\",\n  \"maTinh\"")
      .replacing("G22.99.02-261120-0005", with: "{platform}").replacing("H56.14-261120-0010", with: "{dossier}")
      .replacing("20/11/2026 15:00:00", with: "{now.local}")
    let registrar = try played.play(
      "hotich", as: "ho-tich", plan: plan("nhanHoSoDKHT", reads: "{ unit: maDonVi, platform: maHoSoLT }", result),
      sends: "hotich/ket-qua", "values: { maTinh: \"38\" }", "polls: { ket-qua-ltkt: { every: 200ms } }")
    let police = try played.play("cu-tru", as: "cong-an", plan: "cong-an", sends: "cu-tru/tien-do")
    let insurance = try played.play("bhxh", as: "bhxh", plan: "bhxh", sends: "bhxh/tien-do")
    played.addDesk("so-noi-vu")
    let form = example("dvclt.chi-tiet--canonical/1/examples/khai-tu-cap-huyen.in.json")
      .replacing("G22.99.02-241120-0005", with: Self.deathCode).replacing("1.011733", with: "2.002622")
      .replacing("\"maDonVi\": 380", with: "\"maDonVi\": 14758").replacing(#"maDonVi\":380"#, with: #"maDonVi\":14758"#)
    #expect(platform.put(Array(form.utf8), into: "ho-so"))
    return Death(played: played, platform: platform, registrar: registrar, police: police, insurance: insurance)
  }

  @Test("a death comes from the platform, is registered, the residence is struck off, and the platform is told the end")
  func death() throws {
    let world = try death(store: nil)
    let daemon = try world.played.start()
    #expect(Patience.until(seconds: 60) { world.isOver }, "\(world.played.story(Self.deathCode))")
    withExtendedLifetime(daemon) {}
    #expect(try #require(world.played.taken(world.registrar, by: "nhanHoSoDKHT").first).contains("\"module\":\"LTKT\""))
    let dossier = try #require(world.played.taken(world.police, by: "ho-so").first)
    #expect(dossier.contains("<system>soDangKy</system><id>45</id>"), "\(dossier)")
    #expect(world.played.taken(world.insurance, by: "ho-so").isEmpty, "the citizen did not choose it")
    #expect(
      world.played.taken(world.platform, by: "trangThai").contains { $0.contains("ketQuaXuLy") && $0.contains("45") })
    #expect(world.played.items.isEmpty)
  }

  @Test("a death goes on where the daemon fell, killed after every act")
  func deathKilled() throws { try killed(death(store: nil)) }

  @Test("the same death on PostgreSQL")
  func deathKilledOnPostgreSQL() throws { try killed(death(store: TemporaryPostgreSQL.shared.makeDatabase())) }

  private func killed(_ world: Death) throws {
    let played = world.played
    let runUntil = KilledRuns(played, Self.deathCode)
    try runUntil("acknowledged") { !played.taken(world.platform, by: "daNhan").isEmpty }
    try runUntil("at the registrar") { !played.taken(world.registrar, by: "nhanHoSoDKHT").isEmpty }
    try runUntil("at the police") { !played.taken(world.police, by: "ho-so").isEmpty }
    try runUntil("a word of the police") { played.reported(world.police) >= 1 }
    try runUntil("the end") { world.isOver && played.reported(world.police) == 2 }

    #expect(played.taken(world.registrar, by: "nhanHoSoDKHT").count == 1)
    #expect(played.taken(world.police, by: "ho-so").count == 1 && played.taken(world.insurance, by: "ho-so").isEmpty)
    let list = ProgramRun.lienthong("procedure", "list", "--site", played.site).text
    #expect(!list.contains(Self.deathCode), "nothing of it is under way: \(list)")
  }

  /// Who takes part in a criminal record.
  private struct Record {
    let played: PlayedSite
    let ministry: ServiceSimulator
  }

  /// - Parameter isQuiet: whether the ministry has nothing for those who ask.
  private func record(store database: TemporaryPostgreSQLDatabase?, isQuiet: Bool = false) throws -> Record {
    let played = PlayedSite(
      """
      procedures:
        ly-lich-tu-phap: { parties: { so-tu-phap: lltp } }
      """, routes: "  - { name: về một cửa, message: dossier, from: [lltp], to: [mot-cua] }", store: database)
    let result = example("lltp.ket-qua--canonical/1/examples/khong-an-tich.in.json")
      .replacing(/"maHoSoMCDT": "[^"]*"/, with: "\"maHoSoMCDT\": \"{dossier}\"")
    let ministry = try played.play(
      "lltp", as: "lltp", plan: isQuiet ? nil : plan("nhanHoSoLLTP", result), sends: "lltp/ket-qua, lltp/trang-thai",
      "values: { maTinh: \"38\" }", "polls: { ket-qua: { every: 200ms } }")
    played.addDesk("mot-cua")
    return Record(played: played, ministry: ministry)
  }

  private func desk(_ world: Record) throws -> ProcedureSite.Partner {
    ProcedureSite.partner("mot-cua", try Visitor(port: Int(world.played.port)))
  }

  @Test("a criminal record goes to the ministry, whose result is asked for, and comes back to the desk with its paper")
  func criminalRecord() throws {
    let world = try record(store: nil)
    let daemon = try world.played.start()
    let desk = try desk(world)
    #expect(desk.send(example("canonical--lltp.ho-so/1/examples/day-du.in.xml")) == 202)
    let end = desk.receive()
    withExtendedLifetime(daemon) {}
    let dossier = try #require(end, "\(world.played.story(Self.recordCode))")
    #expect(dossier.contains("<status>completed</status>") && dossier.contains("<result>"), "\(dossier)")
    #expect(try #require(world.played.taken(world.ministry, by: "nhanHoSoLLTP").first).contains(Self.recordCode))
    #expect(world.played.items.isEmpty)
  }

  @Test("the day that the ministry promises for a criminal record reaches the desk that sent it, once")
  func appointed() throws {
    let world = try record(store: nil, isQuiet: true)
    let daemon = try world.played.start()
    let desk = try desk(world)
    #expect(desk.send(example("canonical--lltp.ho-so/1/examples/day-du.in.xml")) == 202)
    #expect(Patience.until { !world.played.taken(world.ministry, by: "nhanHoSoLLTP").isEmpty })
    func push(_ note: String) throws -> HTTPResponse? {
      let status = """
        {"maTinh": "38", "maHoSoMCDT": "\(Self.recordCode)", "trangThaiXuLy": "4", "tenTrangThaiXuLy": "\(note)",
         "ngayHenTraKetQua": "04/12/2026"}
        """
      return try Visitor(port: Int(world.played.port)).send(
        .post, "/callbacks/lltp/v2/lyLichTuPhap/traKetQuaHoSoLLTP", key: "lltp",
        headers: ["Content-Type": "application/json"], body: Array(status.utf8))
    }
    #expect(try push("Đang tra cứu")?.status == 200)
    let told = desk.receive()
    #expect(told?.contains("<appointedAt>2026-12-04T") == true, "\(told ?? world.played.story(Self.recordCode))")
    let progress = desk.receive()
    #expect(progress?.contains("<progress>") == true && progress?.contains("Đang tra cứu") == true, "\(progress ?? "")")
    #expect(try push("Đang xác minh")?.status == 200)
    let next = desk.receive()
    withExtendedLifetime(daemon) {}
    #expect(next?.contains("<progress>") == true && next?.contains("Đang xác minh") == true, "\(next ?? "")")
  }

  @Test("a criminal record goes on where the daemon fell, killed after every act")
  func recordKilled() throws { try killed(record(store: nil)) }

  @Test("the same record on PostgreSQL")
  func recordKilledOnPostgreSQL() throws { try killed(record(store: TemporaryPostgreSQL.shared.makeDatabase())) }

  private func killed(_ world: Record) throws {
    let runUntil = KilledRuns(world.played, Self.recordCode)
    var isIn = false
    try runUntil("handed in") {
      isIn = isIn || (try? desk(world).send(example("canonical--lltp.ho-so/1/examples/day-du.in.xml"))) == 202
      return isIn
    }
    try runUntil("at the ministry") { !world.played.taken(world.ministry, by: "nhanHoSoLLTP").isEmpty }
    var end: String?
    try runUntil("back at the desk") {
      end = (try? desk(world))?.receive()
      return end != nil
    }
    #expect(end?.contains("<status>completed</status>") == true, "\(end ?? "")")
    #expect(world.played.taken(world.ministry, by: "nhanHoSoLLTP").count == 1)
    let daemon = try world.played.start()
    let isOver = Patience.until {
      !ProgramRun.lienthong("procedure", "list", "--site", world.played.site).text.contains(Self.recordCode)
    }
    #expect(isOver, "nothing of it is under way")
    withExtendedLifetime(daemon) {}
  }
}
