import GatewayTesting
import Glibc
import JSONKit
import Simulation
import Testing
import XMLKit

/// Statistics and surveys: messages of no dossier, which leave through the same queue as all others.
@Suite("Statistics and surveys as messages", .serialized, .timeLimit(.minutes(4)))
struct StatisticsJourneyTests {
  private static let unit = "H99.14"
  private static let office = "van-phong"

  /// A site with an OpenCPS LGSP that takes statistics, and a system that takes statistics and surveys as they are.
  private struct World {
    let played: PlayedSite
    let lgsp: AgencySimulator
    let collector: ServiceSimulator

    init() throws {
      played = PlayedSite(
        "",
        routes: """
            - { name: hồ sơ, message: dossier, from: [mot-cua], to: [noi-thu] }
            - { name: thống kê, message: statistics, from: [van-phong], to: [truc-lgsp, noi-thu] }
            - { name: khảo sát, message: survey, from: [van-phong], to: [noi-thu] }
          """)
      var configuration = AgencyConfiguration()
      configuration.keys = ["khoa-lgsp"]
      lgsp = try AgencySimulator(configuration: configuration)
      try played.add(
        "truc-lgsp", lgsp, sends: nil, profile: "oc-lgsp", secrets: ["apiKey": "khoa-lgsp"], [])
      collector = try played.play("rest", as: "noi-thu", sends: nil)
      played.addDesk("mot-cua")
      played.addSender(StatisticsJourneyTests.office, sends: "rest/statistics, rest/survey")
      TestFiles.write(StatisticsJourneyTests.office, to: played.folder.path + "/key")
    }

    func dossier(_ number: Int) -> Bool {
      played.send(
        PlayedSite.dossier("H99.14-261120-000\(number)", of: "1.000001", named: "Thủ tục (mẫu)"), from: "mot-cua")
    }

    func report(_ words: String...) -> ProgramRun {
      ProgramRun(
        [
          TestFiles.program("lienthong"), "report", "--site", played.site, "--period", "2026-11", "--statistics",
          StatisticsJourneyTests.unit, "--agency-name", "UBND phường (mẫu)",
        ] + words)
    }

    func send(_ words: String...) -> ProgramRun {
      ProgramRun(
        [
          TestFiles.program("lienthong"), "report", "--site", played.site, "--period", "2026-11", "--statistics",
          StatisticsJourneyTests.unit, "--agency-name", "UBND phường (mẫu)", "--send", "--key",
          "file:\(played.folder.path)/key",
        ] + words)
    }

    var sent: [String] { played.taken(lgsp, by: "Statistic") }
  }

  @Test(
    "a month of an agency goes to an OpenCPS LGSP once, whoever is killed and however often it is sent; a correction on demand"
  )
  func statistics() throws {
    let world = try World()
    let daemon = try world.played.start()
    for number in 1...3 { #expect(world.dossier(number)) }
    let shown = world.report()
    #expect(shown.exitCode == 0 && shown.text.contains("<received>3</received>"), "\(shown.text)\(shown.errorText)")
    let schema = try XMLSchema(contentsOf: TestFiles.projectRoot + "/Schemas/canonical/1/canonical.xsd")
    #expect(try schema.validate(XMLDocument(parsing: shown.output)).isEmpty)

    let taken = world.send()
    #expect(taken.exitCode == 0 && taken.text.contains("is taken"), "\(taken.text)\(taken.errorText)")
    daemon.process.signal(SIGKILL)
    #expect(daemon.process.wait() != nil)
    let closed = world.send()
    #expect(closed.exitCode == 3 && closed.errorText.contains("does not answer"), "\(closed.errorText)")
    let again = try world.played.start()
    #expect(Patience.until(seconds: 30) { !world.sent.isEmpty && !collected(world, "statistics").isEmpty })
    let document = try XMLDocument(parsing: Array(#require(world.sent.first).utf8))
    let figures = try #require(document.root).elements.map { "\($0.localName) \($0.text)" }
    #expect(
      figures.contains("Month 11") && figures.contains("NewReception 3") && figures.contains("Total 3")
        && figures.contains("OrganizationInchargeIdlevel1 \(Self.unit)"), "\(figures)")
    #expect(collected(world, "statistics").first?.contains("<code>thong-ke.H99.14.2026-11</code>") == true)

    let repeated = world.send()
    #expect(repeated.exitCode == 0 && repeated.text.contains("is there already"), "\(repeated.text)")
    // Other figures are no news that anybody may send by mistake.
    #expect(world.dossier(4))
    let changed = world.send()
    #expect(changed.exitCode == 1 && changed.errorText.contains("--again"), "\(changed.errorText)")
    for _ in 1...2 { #expect(world.send("--again").exitCode == 0) }
    #expect(Patience.until(seconds: 30) { world.sent.contains { $0.contains("<NewReception>4</NewReception>") } })
    withExtendedLifetime(again) {}
    #expect(Set(world.sent).count == 2, "\(world.sent)")

    // They are of no dossier: reports do not count them, and what became of them is told.
    let report = ProgramRun.lienthong("report", "--site", world.played.site, "--period", "2026-11", "--json")
    #expect(try JSONDocument(parsing: report.output).root["total"]?["received"]?.integer == 4)
    let story = ProgramRun.lienthong("dossier", "trace", "thong-ke.H99.14.2026-11", "--site", world.played.site)
    #expect(story.exitCode == 0 && story.text.contains("truc-lgsp"), "\(story.text)\(story.errorText)")
  }

  private func collected(_ world: World, _ kind: String) -> [String] {
    world.played.taken(world.collector, by: kind)
  }

  @Test("what cannot be sent is said with its reason: no key, no such agency, no month, a stranger's key")
  func unusable() throws {
    let world = try World()
    let daemon = try world.played.start()
    #expect(world.dossier(1))
    #expect(world.report("--send").exitCode == 2)
    #expect(world.report("--by", "month").exitCode == 2)
    TestFiles.write("nguoi-la", to: world.played.folder.path + "/key")
    let stranger = world.send()
    #expect(stranger.exitCode == 1 && stranger.errorText.contains("401"), "\(stranger.errorText)")
    TestFiles.write("mot-cua", to: world.played.folder.path + "/key")
    let forbidden = world.send()
    #expect(forbidden.exitCode == 1 && forbidden.errorText.contains("403"), "\(forbidden.errorText)")
    withExtendedLifetime(daemon) {}
    #expect(world.sent.isEmpty)
  }

  @Test(
    "an answer to a survey travels as it is, through the daemon killed behind its receipt, and counts for no dossier")
  func survey() throws {
    let world = try World()
    let daemon = try world.played.start()
    #expect(world.dossier(1))
    let text = String(
      decoding: TestFiles.read(TestFiles.projectRoot + "/Schemas/canonical/1/valid/survey--mot-phieu.xml"),
      as: UTF8.self)
    let survey = text.replacing("H56.14-261120-0007", with: "H99.14-261120-0001")
    #expect(world.played.send(survey, from: Self.office))
    #expect(!world.played.send(survey, from: "mot-cua"), "it may not send surveys")
    #expect(!world.played.send(survey.replacing("<at>", with: "<when>"), from: Self.office))
    daemon.process.signal(SIGKILL)
    #expect(daemon.process.wait() != nil)
    let again = try world.played.start()
    #expect(Patience.until(seconds: 30) { !collected(world, "survey").isEmpty })
    withExtendedLifetime(again) {}
    let received = try XMLDocument(parsing: Array(#require(collected(world, "survey").first).utf8))
    #expect(
      received.root?.elements.map(\.localName) == [
        "code", "form", "dossier", "procedure", "unit", "at", "answer", "answer", "comment",
      ])
    let report = ProgramRun.lienthong("report", "--site", world.played.site, "--period", "2026-11", "--json")
    #expect(try JSONDocument(parsing: report.output).root["total"]?["received"]?.integer == 1)
  }
}
