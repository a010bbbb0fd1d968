import GatewayTesting
import JSONKit
import ServiceKit
import Simulation
import Testing

/// A construction permit with its partners' own simulators: the department (SOAP), and the fire police (a webhook) and the
/// environment department (documents over VXP), whose opinions are asked for at the same time.
@Suite("A construction permit in its partners' own tongues", .serialized, .timeLimit(.minutes(4)))
struct ConstructionPartnersJourneyTests {
  private static let code = "H99.14-261122-0051"
  private static let desk = "mot-cua"

  private struct World {
    let played: PlayedSite
    let desk: ServiceSimulator
    let department: ServiceSimulator
    let police: ServiceSimulator
    /// What the environment department's system did.
    let environment = SimulatorJournal(time: SystemTimeSource())
    /// The status messages that it answers a document with.
    let opinion: [String]
    let portal: PortalSimulator

    /// - Parameters:
    ///   - police: what the fire police do; nothing unless told.
    ///   - environment: the status messages by which the environment department answers.
    init(
      police word: String? = nil, environment opinion: [String] = ["03", "06"],
      store database: TemporaryPostgreSQLDatabase? = nil
    ) throws {
      played = PlayedSite(
        """
        frontDoors: { edxml-vxp: { path: /vxp } }
        procedures:
          giay-phep-xay-dung:
            parties: { xay-dung: so-xay-dung, cong-an: pccc, moi-truong: so-moi-truong }
            codes: ["1.009994"]
        """, routes: "  - { name: lên Cổng, message: dossier, from: [mot-cua], to: [cong] }", store: database)
      self.opinion = opinion
      desk = try played.play(
        "rest", as: ConstructionPartnersJourneyTests.desk, sends: "rest/dossier, rest/progress", own: ["agency: H99.14"]
      )
      let permit =
        PlayedSite.report(on: "DeliverMessage", step: "kiem-tra", "completed") + "\n"
        + PlayedSite.reportStep("tong-hop", "completed") + "\n"
        + PlayedSite.reportStep(
          "cap-phep", "completed", "<result><name>Giấy phép xây dựng</name><number>11/GPXD</number></result>")
      department = try played.play("soap", as: "so-xay-dung", plan: permit, sends: "rest/progress")
      police = try played.play(
        "webhook", as: "pccc", plan: word.map { PlayedSite.report(on: "webhook", $0) }, sends: "rest/progress")
      played.addVXP("so-moi-truong", agency: "H99.30")
      portal = try played.addPortal()
    }

    func submit() -> Bool {
      played.send(
        PlayedSite.dossier(
          ConstructionPartnersJourneyTests.code, of: "1.009994", named: "Cấp giấy phép xây dựng mới"),
        from: ConstructionPartnersJourneyTests.desk)
    }

    /// The environment department's system looks what is there for it, takes it, and answers.
    func lookForDocuments() {
      let service = VXPService(port: played.port, path: "/vxp", system: "H99.30", secret: "so-moi-truong")
      let system = VXPSystem(
        VXPDocuments.Organisation(code: "H99.30", name: "Sở Nông nghiệp và Môi trường (mẫu)"), service: service,
        statuses: opinion, journal: environment, time: SystemTimeSource())
      _ = system.takeAll()
    }

    /// The documents that it has taken.
    var documents: [ReceivedMessage] { environment.messages }

    /// Its status messages that were taken.
    var opinions: Int { environment.events.count { $0.name == .messageAccepted } }

    /// The steps that were sent to the department, in their order.
    var steps: [String] {
      played.taken(department, by: "DeliverMessage").compactMap { document in
        ["kiem-tra", "tong-hop", "cap-phep"].first { document.contains("<id>\($0)</id>") }
      }
    }

    /// The step of an opinion as an operator sees it.
    func state(_ step: String) -> String? {
      let trace = ProgramRun.lienthong(
        "procedure", "trace", ConstructionPartnersJourneyTests.code, "--site", played.site, "--json")
      return (try? JSONDocument(parsing: trace.output))?.root["steps"]?.elements
        .first { $0["step"]?.string == step }?["state"]?.string
    }
  }

  /// Waits until portal and desk know the end; the environment department looks for its document meanwhile.
  private func waitForEnd(_ world: World, at place: SourceLocation = #_sourceLocation) throws {
    try world.played.wait(until: "the portal has the end", of: Self.code, at: place) {
      if world.documents.isEmpty { world.lookForDocuments() }
      return world.played.status(Self.code, on: world.portal) == "9"
    }
    try world.played.wait(until: "the desk has the end", of: Self.code, at: place) {
      world.played.taken(world.desk, by: "dossier").last?.contains("<status>completed</status>") == true
    }
  }

  @Test("both opinions are given: they are put together and the permit is issued with its number")
  func agreed() throws {
    let world = try World(police: "completed")
    let daemon = try world.played.start()
    #expect(world.submit())
    try waitForEnd(world)
    withExtendedLifetime(daemon) {}
    #expect(world.steps == ["kiem-tra", "tong-hop", "cap-phep"])
    let end = try #require(world.played.taken(world.desk, by: "dossier").last)
    #expect(end.contains("11/GPXD"), "\(end)")
  }

  @Test("an opinion against it ends its own branch: the department has the last word")
  func against() throws {
    let world = try World(police: "completed", environment: ["02"])
    let daemon = try world.played.start()
    #expect(world.submit())
    try waitForEnd(world)
    withExtendedLifetime(daemon) {}
    #expect(world.state("y-kien-moi-truong") == "refused" && world.steps.contains("tong-hop"))
  }

  @Test(
    "killed after every act, and twenty days later: the silence of the fire police is consent, and the permit is issued"
  )
  func silence() throws { try silence(World()) }

  @Test("the same on PostgreSQL")
  func silenceOnPostgreSQL() throws { try silence(World(store: TemporaryPostgreSQL.shared.makeDatabase())) }

  private func silence(_ world: World) throws {
    let runUntil = KilledRuns(world.played, Self.code)
    var isIn = false
    try runUntil("at the department") {
      isIn = isIn || world.submit()
      return world.steps == ["kiem-tra"]
    }
    try runUntil("at the fire police") { !world.played.taken(world.police, by: "webhook").isEmpty }
    try runUntil("at the environment") {
      world.lookForDocuments()
      return !world.documents.isEmpty
    }
    try runUntil("checked") { world.played.reported(world.department) > 0 }
    try runUntil("an opinion, which is told") {
      if world.opinions < 2 { world.lookForDocuments() }
      return world.state("y-kien-moi-truong") == "done"
        && Set(world.played.taken(world.desk, by: "progress")).count == 3
        && world.played.taken(world.portal, by: "CapNhatTienDoHoSoMC").count >= 3
    }
    #expect(!world.steps.contains("tong-hop"), "an opinion is still awaited")
    let later = try GatewayInProcess(
      site: world.played.site, log: world.played.log, time: LaterTime(by: .seconds(20 * 86_400)))
    let isOver = Patience.until(seconds: 60) { world.played.status(Self.code, on: world.portal) == "9" }
    #expect(isOver, "\(world.played.story(Self.code))")
    withExtendedLifetime(later) {}
    #expect(world.state("y-kien-pccc") == "consented")
    #expect(world.steps.suffix(2) == ["tong-hop", "cap-phep"])
    #expect(Set(world.played.taken(world.police, by: "webhook")).count == 1)
  }
}
