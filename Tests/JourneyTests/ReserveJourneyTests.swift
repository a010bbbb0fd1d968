import GatewayTesting
import HTTPKit
import JSONKit
import Testing

/// A gateway whose disk has less room than its reserve: the reserve is larger than any disk here.
@Suite("A daemon that is short of disk space", .serialized, .timeLimit(.minutes(3)))
struct ReserveJourneyTests {
  private static let code = "H99.14-260101-0001"

  @Test("turns new messages and files away, delivers what it has, is read as before, and says so")
  func closed() throws {
    let agency = try LGSPAgency()
    let site = TestSite(agency: agency.port)
    let first = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log1")
    let before = try Visitor(port: try #require(first.waitUntilListening()))
    agency.setDown(true)
    try #require(before.lodge(Dossiers.json(Self.code))?.status == 202)
    first.process.killGroup()
    _ = first.process.wait()

    site.append("intake: { reserve: 1024TiB }", to: "gateway.yaml")
    agency.setDown(false)
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log2")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    let refused = try #require(visitor.lodge(Dossiers.json("H99.14-260101-0002")))
    #expect(refused.status == 503 && refused.headers["Retry-After"] != nil)
    #expect(visitor.json(refused)?["detail"]?.string?.contains("disk space") == true)
    #expect(visitor.send(.put, "/v1/files", key: TestSite.senderKey, body: [1, 2, 3])?.status == 503)
    #expect(visitor.send(.get, "/readyz")?.status == 503)
    #expect(Patience.until { visitor.states(of: Self.code, to: "so-xay-dung") == ["delivered"] })
    #expect(agency.received == [Self.code: 1])
    #expect(
      visitor.send(.get, "/v1/dossiers/H99.14-260101-0002", key: TestSite.operatorKey)?.status == 404,
      "nothing of it was kept")
    let metrics = String(decoding: visitor.send(.get, "/metrics")?.body ?? [], as: UTF8.self)
    #expect(metrics.contains("\nlienthong_intake_open 0") && metrics.contains("\nlienthong_store_writable 1"))

    let queue = ProgramRun.lienthong("queue", "show", "--site", site.site)
    #expect(queue.exitCode == 0 && queue.errorText.contains("new messages are answered 503"), "\(queue.errorText)")
    let log = String(decoding: TestFiles.read(site.folder.path + "/log2"), as: UTF8.self)
    #expect(log.matches(of: /intake-closed/).count == 1)
    daemon.process.killGroup()
  }
}
