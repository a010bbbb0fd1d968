import GatewayTesting
import HTTPKit
import JSONKit
import Simulation
import Testing

/// The registration of a business with its partners' own simulators: the register, and tax, social insurance and labour, to
/// which its number goes at the same time.
@Suite("Business registration in its partners' own tongues", .serialized, .timeLimit(.minutes(4)))
struct BusinessPartnersJourneyTests {
  private static let code = "H99.14-261122-0041"
  private static let desk = "mot-cua"
  private static let number = "2800000012"

  private struct World {
    let played: PlayedSite
    let desk: ServiceSimulator
    let register: ServiceSimulator
    let tax: ServiceSimulator
    let insurance: ServiceSimulator
    let labour: ServiceSimulator
    let portal: PortalSimulator

    /// - Parameters:
    ///   - labour: what the labour office says of its step.
    ///   - isTaxSilent: whether the tax office takes its dossier and says nothing.
    init(
      labour word: String = "completed", isTaxSilent: Bool = false, store database: TemporaryPostgreSQLDatabase? = nil
    ) throws {
      played = PlayedSite(
        """
        procedures:
          dang-ky-kinh-doanh:
            parties: { dang-ky-kinh-doanh: so-tai-chinh, thue: cuc-thue, bhxh: bhxh-tinh, lao-dong: so-noi-vu }
            codes: ["2.001610"]
        """, routes: "  - { name: lên Cổng, message: dossier, from: [mot-cua], to: [cong] }", store: database)
      desk = try played.play(
        "rest", as: BusinessPartnersJourneyTests.desk, sends: "rest/dossier, rest/progress",
        own: ["lookups: [dang-ky-quoc-gia/chi-tiet]"])
      let certificate =
        "<result><name>Giấy chứng nhận</name><number>\(BusinessPartnersJourneyTests.number)</number></result>"
      register = try played.play(
        "rest", as: "so-tai-chinh", plan: PlayedSite.report(on: "dossier", "completed", certificate),
        sends: "rest/progress")
      tax = try played.play(
        "thue", as: "cuc-thue", plan: isTaxSilent ? nil : PlayedSite.report(on: "ho-so", after: "500ms", "completed"),
        sends: "thue/tien-do"
      )
      insurance = try played.play(
        "bhxh", as: "bhxh-tinh", plan: PlayedSite.report(on: "ho-so", after: "500ms", "completed"),
        sends: "bhxh/tien-do")
      labour = try played.play(
        "webhook", as: "so-noi-vu", plan: PlayedSite.report(on: "webhook", after: "500ms", word), sends: "rest/progress"
      )
      _ = try played.play("dkkd", as: "dang-ky-quoc-gia", sends: nil)
      portal = try played.addPortal(knowing: "2.001610")
    }

    func submit() -> Bool {
      played.send(
        PlayedSite.dossier(
          BusinessPartnersJourneyTests.code, of: "2.001610", named: "Đăng ký thành lập doanh nghiệp", owner: "business"),
        from: BusinessPartnersJourneyTests.desk)
    }

    /// The three to which the number goes, each with the operation by which it takes a dossier.
    var tail: [(partner: ServiceSimulator, operation: String)] {
      [(tax, "ho-so"), (insurance, "ho-so"), (labour, "webhook")]
    }

    /// Waits until portal and desk know the end and who spoke has heard that it was taken.
    func waitForEnd(at place: SourceLocation = #_sourceLocation) throws {
      let code = BusinessPartnersJourneyTests.code
      try played.wait(until: "the portal has the end", of: code, at: place) { played.status(code, on: portal) == "9" }
      try played.wait(until: "the desk has the end", of: code, at: place) {
        played.taken(desk, by: "dossier").last?.contains("<status>completed</status>") == true
      }
      try played.wait(until: "each of the three was heard", of: code, at: place) {
        tail.allSatisfy { played.reported($0.partner) >= 1 }
      }
    }
  }

  @Test(
    "the register's number goes to tax, social insurance and labour at once, and all are done before the end is told")
  func business() throws {
    let world = try World()
    let daemon = try world.played.start()
    #expect(world.submit())
    try world.waitForEnd()
    for (partner, operation) in world.tail {
      let dossiers = world.played.taken(partner, by: operation)
      #expect(dossiers.count == 1 && dossiers[0].contains("<system>maSoDoanhNghiep</system><id>\(Self.number)</id>"))
      #expect(world.played.reported(partner) == 1)
    }
    let end = try #require(world.played.taken(world.desk, by: "dossier").last)
    #expect(end.contains("<number>\(Self.number)</number>"), "\(end)")
    // What the desk prints it looks up in the national register.
    let found = try Visitor(port: Int(world.played.port)).send(
      .post, "/v1/lookups/dang-ky-quoc-gia/chi-tiet", key: Self.desk, body: Array(#"{"msdn": "\#(Self.number)"}"#.utf8))
    withExtendedLifetime(daemon) {}
    #expect(found?.status == 200 && String(decoding: found?.body ?? [], as: UTF8.self).contains("<enterprise>"))
  }

  @Test("one of the three that says nothing keeps neither of the others back: each has the number at once and is done")
  func atOnce() throws {
    let world = try World(isTaxSilent: true)
    let daemon = try world.played.start()
    #expect(world.submit())
    let areDone = Patience.until(seconds: 60) {
      world.tail.allSatisfy { !world.played.taken($0.partner, by: $0.operation).isEmpty }
        && [world.insurance, world.labour].allSatisfy { world.played.reported($0) >= 1 }
    }
    #expect(areDone, "\(world.played.story(Self.code))")
    withExtendedLifetime(daemon) {}
    #expect([world.insurance, world.labour].allSatisfy { world.played.reported($0) == 1 })
    #expect(world.played.reported(world.tax) == 0 && world.played.status(Self.code, on: world.portal) != "9")
  }

  @Test("one of the three that refuses keeps neither of the others back; the end says that a part was refused")
  func refused() throws {
    let world = try World(labour: "notAccepted")
    let daemon = try world.played.start()
    #expect(world.submit())
    try world.waitForEnd()
    withExtendedLifetime(daemon) {}
    #expect(world.tail.allSatisfy { world.played.reported($0.partner) == 1 })
    let end = try #require(world.played.taken(world.desk, by: "dossier").last)
    #expect(end.contains("một phần bị từ chối"), "\(end)")
  }

  @Test("the daemon killed after every act of a partner: each agency works once, and the procedure ends")
  func killed() throws { try killed(World()) }

  @Test("the same on PostgreSQL")
  func killedOnPostgreSQL() throws { try killed(World(store: TemporaryPostgreSQL.shared.makeDatabase())) }

  private func killed(_ world: World) throws {
    let runUntil = KilledRuns(world.played, Self.code)
    var isIn = false
    try runUntil("at the register") {
      isIn = isIn || world.submit()
      return !world.played.taken(world.register, by: "dossier").isEmpty
    }
    try runUntil("registered") { world.played.reported(world.register) > 0 }
    for (partner, operation) in world.tail {
      try runUntil("at \(operation)") { !world.played.taken(partner, by: operation).isEmpty }
    }
    try runUntil("a word of each") { world.tail.allSatisfy { world.played.reported($0.partner) > 0 } }
    try runUntil("the end") { world.played.status(Self.code, on: world.portal) == "9" }

    // Two of them know what they have; who takes every document may hear a thing twice, in the same bytes.
    #expect(world.played.taken(world.tax, by: "ho-so").count == 1)
    #expect(world.played.taken(world.insurance, by: "ho-so").count == 1)
    #expect(Set(world.played.taken(world.labour, by: "webhook")).count == 1)
  }
}
