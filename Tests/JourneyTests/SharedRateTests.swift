import GatewayTesting
import Glibc
import HTTPKit
import Testing

/// What a partner says it takes in a time holds for everything that the gateway sends it.
@Suite("A partner with a rate", .timeLimit(.minutes(2)))
struct SharedRateTests {
  /// One who is delivered to, asked, and looked up.
  private static let additions = (
    messages: """
    messages:
      dossier:
        format: xml
        kind: dossier
        recognise: "self::dossier"
        schema: canonical/1/canonical.xsd
        toCanonical: itself
        fromCanonical: itself

    polls:
      danh-sach:
        every: 100ms
        path: /danh-sach
        answers: { format: json, rules: [{ outcome: listed, status: 200 }] }
        items: rows
    """,
    operations: """

      operations:
        dossier: { path: /nhan }
      answers:
        format: json
        rules: [{ outcome: accepted, when: "ok = 'true'" }]
        otherwise: unreadable

    """
  )

  @Test("gets no more requests than that: deliveries, polls and lookups count together")
  func together() throws {
    let catalogue = TemporaryFolder()
    let root = TestFiles.projectRoot
    let copy = ProgramRun(["cp", "-r", root + "/Schemas", root + "/Mappings", root + "/Deploy", catalogue.path])
    #expect(copy.exitCode == 0, "\(copy.errorText)")
    let path = catalogue.path + "/Deploy/partners/dkkd-tinh.yaml"
    let text =
      String(decoding: TestFiles.read(path), as: UTF8.self)
      .replacing("messages: {}", with: Self.additions.messages) + Self.additions.operations
    TestFiles.write(text, to: path)
    let partner = try ScriptedPartner { _, _ in .answer(.text(200, #"{"ok": true, "rows": []}"#)) }
    let site = TestSite(catalogue: catalogue.path)
    TestFiles.write(
      """
      party: dem
      name: Đếm (thử)
      sends: [dkkd-tinh/dossier]
      receives:
        profile: dkkd-tinh
        address: \(partner.address)
        secrets: { accessKey: "file:../secrets/key" }
        rate: { requests: 1, period: 1h }
        polls: { danh-sach: {} }

      """, to: site.site + "/parties/dem.yaml")
    site.append("lookups: [dem/chi-tiet]", to: "parties/mot-cua.yaml")
    site.append("  - { name: đếm, message: dossier, from: [mot-cua], to: [dem] }", to: "routes.yaml")
    let gateway = try GatewayInProcess(site)
    let visitor = try Visitor(port: gateway.port)
    #expect(Patience.until { partner.requests.count == 1 })
    #expect(visitor.lodge(Dossiers.json("H99.14-260101-0001"))?.status == 202)
    let answer = visitor.send(
      .post, "/v1/lookups/dem/chi-tiet", key: TestSite.senderKey, headers: ["Content-Type": "application/json"],
      body: Array(#"{"msdn": "0101234567"}"#.utf8))
    #expect(answer?.status == 503 || answer?.status == 429, "\(answer?.status ?? 0)")
    #expect(!Patience.until(seconds: 2) { partner.requests.count > 1 }, "\(partner.requests.map(\.path))")
    #expect(visitor.states(of: "H99.14-260101-0001", to: "dem").contains { $0 != "delivered" })
  }
}
