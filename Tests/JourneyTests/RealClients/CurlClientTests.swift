import GatewayTesting
import JSONKit
import Testing

/// The curl program at the v1 API of the built daemon, over TLS, with each way to say who one is.
@Suite("An agency that has nothing but curl", .serialized, .timeLimit(.minutes(5)))
struct CurlClientTests {
  private static let code = "H99.14-260101-0001"
  private static let party = "mot-cua-chung-thu"

  private let site = TestSite()
  private let authority = TestAuthority()
  private let client: TestAuthority.Signed
  private let daemon: DaemonProcess
  private let address: String

  init() throws {
    let server = authority.makeServer()
    client = authority.makeClient(Self.party)
    site.append(
      "tls: { certificate: \(server.certificatePath), key: \"file:\(server.keyPath)\", "
        + "clientAuthorities: \(authority.certificatePath) }",
      to: "gateway.yaml")
    site.add(
      party: Self.party, credentials: "{ certificate: \"sha256:\(client.fingerprint)\" }", sends: "[dvcqg-a/ho-so]")
    site.addClient()
    daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    address = "https://127.0.0.1:\(try #require(daemon.waitUntilListening()))"
  }

  private func curl(_ arguments: String..., path: String, input: [UInt8] = []) -> CurlRun {
    CurlRun(["--cacert", authority.certificatePath] + arguments + [address + path], input: input)
  }

  private func certificate(_ signed: TestAuthority.Signed) -> String {
    // Both in one file is what curl's --cert takes without a --key.
    let path = site.folder.path + "/client.pem"
    TestFiles.write(String(decoding: signed.certificate + signed.key, as: UTF8.self), to: path)
    return path
  }

  /// Lodges a dossier with the given options, reads its state back, and looks at who the gateway says has sent it.
  private func lodgeAndRead(_ identity: [String], sender: String) throws {
    let lodged = CurlRun(
      ["--cacert", authority.certificatePath] + identity + [
        "--header", "Content-Type: application/json", "--data-binary", "@-", address + "/v1/messages",
      ], input: Dossiers.json(Self.code))
    try #require(lodged.status == 202, "\(lodged.run.errorText)\(String(decoding: lodged.body, as: UTF8.self))")
    let id = try #require(lodged.json?["id"]?.string)
    #expect(lodged.header("location") == "/v1/messages/\(id)")
    let read = CurlRun(["--cacert", authority.certificatePath] + identity + [address + "/v1/dossiers/\(Self.code)"])
    try #require(read.status == 200, "\(read.run.errorText)")
    let messages = try #require(read.json?["messages"])
    #expect(messages.count == 1 && messages[0]?["id"]?.string == id && messages[0]?["sender"]?.string == sender)
    let deliveries = messages[0]?["deliveries"].map { Array($0.elements) } ?? []
    #expect(deliveries.map { $0["destination"]?.string } == ["cong"])
    #expect(deliveries.map { $0["state"]?.string } == ["ready"])
  }

  @Test("lodges a dossier with its certificate, and reads what became of it")
  func withCertificate() throws {
    try lodgeAndRead(["--cert", certificate(client)], sender: Self.party)
  }

  @Test("gets a token for its client's secret, in the form or in curl's --user, and lodges and reads with it")
  func withToken() throws {
    let grant = "grant_type=client_credentials"
    let inForm = curl(
      "--data", grant, "--data-urlencode", "client_id=\(TestSite.clientID)", "--data-urlencode",
      "client_secret=\(TestSite.clientSecret)", path: "/token")
    let inHeader = curl("--user", "\(TestSite.clientID):\(TestSite.clientSecret)", "--data", grant, path: "/token")
    for answer in [inForm, inHeader] {
      try #require(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
      #expect(answer.json?["token_type"]?.string?.lowercased() == "bearer")
      #expect(answer.header("cache-control")?.contains("no-store") == true, "a token is kept by nobody on its way")
    }
    let token = try #require(inHeader.json?["access_token"]?.string)
    try lodgeAndRead(["--oauth2-bearer", token], sender: "ung-dung")
  }

  @Test("is shown the door without either, with a token of its own making, and learns nothing of others' dossiers")
  func stranger() throws {
    try lodgeAndRead(["--cert", certificate(client)], sender: Self.party)
    let path = "/v1/dossiers/\(Self.code)"
    #expect(curl(path: path).status == 401)
    let made = curl("--oauth2-bearer", "tu-che", path: path)
    #expect(made.status == 401 && made.header("content-type")?.hasPrefix("application/problem+json") == true)
    #expect(made.header("www-authenticate") != nil)
    let wrong = curl(
      "--user", "\(TestSite.clientID):sai", "--data", "grant_type=client_credentials", path: "/token")
    #expect(wrong.status == 401 && wrong.json?["error"]?.string == "invalid_client")
    let token = try #require(
      curl(
        "--user", "\(TestSite.clientID):\(TestSite.clientSecret)", "--data", "grant_type=client_credentials",
        path: "/token"
      ).json?["access_token"]?.string)
    #expect(curl("--oauth2-bearer", token, path: path).status == 404)
  }
}
