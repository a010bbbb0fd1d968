import GatewayTesting
import HTTPKit
import JSONKit
import Testing

@Suite("Parties known by their certificate", .serialized, .timeLimit(.minutes(5)))
struct CertificateJourneyTests {
  private let site = TestSite()
  private let authority = TestAuthority()
  private let stranger = TestAuthority()
  private let client: TestAuthority.Signed
  private let gateway: GatewayInProcess
  private let transport: HTTPClient

  init() throws {
    let server = authority.makeServer()
    client = authority.makeClient("mot-cua-chung-thu")
    site.append(
      "tls: { certificate: \(server.certificatePath), key: \"file:\(server.keyPath)\", "
        + "clientAuthorities: \(authority.certificatePath) }",
      to: "gateway.yaml")
    site.add(
      party: "mot-cua-chung-thu", credentials: "{ certificate: \"sha256:\(client.fingerprint)\" }",
      sends: "[dvcqg-a/ho-so]")
    gateway = try GatewayInProcess(site)
    transport = try HTTPClient()
  }

  private func lodge(
    _ code: String, showing signed: TestAuthority.Signed?, key: String? = nil
  ) -> HTTPClientResult {
    var headers: HTTPHeaders = ["Content-Type": "application/json"]
    if let key { headers["X-Api-Key"] = key }
    return transport.sendBlocking(
      HTTPClientRequest(
        method: .post, url: "https://127.0.0.1:\(gateway.port)/v1/messages", headers: headers,
        body: Dossiers.json(code),
        tls: ClientTLS(
          authoritiesPEM: authority.certificate, certificatePEM: signed?.certificate, keyPEM: signed?.key)))
  }

  @Test("a party is known by its certificate, and needs nothing else")
  func known() throws {
    let response = try #require(lodge("H99.14-260101-0001", showing: client).response)
    #expect(response.status == 202)
    let state = try #require(response.headers["Location"])
    let look = transport.sendBlocking(
      HTTPClientRequest(
        method: .get, url: "https://127.0.0.1:\(gateway.port)\(state)",
        tls: ClientTLS(
          authoritiesPEM: authority.certificate, certificatePEM: client.certificate, keyPEM: client.key)))
    let message = try JSONDocument(parsing: try #require(look.response).body).root
    #expect(message["sender"]?.string == "mot-cua-chung-thu")
    transport.stop()
  }

  @Test("without a certificate a party has to prove itself otherwise")
  func absent() throws {
    #expect(lodge("H99.14-260101-0001", showing: nil).response?.status == 401)
    #expect(lodge("H99.14-260101-0001", showing: nil, key: TestSite.senderKey).response?.status == 202)
    transport.stop()
  }

  @Test("a certificate of our authority that is no party's is not made good by a right key")
  func noParty() throws {
    let other = authority.makeClient("khong-la-ai")
    #expect(lodge("H99.14-260101-0001", showing: other, key: TestSite.senderKey).response?.status == 401)
    transport.stop()
  }

  @Test("a certificate of another authority is refused, whatever name it bears and whatever key comes with it")
  func strange() throws {
    let forged = stranger.makeClient("mot-cua-chung-thu")
    let answer = lodge("H99.14-260101-0001", showing: forged, key: TestSite.senderKey)
    #expect(answer.response.map { $0.status == 403 } ?? (answer.failure?.kind == .tls), "\(answer)")
    let visitor = lodge("H99.14-260101-0002", showing: client)
    #expect(visitor.response?.status == 202, "nobody else is held up")
    transport.stop()
  }
}
