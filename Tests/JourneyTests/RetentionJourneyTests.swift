import DossierModel
import DossierStore
import Gateway
import GatewayTesting
import Glibc
import HTTPKit
import JSONKit
import ServiceKit
import Testing

/// A message that is kept for its time and no longer, on the site of a gateway.
@Suite("A finished message whose time is over", .serialized, .timeLimit(.minutes(3)))
struct RetentionJourneyTests {
  private static let code = "H99.14-260101-0001"

  /// The system's time, some days on.
  private struct LaterTime: TimeSource {
    let days: Int
    func now() -> Timestamp { SystemTimeSource().now() + .seconds(days * 86_400) }
    func monotonic() -> MonotonicInstant { SystemTimeSource().monotonic() }
  }

  private func withGateway(
    on site: TestSite, later days: Int = 0, _ body: (Visitor) throws -> Void
  ) throws {
    let gateway = try Gateway(
      SitePlan(Site(folder: site.site)), log: .silent, time: LaterTime(days: days), retention: Self.atOnce)
    try gateway.start()
    defer { gateway.stop() }
    try body(try Visitor(port: gateway.port))
  }

  private static var atOnce: RetentionLimits {
    var limits = RetentionLimits()
    limits.firstPass = .zero
    return limits
  }

  @Test("is known as before but for its bytes; programs and operators are told when and by which rule they went")
  func told() throws {
    let agency = try LGSPAgency()
    let site = TestSite(agency: agency.port)
    site.append("retention: { types: { dvcqg-a/ho-so: 30d } }", to: "gateway.yaml")
    let dossier = Dossiers.json(Self.code)
    try withGateway(on: site) { visitor in
      try #require(visitor.lodge(dossier, key: "k1")?.status == 202)
      #expect(Patience.until { visitor.states(of: Self.code, to: "so-xay-dung") == ["delivered"] })
      let inbox = visitor.states(of: Self.code, to: "cong")
      #expect(inbox == ["ready"])
    }
    let cancelled = ProgramRun.lienthong(
      "queue", "cancel", "--dossier", Self.code, "--reason", "xong", "--site", site.site)
    #expect(cancelled.exitCode == 0)
    func story(_ visitor: Visitor) -> JSONValue? {
      visitor.json(visitor.send(.get, "/v1/dossiers/\(Self.code)", key: TestSite.operatorKey))
    }
    try withGateway(on: site, later: 29) { visitor in
      usleep(200_000)
      #expect(story(visitor)?["messages"]?[0]?["pruned"] == nil)
    }
    var id = ""
    try withGateway(on: site, later: 31) { visitor in
      #expect(Patience.until { story(visitor)?["messages"]?[0]?["pruned"] != nil })
      let message = try #require(story(visitor)?["messages"]?[0])
      id = try #require(message["id"]?.string)
      #expect(message["pruned"]?["rule"]?.string == "retention.types.dvcqg-a/ho-so: 30d")
      let alone = visitor.json(visitor.send(.get, "/v1/messages/\(id)", key: TestSite.senderKey))
      #expect(alone?["pruned"]?["at"]?.string?.hasSuffix("+07:00") == true, "its sender is told as well")
      let again = visitor.lodge(dossier, key: "k1")
      #expect(again?.status == 202 && again?.headers["Idempotency-Replayed"] == "true")
    }

    let rule = "by the rule ‘retention.types.dvcqg-a/ho-so: 30d’"
    func run(_ arguments: String...) -> ProgramRun {
      ProgramRun([TestFiles.program("lienthong")] + arguments + ["--site", site.site])
    }
    #expect(run("message", "show", id).text.contains("\"pruned\""))
    let body = run("message", "show", id, "--body")
    #expect(body.exitCode == 1 && body.output.isEmpty && body.errorText.contains(rule), "\(body.errorText)")
    let answer = run("message", "show", id, "--answer", "1.1")
    #expect(answer.exitCode == 1 && answer.output.isEmpty && answer.errorText.contains(rule), "\(answer.errorText)")
    #expect(run("message", "trace", id).text.contains("pruned: the bytes of dvcqg-a/ho-so were removed"))
    for more in [[], ["--translate"]] {
      let resend = ProgramRun(
        [TestFiles.program("lienthong"), "message", "resend", id, "--to", "so-xay-dung", "--reason", "thử", "--site"]
          + [site.site] + more)
      #expect(resend.exitCode == 1 && resend.errorText.contains(rule), "\(resend.errorText)")
    }
    let replay = ProgramRun.lienthong(
      "map", "replay", site.site, "--mapping", "dvcqg-a.ho-so--canonical", "--against",
      "dvcqg-a.ho-so--canonical")
    #expect(
      replay.text.contains("1 have no bytes any more (pruned by `retention`)"), "\(replay.text)\(replay.errorText)")
  }
}
