import GatewayTesting
import JSONKit
import Simulation
import Testing

/// A change in the land register with tax, with its partners' own simulators; the land registry calls back in its own tongue.
@Suite("Land registration with tax in its partners' own tongues", .serialized, .timeLimit(.minutes(4)))
struct LandPartnersJourneyTests {
  private static let code = "H99.14-261122-0031"

  /// What an operator sees of a step.
  private func step(_ name: String, _ world: LandPartners) -> JSONValue? {
    let trace = ProgramRun.lienthong("procedure", "trace", Self.code, "--site", world.played.site, "--json")
    return (try? JSONDocument(parsing: trace.output))?.root["steps"]?.elements.first { $0["step"]?.string == name }
  }

  @Test(
    "is appraised, given back by the tax office with its reason, appraised again, paid for, issued and handed over; all is told"
  )
  func land() throws {
    let world = try LandPartners()
    let daemon = try world.played.start()
    #expect(world.submit(Self.code))
    let isOver = Patience.until(seconds: 60) { world.played.status(Self.code, on: world.portal) == "9" }
    #expect(isOver, "\(world.played.story(Self.code))")
    withExtendedLifetime(daemon) {}

    #expect(world.played.taken(world.registry, by: "tiepnhan").count == 1)
    let back = try #require(world.played.taken(world.registry, by: "phanhoihososaiketqua").first)
    #expect(back.contains("Chưa xác định nguồn gốc đất"), "\(back)")
    let proof = try #require(world.played.taken(world.registry, by: "capnhattrangthaibosunghoso").first)
    #expect(proof.contains("Giấy nộp tiền.pdf"), "\(proof)")
    let asked = world.played.taken(world.tax, by: "ho-so")
    #expect(asked.count == 2 && asked[1].contains("<system>lan</system><id>2</id>"), "\(asked)")
    let told = world.played.taken(world.desk, by: "progress")
    #expect(
      told.contains { $0.contains("TB-0031/2026") && $0.contains("<status>paymentRequested</status>") }, "\(told)")
    #expect(told.contains { $0.contains("Chưa xác định nguồn gốc đất") })
    let certificate = told.filter { $0.contains("<result><name>Giấy chứng nhận quyền sử dụng đất</name>") }
    #expect(certificate.count == 1 && certificate[0].contains("https://vbdlis.example.vn/ket-qua/\(Self.code)"))
    let end = try #require(world.played.taken(world.portal, by: "DongBoHoSoMC").last)
    #expect(end.contains("https://vbdlis.example.vn/ket-qua/\(Self.code)"), "\(end)")
    #expect(world.played.reported(world.registry) == 4 && world.played.reported(world.tax) == 3)
  }

  @Test("the tax office's clock stands while the citizen is to pay, and runs on when the desk says that it is paid")
  func paused() throws {
    let asks = """
      ho-so:
        steps:
          - after: 100ms
            report:
              contentType: application/xml; charset=utf-8
              text: "<progress><code>{dossier}</code><entry><at>{now}</at><status>paymentRequested</status></entry></progress>"
      """
    let world = try LandPartners(desk: nil, tax: asks)
    let daemon = try world.played.start()
    #expect(world.submit(Self.code))
    let stands = Patience.until(seconds: 60) { step("thue", world)?["state"]?.string == "paying" }
    #expect(stands, "\(world.played.story(Self.code))")
    #expect(step("thue", world)?["dueAt"]?.string == nil)
    let isTold = Patience.until {
      world.played.taken(world.portal, by: "CapNhatTienDoHoSoMC").contains { $0.contains(/"TrangThai": ?"6"/) }
    }
    #expect(isTold, "\(world.played.taken(world.portal, by: "CapNhatTienDoHoSoMC"))")
    #expect(world.say("processing", "Đã nộp", about: Self.code))
    let runs = Patience.until(seconds: 60) {
      world.played.taken(world.tax, by: "tien-do").last?.contains("<status>processing</status>") == true
    }
    #expect(runs, "\(world.played.story(Self.code))")
    withExtendedLifetime(daemon) {}
    let running = try #require(step("thue", world))
    #expect(running["state"]?.string == "active" && running["dueAt"]?.string != nil)
  }

  @Test("a citizen who withdraws ends the whole: the tax office that has it and the portal learn it")
  func withdrawn() throws {
    let world = try LandPartners(tax: nil)
    let daemon = try world.played.start()
    #expect(world.submit(Self.code))
    let isThere = Patience.until(seconds: 60) { !world.played.taken(world.tax, by: "ho-so").isEmpty }
    #expect(isThere, "\(world.played.story(Self.code))")
    #expect(world.say("withdrawn", "Công dân rút hồ sơ", about: Self.code))
    let isTold = Patience.until(seconds: 60) {
      world.played.status(Self.code, on: world.portal) == "7"
        && world.played.taken(world.tax, by: "tien-do").last?.contains("<status>withdrawn</status>") == true
    }
    #expect(isTold, "\(world.played.story(Self.code))")
    withExtendedLifetime(daemon) {}
  }

  @Test("where the land registry stands between, its own callbacks tell the notices, the payment and the end")
  func between() throws {
    func passed(_ delay: String, _ status: String) -> String {
      """
          - after: \(delay)
            call: DongBoTrangThaiLuanChuyenHoSo
            json: { SoBienNhan: "{dossier}", MaCanBoChuyen: vpdk.a, MaCanBoNhan: vpdk.b, MaTrangThai: "\(status)",
                    NgayChuyen: "{now.utc}", SecurityCode: "{key}" }
      """
    }
    let plan = """
      tiepnhan:
        steps:
      \(passed("200ms", "9"))
          - after: 200ms
            call: DongBoKetQuaThue
            json:
              SoBienNhan: "{dossier}"
              NguoiXuLy: thue.lan
              NgayCoKetQuaThue: "{now.utc}"
              DanhSachThongBaoThue: [{ HoTenChu: Cao Bá Thử, LoaiThue: "1", SoThongBaoThue: TB-7 }]
              SecurityCode: "{key}"
      \(passed("200ms", "6"))
      \(passed("3s", "9"))
          - after: 200ms
            call: KetThuc
            json: { SoBienNhan: "{dossier}", NgayKetThuc: "{now.utc}", MaCanBoXuLy: vpdk.a, TrangThaiKetThuc: 0, SecurityCode: "{key}" }
      """
    let pays = """
      progress:
        steps:
          - after: 0s
            when: "entry/status = 'paymentRequested'"
            report:
              contentType: application/xml; charset=utf-8
              text: "<progress><code>{dossier}</code><entry><at>{now}</at><content>Đã nộp</content><status>processing</status></entry></progress>"
      """
    let world = try LandPartners(desk: pays, registry: plan, tax: nil, taxRole: "dat-dai")
    let daemon = try world.played.start()
    #expect(world.submit(Self.code))
    let isIssued = Patience.until(seconds: 60) {
      world.played.taken(world.desk, by: "dossier").contains { $0.contains("<id>tra-ket-qua</id>") }
    }
    #expect(isIssued, "\(world.played.story(Self.code))")
    withExtendedLifetime(daemon) {}
    let told = world.played.taken(world.desk, by: "progress")
    #expect(told.contains { $0.contains("<number>TB-7</number>") }, "\(told)")
    #expect(told.contains { $0.contains("<status>paymentRequested</status>") })
    #expect(world.played.taken(world.registry, by: "tiepnhan").count == 1, "it has the dossier and goes on by itself")
    #expect(world.played.taken(world.tax, by: "ho-so").isEmpty)
    #expect(world.played.story(Self.code).contains("Công dân đã thực hiện nghĩa vụ tài chính"))
  }

  @Test("the daemon killed after every act of a partner: each agency works once a round, and the procedure ends")
  func killed() throws { try killed(LandPartners()) }

  @Test("the same on PostgreSQL")
  func killedOnPostgreSQL() throws { try killed(LandPartners(store: TemporaryPostgreSQL.shared.makeDatabase())) }

  private func killed(_ world: LandPartners) throws {
    func runUntil(_ what: String, _ condition: () -> Bool) throws {
      try world.played.runUntil(what, Self.code, condition)
    }
    func taken(_ partner: any SimulatedPartner, _ operation: String) -> Int {
      world.played.taken(partner, by: operation).count
    }
    var isIn = false
    try runUntil("at the land registry") {
      isIn = isIn || world.submit(Self.code)
      return taken(world.registry, "tiepnhan") > 0
    }
    try runUntil("appraised") { world.played.reported(world.registry) >= 2 }
    try runUntil("at the tax office") { taken(world.tax, "ho-so") > 0 }
    try runUntil("given back") { world.played.reported(world.tax) >= 1 }
    try runUntil("at the land registry again") { taken(world.registry, "phanhoihososaiketqua") > 0 }
    try runUntil("to be paid") { world.played.reported(world.tax) >= 2 }
    try runUntil("the desk says that it is paid") { world.played.reported(world.desk) >= 2 }
    try runUntil("the proof is at the land registry") { taken(world.registry, "capnhattrangthaibosunghoso") > 0 }
    try runUntil("the end") { world.played.status(Self.code, on: world.portal) == "9" }

    #expect(taken(world.registry, "tiepnhan") == 1 && taken(world.tax, "ho-so") == 2)
    let list = ProgramRun.lienthong("procedure", "list", "--site", world.played.site).text
    #expect(!list.contains(Self.code), "nothing of it is under way: \(list)")
  }
}
