import GatewayTesting
import HTTPKit
import Testing

/// The built daemon, twice, on one PostgreSQL database.
@Suite("Two daemons on one PostgreSQL database", .serialized, .timeLimit(.minutes(5)))
struct SharedStoreJourneyTests {
  @Test("deliver what either of them took; one is killed, and the other delivers what it had in its hands")
  func oneDies() throws {
    let database = TemporaryPostgreSQL.shared.makeDatabase()
    let agency = try LGSPAgency()
    let site = TestSite(agency: agency.port)
    site.keepStore(in: database)
    let check = ProgramRun.lienthong("check", site.site)
    #expect(check.exitCode == 0, "\(check.text)")
    let first = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log1")
    let second = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log2")
    let visitors = [
      try Visitor(port: try #require(first.waitUntilListening())),
      try Visitor(port: try #require(second.waitUntilListening())),
    ]
    let codes = (1...30).map { "H99.14-260101-\(String(1_000 + $0))" }
    for (index, code) in codes.enumerated() {
      if index == 20 { first.process.killGroup() }
      // From then on the dead one's senders go to the other.
      let visitor = visitors[index < 20 ? index % 2 : 1]
      #expect(visitor.lodge(Dossiers.json(code), key: code)?.status == 202)
    }
    for code in codes {
      #expect(
        Patience.until(seconds: 60) { visitors[1].states(of: code, to: "so-xay-dung") == ["delivered"] }, "\(code)")
    }
    #expect(Set(agency.received.keys) == Set(codes))
    let queue = ProgramRun.lienthong("queue", "--site", site.site, "--json")
    #expect(queue.exitCode == 0, "\(queue.errorText)")
    let story = ProgramRun.lienthong("dossier", "trace", codes[0], "--site", site.site)
    #expect(story.exitCode == 0 && story.text.contains(codes[0]), "\(story.text)\(story.errorText)")
    second.process.signal(15)
    #expect(second.process.wait() == .exited(0))
  }

  @Test("a site moves from its file to a database and goes on")
  func moves() throws {
    let agency = try LGSPAgency()
    agency.setDown(true)
    let site = TestSite(agency: agency.port)
    let former = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log1")
    let visitor = try Visitor(port: try #require(former.waitUntilListening()))
    let code = "H99.14-260101-0001"
    #expect(visitor.lodge(Dossiers.json(code), key: "a")?.status == 202)
    let database = TemporaryPostgreSQL.shared.makeDatabase()
    site.keepStore(in: database)
    let early = ProgramRun.lienthong("store", "copy", site.site)
    #expect(early.exitCode == 1 && early.errorText.contains("stop its gateway"), "\(early.errorText)")
    former.process.signal(15)
    #expect(former.process.wait() == .exited(0))

    let copied = ProgramRun.lienthong("store", "copy", site.site)
    #expect(copied.exitCode == 0, "\(copied.text)\(copied.errorText)")
    let tables = copied.lines.map { $0.prefix { $0 != " " } }
    #expect(tables.contains("message") && tables.contains("awaited"), "a line a table: \(tables)")
    let again = ProgramRun.lienthong("store", "copy", site.site)
    #expect(again.exitCode == 1 && again.errorText.contains("not empty"), "\(again.errorText)")

    agency.setDown(false)
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log2")
    let later = try Visitor(port: try #require(daemon.waitUntilListening()))
    #expect(Patience.until(seconds: 60) { later.states(of: code, to: "so-xay-dung") == ["delivered"] })
    #expect(later.lodge(Dossiers.json(code), key: "a")?.headers["Idempotency-Replayed"] == "true")
    daemon.process.signal(15)
    #expect(daemon.process.wait() == .exited(0))
  }
}
