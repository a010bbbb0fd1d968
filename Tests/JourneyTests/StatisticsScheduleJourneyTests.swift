import GatewayTesting
import JSONKit
import ServiceKit
import Simulation
import Testing

/// A site that sends its agencies' figures by itself when a period is over.
@Suite("Statistics on a schedule", .serialized, .timeLimit(.minutes(3)))
struct StatisticsScheduleJourneyTests {
  private static let unit = "H99.14"
  private static let office = "van-phong"
  private static let place = "statistics/month/H99.14"

  private struct World {
    let played: PlayedSite
    let collector: ServiceSimulator

    init(since: String, store database: TemporaryPostgreSQLDatabase? = nil) throws {
      played = PlayedSite(
        """
        statistics:
          - { agency: \(unit), name: UBND phường (mẫu), sender: \(office), since: \(since) }
        """,
        routes: """
            - { name: hồ sơ, message: dossier, from: [mot-cua], to: [noi-thu] }
            - { name: thống kê, message: statistics, from: [van-phong], to: [noi-thu] }
          """, store: database)
      collector = try played.play("rest", as: "noi-thu", sends: nil)
      played.addDesk("mot-cua")
      played.addSender(StatisticsScheduleJourneyTests.office, sends: "rest/statistics")
      TestFiles.write(StatisticsScheduleJourneyTests.office, to: played.folder.path + "/key")
    }

    /// The gateway in this process, whose clock shows the moment when it starts.
    func gateway(at moment: String) throws -> GatewayInProcess {
      let pause = try Timestamp(rfc3339: moment) - SystemTimeSource().now()
      return try GatewayInProcess(site: played.site, log: played.log, time: LaterTime(by: pause))
    }

    func dossier(_ number: Int, receivedIn month: String) -> Bool {
      let dossier = PlayedSite.dossier("H99.14-261120-000\(number)", of: "1.000001", named: "Thủ tục (mẫu)")
      return played.send(dossier.replacing("2026-11-20T", with: "\(month)-20T"), from: "mot-cua")
    }

    /// Somebody sends October's figures of the agency, by this name.
    func byHand(called name: String) -> ProgramRun {
      ProgramRun.lienthong(
        "report", "--site", played.site, "--period", "2026-10", "--statistics", StatisticsScheduleJourneyTests.unit,
        "--agency-name", name, "--send", "--key", "file:\(played.folder.path)/key")
    }

    var sent: [String] { played.taken(collector, by: "statistics") }
    /// Of which periods figures were taken, as they came.
    var periods: [String] {
      sent.compactMap { $0.firstMatch(of: /<period>(.*)<\/period>/).map { String($0.output.1) } }
    }

    /// When the store says that the schedule's turn comes next: it was looked at.
    var next: Timestamp? {
      let list = ProgramRun.lienthong("poll", "list", "--site", played.site, "--json")
      let due = (try? JSONDocument(parsing: list.output))?.root.elements
        .first { $0["poll"]?.string == StatisticsScheduleJourneyTests.place }?["due"]?.string
      return due.flatMap { try? Timestamp(rfc3339: $0) }
    }
  }

  @Test("each month goes once after its end, and so do all that passed while the gateway was down")
  func monthly() throws { try monthly(World(since: "2026-11")) }

  @Test("the same on PostgreSQL")
  func monthlyOnPostgreSQL() throws {
    try monthly(World(since: "2026-11", store: TemporaryPostgreSQL.shared.makeDatabase()))
  }

  private func monthly(_ world: World) throws {
    try {
      let gateway = try world.gateway(at: "2026-11-25T09:00:00+07:00")
      for number in 1...3 { #expect(world.dossier(number, receivedIn: "2026-11")) }
      #expect(Patience.until { world.next != nil && world.played.taken(world.collector, by: "dossier").count == 3 })
      withExtendedLifetime(gateway) {}
    }()
    let first = try Timestamp(rfc3339: "2026-12-01T06:00:00+07:00")
    #expect(world.next == first && world.sent.isEmpty)
    try {
      let gateway = try world.gateway(at: "2026-12-01T07:00:00+07:00")
      #expect(Patience.until(seconds: 30) { !world.sent.isEmpty })
      withExtendedLifetime(gateway) {}
    }()
    #expect(
      world.periods == ["2026-11"] && world.sent.allSatisfy { $0.contains("<received>3</received>") }, "\(world.sent)")
    let second = try Timestamp(rfc3339: "2027-01-01T06:00:00+07:00")
    #expect(world.next == second)
    try {
      let gateway = try world.gateway(at: "2027-03-02T09:00:00+07:00")
      #expect(Patience.until(seconds: 30) { world.periods.count >= 4 })
      withExtendedLifetime(gateway) {}
    }()
    // They are of no dossier in common, so that one may overtake another on its way.
    #expect(world.periods.sorted() == ["2026-11", "2026-12", "2027-01", "2027-02"], "\(world.sent)")
    let nothingNew = try #require(world.sent.first { $0.contains("<period>2026-12</period>") })
    #expect(nothingNew.contains("<received>0</received>") && nothingNew.contains("<carriedOver>3</carriedOver>"))
  }

  @Test("a month goes once, whoever is killed and whoever sends it by hand; an agency without any dossier is awaited")
  func killed() throws { try killed(World(since: "2026-10")) }

  @Test("the same with daemons killed over PostgreSQL")
  func killedOnPostgreSQL() throws {
    try killed(World(since: "2026-10", store: TemporaryPostgreSQL.shared.makeDatabase()))
  }

  private func killed(_ world: World) throws {
    let runUntil = KilledRuns(world.played, "thong-ke.H99.14.2026-10")
    try runUntil("the agency is unknown") { world.next != nil }
    #expect(world.sent.isEmpty, "figures of a misspelt agency would be noughts")
    var isIn = false
    try runUntil("handed in") {
      isIn = isIn || world.dossier(1, receivedIn: "2026-10")
      return isIn
    }
    let now = ProgramRun.lienthong(
      "poll", "now", Self.office, Self.place, "--reason", "có hồ sơ rồi", "--site", world.played.site)
    #expect(now.exitCode == 0, "\(now.text)\(now.errorText)")
    try runUntil("taken over") {
      ProgramRun.lienthong("dossier", "trace", "thong-ke.H99.14.2026-10", "--site", world.played.site).exitCode == 0
    }
    try runUntil("sent") { world.periods.contains("2026-10") }
    try runUntil("by hand as well") {
      let byHand = world.byHand(called: "UBND phường (mẫu)")
      return byHand.exitCode == 0 && byHand.text.contains("is there already")
    }
    #expect(Set(world.sent.filter { $0.contains("<period>2026-10</period>") }).count == 1, "\(world.sent)")
  }

  @Test("figures that somebody sent by hand before stand; that the gateway's differ is told, and nothing is sent")
  func differs() throws {
    let world = try World(since: "2026-10")
    let daemon = try world.played.start()
    #expect(Patience.until { world.next != nil })
    #expect(world.dossier(1, receivedIn: "2026-10"))
    #expect(world.byHand(called: "UBND phường khác").exitCode == 0)
    let now = ProgramRun.lienthong(
      "poll", "now", Self.office, Self.place, "--reason", "có hồ sơ rồi", "--site", world.played.site)
    #expect(now.exitCode == 0, "\(now.text)\(now.errorText)")
    func logged(_ event: String) -> Bool {
      String(decoding: TestFiles.read(world.played.log), as: UTF8.self).contains("event=\(event)")
    }
    #expect(Patience.until(seconds: 60) { logged("statistics-differ") && !world.sent.isEmpty })
    withExtendedLifetime(daemon) {}
    let october = world.sent.filter { $0.contains("<period>2026-10</period>") }
    #expect(october.count == 1 && october[0].contains("UBND phường khác"), "\(october)")
  }
}
