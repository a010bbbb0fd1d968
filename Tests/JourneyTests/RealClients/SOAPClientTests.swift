import GatewayTesting
import HTTPKit
import JSONKit
import Testing

/// `soap_zeep.py`, which is given nothing but the address of the WSDL, at the SOAP door of the built daemon.
@Suite("A system built on a SOAP stack, in Python", .serialized, .timeLimit(.minutes(5)))
struct SOAPClientTests {
  private static let code = "H99.14-260101-0001"
  private static let attachmentBytes = 5_000_000
  /// One more than the door takes.
  private static let beyond = 7_000_001

  private let site = TestSite()
  private let daemon: DaemonProcess
  private let port: Int

  init() throws {
    site.addClient()
    site.append("  soap: { path: /dich-vu/soap }", to: "gateway.yaml")
    site.append(
      "  - { name: từ ứng dụng, message: dossier, from: [ung-dung], to: [so-xay-dung] }", to: "routes.yaml")
    daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    port = try #require(daemon.waitUntilListening())
  }

  private func run(_ binding: String) throws -> [String: JSONValue] {
    let client = try ClientScript("soap_zeep.py", [binding]) { writer in
      for (name, value) in [
        ("public", TestSite.publicAddress), ("host", "127.0.0.1"), ("path", "/dich-vu/soap"),
        ("client", TestSite.clientID), ("secret", TestSite.clientSecret), ("agency", TestSite.agencyKey),
        ("dossier", Self.code), ("document", String(decoding: Dossiers.json(Self.code), as: UTF8.self)),
        ("other", String(decoding: Dossiers.json("H99.14-260101-0002"), as: UTF8.self)),
        ("report", String(decoding: AgencyReport.step(of: Self.code, status: "4"), as: UTF8.self)),
        (
          "result",
          String(decoding: AgencyReport.result(of: Self.code), as: UTF8.self)
            .replacing(/<Base64>.*<\/Base64>/, with: "<Base64>{attachment}</Base64>")
        ),
      ] {
        writer.name(name)
        writer.string(value)
      }
      for (name, value) in [("port", port), ("attachment", Self.attachmentBytes), ("beyond", Self.beyond)] {
        writer.name(name)
        writer.integer(value)
      }
    }
    try #require(client.exitCode == 0, "\(client.errors)")
    return Dictionary(client.steps.compactMap { step in step["step"]?.string.map { ($0, step) } }) { first, _ in first }
  }

  @Test(
    "sends, repeats, asks, pulls and acknowledges by the published WSDL, and understands what is refused",
    arguments: [("Soap11", "Client", "MustUnderstand"), ("Soap12", "Sender", "MustUnderstand")])
  func day(binding: String, caller: String, misunderstood: String) throws {
    let steps = try run(binding)
    func refusal(_ step: String) -> (fault: String?, code: String?) {
      // zeep tells the code as it stands, with its prefix.
      let fault = steps[step]?["fault"]?.string?.split(separator: ":").last.map(String.init)
      return (fault, steps[step]?["refusal"]?["code"]?.string)
    }

    let receipt = try #require(steps["send"]?["answer"], "\(String(describing: steps["send"]))")
    let again = try #require(steps["send again"]?["answer"])
    #expect(receipt["dossier"]?.string == Self.code && receipt["repeated"]?.boolean == false)
    #expect(again["repeated"]?.boolean == true)
    for member in ["id", "sha256", "receivedAt", "dossier"] {
      #expect(again[member]?.string == receipt[member]?.string && receipt[member]?.string?.isEmpty == false)
    }
    #expect(refusal("key reused") == (caller, "key-reused"))
    #expect(refusal("invalid") == (caller, "invalid"))
    let findings = try #require(steps["invalid"]?["refusal"]?["error"])
    #expect(findings.elements.contains { $0["messageVi"]?.string?.isEmpty == false && $0["rule"]?.string != nil })
    #expect(refusal("unreadable") == (caller, "malformed"))
    #expect(refusal("nothing") == (caller, "not-found"))
    #expect(refusal("must understand").fault == misunderstood)
    #expect(refusal("stranger") == (caller, "unauthenticated"))
    #expect(steps["invalid"]?["refusal"]?["retryable"]?.boolean == false)

    #expect(steps["message"]?["answer"]?["id"]?.string == receipt["id"]?.string)
    #expect(steps["message"]?["answer"]?["sender"]?.string == "ung-dung")
    let destinations = steps["message"]?["answer"]?["delivery"]?.elements.compactMap { $0["destination"]?.string }
    #expect(destinations?.sorted() == ["cong", "so-xay-dung"])
    #expect(steps["dossier"]?["answer"]?["message"]?.count == 1)
    #expect(steps["dossier"]?["answer"]?["event"]?[0]?["event"]?.string == "received")

    #expect(steps["inbox"]?["count"]?.integer == 1)
    let waiting = try #require(steps["waiting"])
    #expect(waiting["dossier"]?.string == Self.code && waiting["type"]?.string == "oc-lgsp/sync-document")
    #expect(waiting["format"]?.string == "xml" && waiting["root"]?.string == "MSyncDocument")
    #expect(steps["acknowledge"]?["value"]?.string == waiting["delivery"]?.string)
    #expect(steps["inbox again"]?["count"]?.integer == 0)
    #expect(refusal("acknowledge nothing") == (caller, "not-found"))

    #expect(steps["report"]?["answer"]?["dossier"]?.string == Self.code)
    #expect(
      steps["attachment"]?["answer"]?["dossier"]?.string == Self.code, "\(String(describing: steps["attachment"]))")
    #expect(refusal("too large") == (caller, "too-large"))
    let visitor = try Visitor(port: port)
    let timeline = visitor.json(visitor.send(.get, "/v1/dossiers/\(Self.code)", key: TestSite.operatorKey))
    #expect(timeline?["messages"]?.count == 3, "the dossier, the step and the result, each once")
    withExtendedLifetime(daemon) {}
  }

  @Test("finds one description, at the address that the site says, whatever name the request used")
  func description() throws {
    let visitor = try Visitor(port: port)
    let lower = try #require(visitor.send(.get, "/dich-vu/soap?wsdl"))
    let upper = try #require(visitor.send(.get, "/dich-vu/soap?WSDL", headers: ["Host": "evil.invalid"]))
    #expect(lower.status == 200 && lower.body == upper.body)
    let text = String(decoding: lower.body, as: UTF8.self)
    #expect(text.contains("location=\"\(TestSite.publicAddress)/dich-vu/soap\"") && !text.contains("127.0.0.1"))
    withExtendedLifetime(daemon) {}
  }
}
