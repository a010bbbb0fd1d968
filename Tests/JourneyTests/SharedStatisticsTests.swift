import GatewayTesting
import Glibc
import SQLKit
import ServiceKit
import Simulation
import Testing

/// Two gateways of one site and one database, both with the same schedules.
@Suite("Statistics on a schedule of two gateways", .serialized, .timeLimit(.minutes(3)))
struct SharedStatisticsTests {
  private static let agencies = ["H99.14", "H99.15", "H99.16"]

  private struct World {
    let database = TemporaryPostgreSQL.shared.makeDatabase()
    let played: PlayedSite
    let collector: ServiceSimulator
    /// The same site at another port, with a data folder of its own.
    let second: String

    init() throws {
      let schedules = SharedStatisticsTests.agencies.map {
        "  - { agency: \($0), name: UBND \($0) (mẫu), sender: van-phong, since: 2026-10 }"
      }
      played = PlayedSite(
        "statistics:\n" + schedules.joined(separator: "\n"),
        routes: """
            - { name: hồ sơ, message: dossier, from: [mot-cua], to: [noi-thu] }
            - { name: thống kê, message: statistics, from: [van-phong], to: [noi-thu] }
          """, store: database)
      collector = try played.play("rest", as: "noi-thu", sends: nil)
      played.addDesk("mot-cua")
      played.addSender("van-phong", sends: "rest/statistics")
      second = played.folder.path + "/second"
      #expect(ProgramRun(["cp", "-r", played.site, second]).exitCode == 0)
      let path = second + "/gateway.yaml"
      let text = String(decoding: TestFiles.read(path), as: UTF8.self)
        .replacing("listen: 127.0.0.1:\(played.port)", with: "listen: 127.0.0.1:0")
        .replacing("data: \(played.data)", with: "data: \(played.data)-2")
      TestFiles.write(text, to: path)
      // Every agency has had a dossier before a period is over.
      let gateway = try self.gateway(played.site, at: "2026-10-25T09:00:00+07:00", log: "0")
      for (number, agency) in SharedStatisticsTests.agencies.enumerated() {
        let dossier = PlayedSite.dossier("\(agency)-261020-000\(number)", of: "1.000001", named: "Thủ tục (mẫu)")
          .replacing("<unit><code>H99.14", with: "<unit><code>\(agency)")
          .replacing("2026-11-20T", with: "2026-10-20T")
        #expect(played.send(dossier, from: "mot-cua"))
      }
      withExtendedLifetime(gateway) {}
    }

    func gateway(_ site: String, at moment: String, log: String) throws -> GatewayInProcess {
      let pause = try Timestamp(rfc3339: moment) - SystemTimeSource().now()
      return try GatewayInProcess(site: site, log: played.log + log, time: LaterTime(by: pause))
    }

    /// What the collector was given, as `thong-ke.AGENCY.PERIOD`.
    var sent: [String] {
      played.taken(collector, by: "statistics").compactMap { text in
        text.firstMatch(of: /<code>(thong-ke[^<]*)<\/code>/).map { String($0.output.1) }
      }
    }

    /// What the gateways say that they sent.
    func told(_ logs: String...) -> [String] {
      logs.flatMap { log in
        String(decoding: TestFiles.read(played.log + log), as: UTF8.self).split(separator: "\n")
          .filter { $0.contains("event=statistics-sent") }.map(String.init)
      }
    }
  }

  private static func codes(of periods: [String]) -> [String] {
    agencies.flatMap { agency in periods.map { "thong-ke.\(agency).\($0)" } }.sorted()
  }

  @Test("each agency's month is sent by one of them, over one month's end and over several at once")
  func nobodyDies() throws {
    let world = try World()
    for (moment, periods) in [
      ("2026-11-01T07:00:00+07:00", ["2026-10"]),
      ("2027-03-01T07:00:00+07:00", ["2026-10", "2026-11", "2026-12", "2027-01", "2027-02"]),
    ] {
      do {
        // Nothing is recorded before both are there, so that both are at it.
        let messages = try world.database.connect()
        try messages.execute("BEGIN; LOCK TABLE message IN SHARE MODE")
        let gateways = [
          try world.gateway(world.played.site, at: moment, log: "1"),
          try world.gateway(world.second, at: moment, log: "2"),
        ]
        #expect(Patience.until { (try? Self.holder(in: messages)).flatMap { $0 } != nil })
        try messages.execute("ROLLBACK")
        #expect(Patience.until(seconds: 60) { Set(world.sent).count >= Self.codes(of: periods).count }, "\(world.sent)")
        withExtendedLifetime(gateways) {}
      }
      #expect(Set(world.sent) == Set(Self.codes(of: periods)))
      // A line of the log may come after what it tells of.
      #expect(Patience.until { world.told("1", "2").count >= Self.codes(of: periods).count })
      let told = world.told("1", "2")
      #expect(told.count == Self.codes(of: periods).count, "\(told)")
    }
  }

  /// Where the one that is at it stands when it is killed.
  enum Moment: CaseIterable {
    case whileTheFiguresAreBeingRecorded
    case beforeItIsWrittenDownThatTheyAre
  }

  @Test(
    "the one that is at it is killed, and the other sends what was not sent: each agency's figures are one message",
    arguments: Moment.allCases)
  func oneDies(moment: Moment) throws {
    let world = try World()
    // Nobody records a message as long as this transaction lives; what is claimed stays in the hands that have it.
    let messages = try world.database.connect()
    try messages.execute("BEGIN; LOCK TABLE message IN SHARE MODE")
    let first = try world.played.start()
    let second = DaemonProcess(site: world.second, data: world.played.data + "-2", output: world.played.log + "2")
    try #require(second.waitUntilListening() != nil, "\(second.process.output)")
    let looking = try world.database.connect()
    var holder: String?
    #expect(
      Patience.until {
        holder = try? Self.holder(in: looking)
        return holder != nil
      })
    let places = [world.played.data, world.played.data + "-2"].map {
      String(decoding: TestFiles.read($0 + "/gateway.id"), as: UTF8.self)
    }
    let number = try #require(holder.flatMap { place in places.firstIndex { place.contains($0) } }, "\(holder ?? "")")
    if moment == .beforeItIsWrittenDownThatTheyAre {
      let places = try world.database.connect()
      try places.execute("BEGIN; LOCK TABLE poll IN SHARE MODE")
      try messages.execute("ROLLBACK")
      let code = Self.codes(of: ["2026-10"])[0]
      #expect(Patience.until { (try? Self.count(of: code, in: looking)) == 1 })
      (number == 0 ? first : second).process.killGroup()
      try places.execute("ROLLBACK")
    } else {
      (number == 0 ? first : second).process.killGroup()
      try messages.execute("ROLLBACK")
    }
    #expect(
      Patience.until(seconds: 90) { Set(world.sent).isSuperset(of: Self.codes(of: ["2026-10"])) }, "\(world.sent)")
    let survivor = number == 0 ? second : first
    survivor.process.signal(SIGTERM)
    #expect(survivor.process.wait() == .exited(0))
    // A delivery that the killed one had not settled goes once more, in the same bytes.
    let documents = Set(world.played.taken(world.collector, by: "statistics").filter { $0.contains(">2026-10<") })
    #expect(documents.count == Self.agencies.count, "\(documents)")
    for code in Self.codes(of: ["2026-10"]) { #expect(try Self.count(of: code, in: looking) == 1, "\(code)") }
  }

  /// The place of the gateway that is at the first agency's figures.
  private static func holder(in database: PostgreSQLDatabase) throws -> String? {
    let row = try database.prepare(
      "SELECT node.place FROM poll JOIN node USING (epoch) WHERE poll.name = 'statistics/month/H99.14'")
    defer { row.reset() }
    return try row.step() ? row.optionalText(0) : nil
  }

  private static func count(of code: String, in database: PostgreSQLDatabase) throws -> Int64 {
    let row = try database.prepare("SELECT count(*) FROM message WHERE dossier = ?")
    defer { row.reset() }
    try row.bind(.text(code))
    _ = try row.step()
    return row.integer(0)
  }
}
