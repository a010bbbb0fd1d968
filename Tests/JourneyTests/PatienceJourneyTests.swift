import GatewayTesting
import HTTPKit
import Testing

@Suite("How long a partner is waited for", .timeLimit(.minutes(2)))
struct PatienceJourneyTests {
  private static let code = "H99.14-260101-0001"

  /// A site whose agency has these `timeouts`.
  private func site(_ partner: ScriptedPartner, timeouts: String) throws -> TestSite {
    let site = TestSite(agency: Int(partner.address.split(separator: ":").last ?? ""))
    let path = site.site + "/parties/so-xay-dung.yaml"
    let text = String(decoding: TestFiles.read(path), as: UTF8.self)
    TestFiles.write(text.replacing(/timeouts: .*/, with: "timeouts: { \(timeouts) }"), to: path)
    return site
  }

  @Test("one that takes a request and says nothing is left after `firstByte`, however long a whole answer may take")
  func firstByte() throws {
    let partner = try ScriptedPartner { _, number in
      number == 1 ? .hold : .answer(.text(200, "<MResult><Status>200</Status><Message>OK</Message></MResult>"))
    }
    let site = try site(partner, timeouts: "connect: 1s, firstByte: 300ms, answer: 600s")
    let gateway = try GatewayInProcess(site)
    let visitor = try Visitor(port: gateway.port)
    try #require(visitor.lodge(Dossiers.json(Self.code))?.status == 202)
    #expect(partner.requests(atLeast: 2).count >= 2)
  }

  @Test(
    "a first byte cannot be waited for longer than the whole, and no setting leaves certificates unchecked",
    arguments: [
      ("timeouts: { firstByte: 61s, answer: 60s }", "waited for longer than the whole"),
      ("tls: { verify: false }", "verify"), ("tls: { insecure: true }", "insecure"),
      ("tls: { authorities: none }", "none"), ("tls: { trust: all }", "trust"), ("verify: false", "verify"),
    ])
  func refused(line: String, says: String) throws {
    let site = TestSite(agency: 1)
    let path = site.site + "/parties/so-xay-dung.yaml"
    let text = String(decoding: TestFiles.read(path), as: UTF8.self)
    TestFiles.write(text.replacing(/timeouts: .*/, with: line), to: path)
    let run = ProgramRun.lienthong("check", site.site)
    #expect(run.exitCode != 0 && (run.text + run.errorText).contains(says), "\(run.text)\(run.errorText)")
  }
}
