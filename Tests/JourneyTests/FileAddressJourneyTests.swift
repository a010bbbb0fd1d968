import CryptographyKit
import GatewayTesting
import HTTPKit
import JSONKit
import Testing

/// The address of a file that stands in a message: whom it serves, through the listener.
@Suite("An address of a file serves the party it was given to", .serialized, .timeLimit(.minutes(5)))
struct FileAddressJourneyTests {
  private static let code = "H99.14-260101-0001"
  private static let pdf = Array("%PDF-1.4 giấy phép xây dựng thử nghiệm".utf8)

  private let site = TestSite()

  /// What an agency reports, with the file in it.
  private static var report: [UInt8] {
    let text = String(decoding: AgencyReport.result(of: code), as: UTF8.self)
    return Array(
      text.replacing(/<Base64>[^<]*<\/Base64>/, with: "<Base64>\(Base64.encode(pdf))</Base64>").utf8)
  }

  private typealias Ask = (HTTPMethod, String, String?, HTTPHeaders, [UInt8]) -> HTTPResponse?

  /// Has a message with the file wait for `mot-cua`, and gives the target of the file's address in it.
  private static func target(_ ask: Ask) throws -> String {
    try #require(
      ask(.post, "/v1/messages", TestSite.senderKey, ["Content-Type": "application/json"], Dossiers.json(code))?.status
        == 202)
    try #require(
      ask(.post, "/v1/messages", TestSite.agencyKey, ["Content-Type": "application/xml"], report)?.status == 202)
    let inbox = try #require(ask(.get, "/v1/inbox", TestSite.senderKey, [:], []))
    let text = String(decoding: inbox.body, as: UTF8.self).replacing("\\/", with: "/").replacing("\\u0026", with: "&")
    let match = try #require(text.firstMatch(of: /http:\/\/gateway\.invalid(\/v1\/files\/[^"\\]+)/), "\(text)")
    return String(match.1)
  }

  /// Starts the site's gateway anew with this behind the file of the party that the address is given to.
  private func fetch(_ target: String, bound: String) throws -> HTTPResponse? {
    let path = site.site + "/parties/mot-cua.yaml"
    let before = TestFiles.read(path)
    defer { TestFiles.write(String(decoding: before, as: UTF8.self), to: path) }
    site.append(bound, to: "parties/mot-cua.yaml")
    let gateway = try GatewayInProcess(site)
    defer { withExtendedLifetime(gateway) {} }
    return try Visitor(port: gateway.port).send(.get, target)
  }

  @Test("from the networks its party calls from, and from elsewhere is answered as a forged one is")
  func networks() throws {
    let target: String
    do {
      let gateway = try GatewayInProcess(site)
      let visitor = try Visitor(port: gateway.port)
      target = try Self.target { visitor.send($0, $1, key: $2, headers: $3, body: $4) }
      #expect(target.contains("?party=mot-cua&until="))
      #expect(visitor.send(.get, target)?.body == Self.pdf)
      withExtendedLifetime(gateway) {}
    }
    let forged = try #require(try fetch(target + "x", bound: ""))
    #expect(forged.status == 403)
    for name in ["so-tu-phap", "khong-co", ""] {
      let other = try fetch(target.replacing("party=mot-cua", with: "party=\(name)"), bound: "")
      #expect(other?.status == 403 && other?.body == forged.body, "as ‘\(name)’")
    }
    let near = try fetch(target, bound: "filesTo: { from: [192.0.2.0/24, 127.0.0.0/8] }")
    #expect(near?.status == 200 && near?.body == Self.pdf)
    let far = try fetch(target, bound: "filesTo: { from: [192.0.2.0/24, \"2001:db8::/32\"] }")
    #expect(far?.status == 403 && far?.body == forged.body)
    #expect(far?.headers["Content-Disposition"] == nil)
  }

  @Test("showing its certificate where it has to, and never showing another party's")
  func certificates() throws {
    let authority = TestAuthority()
    let server = authority.makeServer()
    let (own, other) = (authority.makeClient("mot-cua"), authority.makeClient("khac"))
    site.append(
      "tls: { certificate: \(server.certificatePath), key: \"file:\(server.keyPath)\", "
        + "clientAuthorities: \(authority.certificatePath) }", to: "gateway.yaml")
    let path = site.site + "/parties/mot-cua.yaml"
    let text = String(decoding: TestFiles.read(path), as: UTF8.self)
    TestFiles.write(
      text.replacing("credentials:\n", with: "credentials:\n  - certificate: \"sha256:\(own.fingerprint)\"\n"), to: path
    )
    site.add(party: "khac", credentials: "{ certificate: \"sha256:\(other.fingerprint)\" }", sends: "[]")
    let transport = try HTTPClient()
    defer { transport.stop() }
    func send(
      _ port: Int, _ method: HTTPMethod, _ target: String, key: String? = nil, headers: HTTPHeaders = [:],
      body: [UInt8] = [], showing signed: TestAuthority.Signed? = nil
    ) -> HTTPResponse? {
      var headers = headers
      if let key { headers["X-Api-Key"] = key }
      return transport.sendBlocking(
        HTTPClientRequest(
          method: method, url: "https://127.0.0.1:\(port)\(target)", headers: headers, body: body,
          tls: ClientTLS(
            authoritiesPEM: authority.certificate, certificatePEM: signed?.certificate, keyPEM: signed?.key))
      ).response
    }
    let target: String
    do {
      let gateway = try GatewayInProcess(site)
      target = try Self.target { send(gateway.port, $0, $1, key: $2, headers: $3, body: $4) }
      #expect(send(gateway.port, .get, target)?.body == Self.pdf, "nothing is told of the party")
      #expect(send(gateway.port, .get, target, showing: own)?.body == Self.pdf)
      #expect(send(gateway.port, .get, target, showing: other)?.status == 403)
      withExtendedLifetime(gateway) {}
    }
    site.append("filesTo: { certificate: true }", to: "parties/mot-cua.yaml")
    let gateway = try GatewayInProcess(site)
    #expect(send(gateway.port, .get, target, showing: own)?.body == Self.pdf)
    let refused = [send(gateway.port, .get, target), send(gateway.port, .get, target, showing: other)]
    let forged = send(gateway.port, .get, target + "x", showing: own)
    #expect(refused.allSatisfy { $0?.status == 403 && $0?.body == forged?.body })
    withExtendedLifetime(gateway) {}
  }
}
