import GatewayTesting
import Glibc
import JSONKit
import Simulation
import Testing

/// The birth procedure with its partners' own simulators: nobody in it speaks the gateway's own tongue unless its system is
/// not known.
@Suite("The birth procedure in its partners' own tongues", .serialized, .timeLimit(.minutes(4)))
struct BirthPartnersJourneyTests {
  private static let code = "G22.99.02-261121-0001"

  @Test(
    "comes from the platform, is registered, goes on to police and insurance with the child's number, and is told to all"
  )
  func birth() throws {
    let world = try BirthPartners()
    let daemon = try world.played.start()
    world.submit(Self.code)
    try world.played.wait(until: "the portal has the end", of: Self.code) {
      world.played.status(Self.code, on: world.portal) == "9"
    }
    try world.played.wait(until: "the platform has the end", of: Self.code) { world.toldPlatform.last == "4" }
    withExtendedLifetime(daemon) {}

    let form = try #require(world.played.taken(world.registrar, by: "nhanHoSoDKHT").first)
    #expect(form.contains("\"module\":\"LTKS\"") && form.contains("\"maHoSoLT\":\"\(Self.code)\""))
    for agency in [world.police, world.insurance] {
      let dossier = try #require(world.played.taken(agency, by: "ho-so").first)
      #expect(dossier.contains("<system>soDinhDanh</system><id>038326000017</id>"), "\(dossier)")
      #expect(dossier.contains("<name>UBND phường (mẫu)</name>"), "what the site knows goes with it")
    }
    // Taken over, then five words about the whole, of which only the last ends it.
    #expect(world.toldPlatform == ["3", "7", "7", "7", "7", "7", "4"], "\(world.played.story(Self.code))")
    let taken = try JSONDocument(parsing: #require(world.played.taken(world.platform, by: "trangThai").first)).root
    #expect(taken["ngayKetThucTheoQuyDinh"]?.string?.isEmpty == false, "\(taken)")
    let certificate = try #require(
      world.played.taken(world.platform, by: "trangThai").first { $0.contains("ketQuaXuLy") })
    #expect(certificate.contains("038326000017") && certificate.contains("\"trangThai\":7"))
    #expect(world.played.items.isEmpty, "nothing that came was kept aside")
  }

  @Test("a refusal by the registrar ends the whole: platform and portal learn it, nobody else gets the dossier")
  func refused() throws {
    let world = try BirthPartners(plan: BirthPartners.registrarPlan(status: "6", note: "Không thuộc thẩm quyền"))
    let daemon = try world.played.start()
    world.submit(Self.code)
    #expect(Patience.until(seconds: 60) { world.toldPlatform.last == "6" }, "\(world.played.story(Self.code))")
    withExtendedLifetime(daemon) {}
    #expect(
      world.played.taken(world.police, by: "ho-so").isEmpty && world.played.taken(world.insurance, by: "ho-so").isEmpty)
    let told = try #require(world.played.taken(world.platform, by: "trangThai").last)
    #expect(told.contains("Không thuộc thẩm quyền"), "\(told)")
  }

  @Test("the platform learns that papers are missing, and until when the citizen has time")
  func supplement() throws {
    let world = try BirthPartners(plan: BirthPartners.registrarPlan(status: "2", note: "Thiếu giấy chứng sinh"))
    let daemon = try world.played.start()
    world.submit(Self.code)
    #expect(Patience.until(seconds: 60) { world.toldPlatform.last == "2" }, "\(world.played.story(Self.code))")
    withExtendedLifetime(daemon) {}
    let told = try JSONDocument(parsing: #require(world.played.taken(world.platform, by: "trangThai").last)).root
    #expect(told["ghiChu"]?.string?.contains("Thiếu giấy chứng sinh") == true)
    #expect(told["hanBoSungHoSo"]?.string?.isEmpty == false)
    let list = ProgramRun.lienthong("procedure", "list", "--site", world.played.site).text
    #expect(list.contains("khai-sinh"), "\(list)")
  }

  /// The words of the procedure's history.
  private func history(_ world: BirthPartners) throws -> [String] {
    let trace = ProgramRun.lienthong("procedure", "trace", Self.code, "--site", world.played.site, "--json")
    return try JSONDocument(parsing: trace.output).root["history"]?.elements.compactMap { $0["word"]?.string } ?? []
  }

  @Test(
    "what the citizen hands in again on the platform is the supplement: the registrar gets it, and everything ends; asking once too often is told"
  )
  func supplemented() throws {
    let world = try BirthPartners(plan: BirthPartners.registrarPlan(asking: 2))
    var daemon = try world.played.start()
    world.submit(Self.code)
    for round in 1...2 {
      // An acknowledgement names the dossier and not what was handed in: one that is still on its way would take away, on the
      // platform that is played here, what is handed in next.
      let isAsked = Patience.until(seconds: 60) {
        world.toldPlatform.count { $0 == "2" } == round && world.platform.items == 0
      }
      try #require(isAsked, "\(world.played.story(Self.code))")
      // Nobody asks for it while the gateway is down; it stays in the platform's list.
      daemon.process.signal(SIGKILL)
      #expect(daemon.process.wait() != nil)
      world.submit(Self.code, adding: "giay-bo-sung-\(round).pdf")
      daemon = try world.played.start()
    }
    let hasEnded = Patience.until(seconds: 60) {
      world.toldPlatform.last == "4" && world.played.status(Self.code, on: world.portal) == "9"
    }
    #expect(hasEnded, "\(world.played.story(Self.code))")
    try world.played.wait(until: "the platform knows that all came", of: Self.code) {
      world.platform.items == 0 && world.played.taken(world.platform, by: "daNhan").count >= 3
    }
    withExtendedLifetime(daemon) {}

    let forms = world.played.taken(world.registrar, by: "nhanHoSoDKHT")
    #expect(forms.count == 3 && forms[1].contains("giay-bo-sung-1.pdf") && forms[2].contains("giay-bo-sung-2.pdf"))
    for agency in [world.police, world.insurance] {
      #expect(world.played.taken(agency, by: "ho-so").count == 1, "the registrar's rounds are no business of theirs")
    }
    #expect(world.toldPlatform.first == "3" && world.toldPlatform.count { $0 == "3" } == 1)
    let words = try history(world)
    #expect(words.count { $0 == "began" } == 1 && words.count { $0 == "supplemented" } == 2)
    // The law allows one; the second is asked for all the same, and operators know.
    #expect(words.count { $0 == "alarm.tooManySupplements" } == 1)
    #expect(world.played.items.isEmpty)
  }

  @Test("papers that do not come in time end it: the platform and the portal learn why")
  func lapsed() throws {
    let world = try BirthPartners(plan: BirthPartners.registrarPlan(asking: 1))
    let daemon = try world.played.start()
    world.submit(Self.code)
    #expect(Patience.until(seconds: 60) { world.toldPlatform.last == "2" }, "\(world.played.story(Self.code))")
    daemon.process.signal(SIGKILL)
    #expect(daemon.process.wait() != nil)
    // Seven working days, with Tết in them at the worst.
    let gateway = try GatewayInProcess(
      site: world.played.site, log: world.played.log, time: LaterTime(by: .seconds(30 * 86_400)))
    let hasEnded = Patience.until(seconds: 60) {
      world.toldPlatform.last == "6" && world.played.status(Self.code, on: world.portal) == "8"
    }
    #expect(hasEnded, "\(world.played.story(Self.code))")
    withExtendedLifetime(gateway) {}
    let told = try #require(world.played.taken(world.platform, by: "trangThai").last)
    #expect(told.contains("quá hạn bổ sung"), "\(told)")
    #expect(try history(world).contains("inform.supplementLapsed"))
    #expect(world.played.taken(world.police, by: "ho-so").isEmpty)
  }

  @Test("the daemon killed after every act of a partner: each agency works once, and the procedure ends")
  func killed() throws { try killed(BirthPartners()) }

  @Test("the same on PostgreSQL")
  func killedOnPostgreSQL() throws { try killed(BirthPartners(store: TemporaryPostgreSQL.shared.makeDatabase())) }

  private func killed(_ world: BirthPartners) throws {
    let runUntil = KilledRuns(world.played, Self.code)
    world.submit(Self.code)
    try runUntil("acknowledged") { !world.played.taken(world.platform, by: "daNhan").isEmpty }
    try runUntil("at the registrar") { !world.played.taken(world.registrar, by: "nhanHoSoDKHT").isEmpty }
    try runUntil("the platform has a first word") { !world.toldPlatform.isEmpty }
    try runUntil("at the police") { !world.played.taken(world.police, by: "ho-so").isEmpty }
    try runUntil("at the insurance") { !world.played.taken(world.insurance, by: "ho-so").isEmpty }
    try runUntil("a word of the police") { world.played.reported(world.police) >= 1 }
    try runUntil("the insurance is done") { world.played.reported(world.insurance) == 2 }
    try runUntil("the end") {
      world.toldPlatform.last == "4" && world.played.status(Self.code, on: world.portal) == "9"
        // Who was not answered says it again.
        && [world.police, world.insurance].allSatisfy { world.played.reported($0) == 2 }
    }

    #expect(world.played.taken(world.registrar, by: "nhanHoSoDKHT").count == 1)
    for agency in [world.police, world.insurance] {
      #expect(world.played.taken(agency, by: "ho-so").count == 1)
    }
    // What was sent and not yet noted goes again, in the same bytes: a platform without keys may hear it twice.
    let told = world.played.taken(world.platform, by: "trangThai")
    // The registrar tells how a dossier stands when it is asked: that it began it leaves no trace if nobody was there to ask.
    #expect((6...7).contains(Set(told).count), "\(told)")
    #expect(world.toldPlatform.count { $0 == "4" } >= 1 && world.toldPlatform.last == "4")
  }
}
