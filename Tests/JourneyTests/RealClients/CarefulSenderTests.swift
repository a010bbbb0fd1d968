import GatewayTesting
import HTTPKit
import JSONKit
import Testing

/// `careful_sender.py` at `/v1/messages` of the built daemon.
@Suite("A sender in Python that names its messages", .serialized, .timeLimit(.minutes(5)))
struct CarefulSenderTests {
  @Test("may lose every answer and send again; another document under a used name is refused by a problem it can read")
  func idempotency() throws {
    let site = TestSite()
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let port = try #require(daemon.waitUntilListening())
    let codes = ["H99.14-260101-0001", "H99.14-260101-0002"]
    let client = try ClientScript("careful_sender.py") { writer in
      for (name, value) in [
        ("host", "127.0.0.1"), ("key", TestSite.senderKey), ("name", "ho-so-1"),
        ("document", String(decoding: Dossiers.json(codes[0]), as: UTF8.self)),
        ("other", String(decoding: Dossiers.json(codes[1]), as: UTF8.self)),
      ] {
        writer.name(name)
        writer.string(value)
      }
      writer.name("port")
      writer.integer(port)
    }
    #expect(client.exitCode == 0, "\(client.errors)")
    #expect(client.steps.map { $0["http"]?.integer } == [202, 202, 422, 202, 400])
    try #require(client.steps.count == 5)

    let (taken, again) = (client.steps[0], client.steps[1])
    let id = try #require(taken["answer"]?["id"]?.string)
    #expect(again["answer"]?["id"]?.string == id && again["replayed"]?.string == "true")
    #expect(taken["location"]?.string == "/v1/messages/\(id)" && again["location"]?.string == "/v1/messages/\(id)")
    for (step, kind) in [(2, "key-reused"), (4, "malformed")] {
      let refusal = client.steps[step]
      #expect(refusal["type"]?.string == "application/problem+json" && refusal["replayed"]?.isNull == true)
      #expect(refusal["answer"]?["type"]?.string == "urn:lienthong:problem:\(kind)")
      #expect(refusal["answer"]?["status"]?.integer == refusal["http"]?.integer)
      for member in ["title", "titleVi", "detail", "detailVi"] {
        #expect(refusal["answer"]?[member]?.string?.isEmpty == false, "\(member)")
      }
      #expect(refusal["answer"]?["retryable"]?.boolean == false)
    }
    #expect(client.steps[3]["answer"]?["id"]?.string != id && client.steps[3]["replayed"]?.isNull == true)

    let visitor = try Visitor(port: port)
    for code in codes {
      let timeline = visitor.json(visitor.send(.get, "/v1/dossiers/\(code)", key: TestSite.operatorKey))
      #expect(timeline?["messages"]?.count == 1, "\(code) is there once")
    }
    withExtendedLifetime(daemon) {}
  }
}
