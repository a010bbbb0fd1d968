import CryptographyKit
import GatewayTesting
import HTTPKit
import JSONKit
import Testing

/// The profile `sftp` through the whole gateway, to a folder of OpenSSH's own server.
@Suite("A partner with a drop folder", .serialized, .timeLimit(.minutes(4)))
struct SFTPJourneyTests {
  private static let code = "H99.14-260101-0001"

  private let server = TemporarySFTPServer()
  private let site = TestSite()

  /// The party `thu-muc` gets the dossiers of the one-stop system.
  private func start(hostKeys: String? = nil, address: String? = nil) throws -> Running {
    TestFiles.write(String(decoding: server.key, as: UTF8.self), to: site.site + "/secrets/sftp.key")
    TestFiles.write(server.user, to: site.site + "/secrets/sftp.user")
    TestFiles.write(
      """
      party: thu-muc
      name: Thư mục (thử)
      receives:
        profile: sftp
        address: \(address ?? "sftp://127.0.0.1:\(server.port)\(server.inbox)")
        secrets: { username: "file:../secrets/sftp.user", key: "file:../secrets/sftp.key" }
        values: { hostKeys: "\(hostKeys ?? server.fingerprint)" }
        timeouts: { connect: 5s, answer: 10s }
        retry: { minimum: 100ms, maximum: 500ms, lifetime: 1h }

      """, to: site.site + "/parties/thu-muc.yaml")
    site.append("  - { name: vào thư mục, message: dossier, from: [mot-cua], to: [thu-muc] }", to: "routes.yaml")
    let gateway = try GatewayInProcess(site: site.site, log: site.folder.path + "/log")
    return Running(gateway: gateway, visitor: try Visitor(port: gateway.port))
  }

  private struct Running {
    let gateway: GatewayInProcess
    let visitor: Visitor

    func lodge(_ code: String, summary: String? = nil) throws {
      #expect(try #require(visitor.lodge(Dossiers.json(code, summary: summary))).status == 202)
    }

    func reaches(_ code: String, _ states: [String]) -> Bool {
      Patience.until(seconds: 40) { visitor.states(of: code, to: "thu-muc") == states }
    }

    func timeline(_ code: String) -> String {
      visitor.send(.get, "/v1/dossiers/\(code)", key: TestSite.operatorKey).map {
        String(decoding: $0.body, as: UTF8.self)
      }
        ?? ""
    }
  }

  /// What stands in the folder, once for each name.
  private func documents() -> [String] {
    server.names.map { String(decoding: TestFiles.read(server.inbox + "/" + $0), as: UTF8.self) }
  }

  @Test("finds a dossier as a file of its own, whole, under a name made of its code, and the next one beside it")
  func arrives() throws {
    let running = try start()
    try running.lodge(Self.code)
    #expect(running.reaches(Self.code, ["delivered"]), "\(running.timeline(Self.code))")
    let name = try #require(server.names.first)
    #expect(server.names.count == 1 && name.hasPrefix("ho-so_\(Self.code)_") && name.hasSuffix(".xml"))
    #expect(documents()[0].contains("<code>\(Self.code)</code>") && documents()[0].contains("Nguyễn Thị Thử Nghiệm"))
    #expect(running.timeline(Self.code).contains("SFTP 201"))
    try running.lodge(Self.code, summary: "Xin phép, có sửa")
    #expect(running.reaches(Self.code, ["delivered", "delivered"]))
    #expect(server.names.count == 2 && documents().contains { $0.contains("có sửa") })
  }

  @Test("gets everything, once and in order, when its server was down and when its answers broke off")
  func troubles() throws {
    server.stop()
    let running = try start()
    try running.lodge(Self.code)
    #expect(Patience.until { running.timeline(Self.code).contains("\"lastFailure\":\"connect\"") })
    // The answers break off somewhere in the middle of the putting, and again, and again.
    server.set(answerBytes: 380)
    server.start()
    #expect(
      Patience.until(seconds: 40) {
        running.timeline(Self.code).contains("brokenAfterSend") || running.timeline(Self.code).contains("serverError")
          || !server.names.filter { !$0.hasPrefix(".") }.isEmpty
      }, "\(running.timeline(Self.code))")
    try running.lodge(Self.code, summary: "Xin phép, có sửa")
    server.set(answerBytes: nil)
    #expect(running.reaches(Self.code, ["delivered", "delivered"]), "\(running.timeline(Self.code))")
    #expect(server.names.count == 2, "each is there once, and no half file: \(server.names)")
  }

  @Test(
    "is told nothing when its server shows another key, nor when our key is not let in; both are put right by the site")
  func strangers() throws {
    TemporarySFTPServer.makeKey(server.folder.path + "/other")
    let other = ProgramRun(["ssh-keygen", "-lf", server.folder.path + "/other.pub"]).text.split(separator: " ")[1]
    let running = try start(hostKeys: String(other))
    try running.lodge(Self.code)
    #expect(Patience.until { running.timeline(Self.code).contains("\"lastFailure\":\"tls\"") })
    #expect(server.names == [] && !server.log.contains("Accepted"))
  }
}
