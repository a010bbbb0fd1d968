import HTTPKit
import Synchronization
import Testing

@Suite("TLS")
struct TLSTests {
  let certificates: TestCertificates

  init() throws {
    certificates = try TestCertificates.shared.get()
  }

  private func serverTLS(
    _ pair: TestCertificates.Pair? = nil, clients: [UInt8]? = nil,
    clientCertificate: ServerTLS.ClientCertificate = .optional
  ) -> ServerTLS {
    let pair = pair ?? certificates.server
    return ServerTLS(
      certificatePEM: pair.certificate, keyPEM: pair.key, clientAuthoritiesPEM: clients,
      clientCertificate: clientCertificate)
  }

  private func clientTLS(_ pair: TestCertificates.Pair? = nil, authority: [UInt8]? = nil) -> ClientTLS {
    ClientTLS(
      authoritiesPEM: authority ?? certificates.authority, certificatePEM: pair?.certificate, keyPEM: pair?.key)
  }

  @Sendable private static func tellPeer(_ request: HTTPRequest, _ reply: HTTPReply) {
    reply.send(HTTPResponse(status: 200, body: Array((request.peer?.subject ?? "nobody").utf8)))
  }

  @Test("carries requests, and leaves the peer unknown when no certificate is asked for")
  func carries() throws {
    try withServer(tls: serverTLS(), handler: Self.tellPeer) { server in
      let client = try HTTPClient()
      for host in ["localhost", "127.0.0.1"] {
        let result = client.sendBlocking(
          .init(method: .get, url: "https://\(host):\(server.port)/", tls: clientTLS(certificates.client)))
        let response = try #require(result.response, "\(String(describing: result.failure))")
        #expect(String(decoding: response.body, as: UTF8.self) == "nobody")
      }
    }
  }

  @Test("names the peer by its certificate, on every request of a connection")
  func namesPeer() throws {
    let peers = Mutex<[PeerCertificate?]>([])
    try withServer(
      tls: serverTLS(clients: certificates.authority),
      handler: { request, reply in
        peers.withLock { $0.append(request.peer) }
        reply.send(HTTPResponse(status: 204))
      }
    ) { server in
      let client = try HTTPClient()
      for _ in 0..<3 {
        let result = client.sendBlocking(
          .init(
            method: .post, url: "https://localhost:\(server.port)/", body: [1],
            tls: clientTLS(certificates.client)))
        #expect(result.response?.status == 204, "\(String(describing: result.failure))")
      }
      let anonymous = client.sendBlocking(
        .init(method: .get, url: "https://localhost:\(server.port)/", tls: clientTLS()))
      #expect(anonymous.response?.status == 204)
      #expect(server.statistics.connectionsAccepted == 2, "a certificate's connection was used without it")
    }
    let seen = peers.withLock { $0 }
    #expect(seen.count == 4)
    #expect(seen[3] == nil)
    let peer = try #require(seen[2])
    #expect(seen[0] == peer && seen[1] == peer)
    #expect(peer.subject == "CN=so-xay-dung,O=UBND,C=VN")
    #expect(peer.issuer == "CN=Test Authority")
    let digits = peer.sha256Fingerprint.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
    #expect(certificates.clientFingerprint.contains(digits.joined(separator: ":")))
    #expect(peer.notAfter > 1_700_000_000)
  }

  @Test("refuses a request without a certificate when one is required")
  func requiresCertificate() throws {
    let tls = serverTLS(clients: certificates.authority, clientCertificate: .required)
    try withServer(tls: tls, handler: Self.tellPeer) { server in
      let client = try HTTPClient()
      let url = "https://localhost:\(server.port)/"
      let refused = try #require(client.sendBlocking(.init(method: .get, url: url, tls: clientTLS())).response)
      #expect(refused.status == 403)
      #expect(String(decoding: refused.body, as: UTF8.self).contains(#""code":"certificate-missing""#))
      #expect(refused.headers["connection"] == "close")
      let served = client.sendBlocking(.init(method: .get, url: url, tls: clientTLS(certificates.client)))
      #expect(served.response?.status == 200)
    }
  }

  @Test("never takes a certificate that is expired or of another authority for an answerable one")
  func refusesWrongClients() throws {
    let handled = Mutex(0)
    try withServer(
      tls: serverTLS(clients: certificates.authority),
      handler: { _, reply in
        handled.withLock { $0 += 1 }
        reply.send(HTTPResponse(status: 200))
      }
    ) { server in
      let client = try HTTPClient()
      for pair in [certificates.expiredClient, certificates.strangeClient] {
        let result = client.sendBlocking(
          .init(method: .get, url: "https://localhost:\(server.port)/", tls: clientTLS(pair)))
        // The library may end the handshake itself; if it does not, the request is refused.
        if let response = result.response {
          #expect(response.status == 403)
          #expect(String(decoding: response.body, as: UTF8.self).contains("certificate-not-trusted"))
        }
      }
    }
    #expect(handled.withLock { $0 } == 0)
  }

  @Test("fails before sending when the server is of another authority, another host or another time")
  func refusesWrongServers() throws {
    let wrong: [(String, TestCertificates.Pair, [UInt8])] = [
      ("another authority", certificates.server, certificates.otherAuthority),
      ("another host", certificates.elsewhere, certificates.authority),
      ("expired", certificates.expiredServer, certificates.authority),
    ]
    for (name, pair, authority) in wrong {
      try withServer(tls: serverTLS(pair), handler: echo) { server in
        let client = try HTTPClient()
        let result = client.sendBlocking(
          .init(
            method: .post, url: "https://localhost:\(server.port)/", body: [1], tls: clientTLS(authority: authority)))
        #expect(result.failure?.kind == .tls, "\(name): \(result)")
        #expect(result.failure?.requestPossiblySent == false)
        #expect(server.statistics.requestsHandled == 0)
      }
    }
  }

  @Test("does not trust a private authority when none is given")
  func trustsSystemOnly() throws {
    try withServer(tls: serverTLS(), handler: echo) { server in
      let client = try HTTPClient()
      let result = client.sendBlocking(.init(method: .get, url: "https://localhost:\(server.port)/"))
      #expect(result.failure?.kind == .tls)
    }
  }

  @Test("fails before sending when the other side does not speak TLS, or the client's key is no key")
  func failsOnWrongSpeech() throws {
    try withServer(handler: echo) { server in
      let client = try HTTPClient()
      let plain = client.sendBlocking(
        .init(method: .get, url: "https://localhost:\(server.port)/", tls: clientTLS()))
      #expect(plain.failure?.kind == .tls, "\(plain)")
      #expect(plain.failure?.requestPossiblySent == false)
    }
    try withServer(tls: serverTLS(), handler: echo) { server in
      let client = try HTTPClient()
      var tls = clientTLS(certificates.client)
      tls.keyPEM = Array("no key".utf8)
      let keyless = client.sendBlocking(.init(method: .get, url: "https://localhost:\(server.port)/", tls: tls))
      #expect(keyless.failure?.kind == .tls, "\(keyless)")
      tls.keyPEM = nil
      let half = client.sendBlocking(.init(method: .get, url: "https://localhost:\(server.port)/", tls: tls))
      #expect(half.failure?.kind == .invalidRequest)
    }
  }

  @Test("says at the start which of a server's credentials is wrong")
  func namesWrongCredentials() throws {
    let wrong: [(String, ServerTLS)] = [
      (
        "certificate and key",
        ServerTLS(certificatePEM: certificates.server.certificate, keyPEM: certificates.client.key)
      ),
      ("certificate and key", ServerTLS(certificatePEM: [], keyPEM: certificates.client.key)),
      ("clients' authorities", serverTLS(clients: Array("none".utf8))),
    ]
    for (name, tls) in wrong {
      let server = try HTTPServer(configuration: HTTPServerConfiguration(tls: tls), handler: ClosureHandler(echo))
      let error = #expect(throws: HTTPError.self) { try server.start() }
      #expect(error?.code == .unusableCredentials)
      #expect(error?.message.contains(name) == true)
    }
  }

  @Test("cuts a handshake that is not finished in time")
  func cutsHandshake() throws {
    var limits = HTTPServerLimits()
    limits.headDeadline = .milliseconds(300)
    try withServer(limits: limits, tls: serverTLS(), handler: echo) { server in
      let socket = try TestSocket(port: server.port)
      let start = now()
      socket.send([0x16, 0x03, 0x01])
      _ = socket.receiveAll()
      #expect(now() - start < 5)
    }
  }
}
