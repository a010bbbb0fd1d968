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
    try world.played.wait(until: "the portal has the end", of: Self.code) {
      world.played.status(Self.code, on: world.portal) == "10"
    }
    try world.played.wait(until: "the land office is told", of: Self.code) { !returns(world).isEmpty }
    try world.played.wait(until: "the desk has the certificate", of: Self.code) { !certificates(world).isEmpty }
    try world.played.wait(until: "who spoke was heard", of: Self.code) {
      world.played.reported(world.registry) >= 4 && world.played.reported(world.tax) >= 3
    }
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
    // With the certificate it is handled; that the citizen has it the desk said itself.
    let whole = certificates(world)
    #expect(whole.count == 1 && whole[0].contains("<status>completed</status>"), "\(whole)")
    let handedOver = try JSONDocument(parsing: #require(returns(world).first)).root
    #expect(handedOver["SoBienNhan"]?.string == Self.code && handedOver["NgayTra"]?.string?.isEmpty == false)
    #expect(returns(world).count == 1, "the land office is told once that the citizen has it")
    let end = try #require(world.played.taken(world.portal, by: "DongBoHoSoMC").last)
    #expect(end.contains("https://vbdlis.example.vn/ket-qua/\(Self.code)"), "\(end)")
    #expect(world.played.reported(world.registry) == 4 && world.played.reported(world.tax) == 3)
  }

  /// The dossiers with the certificate that the desk was told.
  private func certificates(_ world: LandPartners) -> [String] {
    world.played.taken(world.desk, by: "dossier").filter {
      $0.contains("<result><name>Giấy chứng nhận quyền sử dụng đất</name>")
        && $0.contains("https://vbdlis.example.vn/ket-qua/\(Self.code)")
    }
  }

  /// What VBDLIS was told of results that citizens have.
  private func returns(_ world: LandPartners) -> [String] {
    world.played.taken(world.registry, by: "capnhattrangthaitraketquahoso")
  }

  @Test("papers that the land office asked for reach it, though nothing in the dossier says that they are a supplement")
  func supplemented() throws {
    let plan = """
      tiepnhan:
        steps:
          - after: 100ms
            call: ChoBoSung
            json:
              SoBienNhan: "{dossier}"
              NgayChoBoSung: "{now.utc}"
              MaCanBoXuLy: vpdk.thamdinh
              LaTamDung: true
              GhiChu: Thiếu trích đo thửa đất
              SecurityCode: "{key}"
      capnhattrangthaibosunghoso:
        steps:
          - after: 100ms
            call: DaBoSung
            json: { SoBienNhan: "{dossier}", NgayNhanBoSung: "{now.utc}", NgayHenTraMoi: "2026-12-15T10:00:00Z", SecurityCode: "{key}" }
          - after: 300ms
            call: DongBoTrangThaiLuanChuyenHoSo
            json: { SoBienNhan: "{dossier}", MaCanBoChuyen: vpdk.a, MaCanBoNhan: vpdk.b, MaTrangThai: "9",
                    NgayChuyen: "{now.utc}", SecurityCode: "{key}" }
      """
    let world = try LandPartners(desk: nil, registry: plan, tax: nil)
    let daemon = try world.played.start()
    #expect(world.submit(Self.code))
    let isAsked = Patience.until(seconds: 60) {
      world.played.taken(world.desk, by: "progress").contains {
        $0.contains("<status>supplementRequested</status>") && $0.contains("Thiếu trích đo thửa đất")
      }
    }
    try #require(isAsked, "\(world.played.story(Self.code))")
    #expect(world.submit(Self.code, adding: "Trích đo thửa đất.pdf"))
    let goesOn = Patience.until(seconds: 60) {
      !world.played.taken(world.tax, by: "ho-so").isEmpty
        && world.played.taken(world.portal, by: "DongBoHoSoMC").contains { $0.contains("20261215170000") }
    }
    #expect(goesOn, "the portal knows the new day\n\(world.played.story(Self.code))")
    withExtendedLifetime(daemon) {}
    let papers = world.played.taken(world.registry, by: "capnhattrangthaibosunghoso")
    let supplement = try JSONDocument(parsing: #require(papers.first)).root
    #expect(papers.count == 1 && world.played.taken(world.registry, by: "tiepnhan").count == 1)
    let paper = try #require(supplement["DanhSachGiayToBoSung"]?[0])
    #expect(paper["TenGiayTo"]?.string == "Trích đo thửa đất.pdf" && paper["TapTin"]?["data"]?.string == "JVBERi0xLjQK")
    #expect(supplement["NgayHenTraMoi"]?.string?.isEmpty == false)
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

  @Test(
    "where the land registry stands between, its own callbacks tell the notices, the payment and the end",
    arguments: ["vbdlis", "ilis"])
  func between(service: String) throws {
    let isILIS = service == "ilis"
    let (notice, owner) = isILIS ? ("CapNhatKetQuaThongBaoThue", "HoVaChu") : ("DongBoKetQuaThue", "HoTenChu")
    // ILIS shows its key in a header.
    let key = isILIS ? "" : "SecurityCode: \"{key}\""
    func passed(_ delay: String, _ status: String) -> String {
      """
          - after: \(delay)
            call: DongBoTrangThaiLuanChuyenHoSo
            json: { SoBienNhan: "{dossier}", MaCanBoChuyen: vpdk.a, MaCanBoNhan: vpdk.b, MaTrangThai: "\(status)",
                    NgayChuyen: "{now.utc}", \(key) }
      """
    }
    let plan = """
      tiepnhan:
        steps:
      \(passed("200ms", "9"))
          - after: 200ms
            call: \(notice)
            json:
              SoBienNhan: "{dossier}"
              NguoiXuLy: thue.lan
              NgayCoKetQuaThue: "{now.utc}"
              DanhSachThongBaoThue: [{ \(owner): Cao Bá Thử, LoaiThue: "1", SoThongBaoThue: TB-7 }]
              \(key)
      \(passed("200ms", "6"))
      \(passed("3s", "9"))
          - after: 200ms
            call: KetThuc
            json: { SoBienNhan: "{dossier}", NgayKetThuc: "{now.utc}", MaCanBoXuLy: vpdk.a, TrangThaiKetThuc: 0, \(key) }
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
    let world = try LandPartners(service, desk: pays, registry: plan, tax: nil, taxRole: "dat-dai")
    let daemon = try world.played.start()
    #expect(world.submit(Self.code))
    let isIssued = Patience.until(seconds: 60) {
      world.played.taken(world.desk, by: "dossier").contains { $0.contains("<id>tra-ket-qua</id>") }
    }
    #expect(isIssued, "\(world.played.story(Self.code))")
    for word in ["<number>TB-7</number>", "<status>paymentRequested</status>"] {
      try world.played.wait(until: "the desk is told \(word)", of: Self.code) {
        world.played.taken(world.desk, by: "progress").contains { $0.contains(word) }
      }
    }
    try world.played.wait(until: "the desk's word that it is paid is in the story", of: Self.code) {
      world.played.story(Self.code).contains("Công dân đã thực hiện nghĩa vụ tài chính")
    }
    withExtendedLifetime(daemon) {}
    #expect(world.played.taken(world.registry, by: "tiepnhan").count == 1, "it has the dossier and goes on by itself")
    #expect(world.played.taken(world.tax, by: "ho-so").isEmpty)
  }

  @Test("the daemon killed after every act of a partner: each agency works once a round, and the procedure ends")
  func killed() throws { try killed(LandPartners()) }

  @Test("the same on PostgreSQL")
  func killedOnPostgreSQL() throws { try killed(LandPartners(store: TemporaryPostgreSQL.shared.makeDatabase())) }

  @Test("the same with ILIS in place of VBDLIS: its token, its calls, its dossier that comes back")
  func killedWithILIS() throws { try killed(LandPartners("ilis", registry: LandPartners.planOfILIS)) }

  @Test("the same with ILIS on PostgreSQL")
  func killedWithILISOnPostgreSQL() throws {
    try killed(
      LandPartners(
        "ilis", registry: LandPartners.planOfILIS, store: TemporaryPostgreSQL.shared.makeDatabase()))
  }

  private func killed(_ world: LandPartners) throws {
    let runUntil = KilledRuns(world.played, Self.code)
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
    try runUntil("the end") { world.played.status(Self.code, on: world.portal) == "10" }
    try runUntil("the land office is told") { !returns(world).isEmpty }

    #expect(taken(world.registry, "tiepnhan") == 1 && taken(world.tax, "ho-so") == 2)
    #expect(Set(returns(world)).count == 1)
    let list = ProgramRun.lienthong("procedure", "list", "--site", world.played.site).text
    #expect(!list.contains(Self.code), "nothing of it is under way: \(list)")
  }
}
