import Glibc
import HTTPKit
import Synchronization
import Testing

@Suite("Many connections")
struct LoadTests {
  @Test("five hundred at once are all suspended, and all answered with their own")
  func suspendsFiveHundred() throws {
    let width = 500
    let waiting = Mutex<[(HTTPRequest, HTTPReply)]>([])
    try withServer(handler: { request, reply in
      let all = waiting.withLock { waiting in
        waiting.append((request, reply))
        guard waiting.count == width else { return [(HTTPRequest, HTTPReply)]() }
        defer { waiting = [] }
        return waiting
      }
      for (request, reply) in all { reply.send(HTTPResponse(status: 200, body: request.body)) }
    }) { server in
      var configuration = HTTPClientConfiguration()
      configuration.transfers = width
      configuration.idleConnections = width
      let client = try HTTPClient(configuration: configuration)
      for round in 0..<3 {
        let bodies = (0..<width).map { Array("\(round)-\($0)-\(String(repeating: "x", count: 8_000))".utf8) }
        let results = try sendTogether(
          client, bodies.map { .init(method: .post, url: "http://127.0.0.1:\(server.port)/", body: $0) })
        #expect(zip(results, bodies).allSatisfy { $0.response?.body == $1 })
      }
      #expect(server.statistics.connectionsAccepted == width)
      #expect(server.statistics.requestsInFlight == 0)
    }
  }

  @Test("leave no descriptor open, however connections, clients and servers end")
  func leavesNoDescriptor() async {
    // In a process of its own, since every other test opens descriptors too.
    await #expect(processExitsWith: .success) {
      let certificates = try TestCertificates.shared.get()
      let tls = ServerTLS(
        certificatePEM: certificates.server.certificate, keyPEM: certificates.server.key,
        clientAuthoritiesPEM: certificates.authority)
      let clientTLS = ClientTLS(
        authoritiesPEM: certificates.authority, certificatePEM: certificates.client.certificate,
        keyPEM: certificates.client.key)
      try exercise(tls: tls, clientTLS: clientTLS)  // once for what the libraries keep open for good
      let before = openDescriptors()
      for _ in 0..<5 { try exercise(tls: tls, clientTLS: clientTLS) }
      #expect(eventually { openDescriptors() == before }, "\(before) became \(openDescriptors())")
    }
  }

  @Test("are shared out evenly among the threads, in a burst and after those of one thread have closed")
  func sharesConnections() throws {
    try withServer(threads: 4, handler: { _, reply in reply.send(HTTPResponse(status: 200, body: threadID())) }) {
      server in
      /// Sockets by the thread that serves them.
      func connect(_ count: Int) throws -> [String: [TestSocket]] {
        let sockets = try (0..<count).map { _ in try TestSocket(port: server.port) }
        for socket in sockets { socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
        let threads = try sockets.map { socket in
          String(try #require(socket.receive(until: "!")?.split(separator: "\r\n").last))
        }
        return Dictionary(grouping: zip(threads, sockets), by: \.0).mapValues { $0.map(\.1) }
      }
      var burst = try connect(64)
      #expect(burst.values.map(\.count) == [16, 16, 16, 16])
      let freed = try #require(burst.keys.first)
      burst[freed] = nil
      #expect(eventually { server.statistics.connectionsOpen == 48 })
      let next = try connect(16)
      #expect(next.mapValues(\.count) == [freed: 16])
      withExtendedLifetime(burst) {}
    }
  }

  @Test("are counted until they are closed")
  func countsConnections() throws {
    try withServer(handler: echo) { server in
      var sockets = try (0..<20).map { _ in try TestSocket(port: server.port) }
      #expect(eventually { server.statistics.connectionsOpen == 20 })
      sockets.removeAll()
      #expect(eventually { server.statistics.connectionsOpen == 0 })
      #expect(server.statistics.connectionsAccepted == 20)
    }
  }
}

@Suite("A reply")
struct ReplyTests {
  @Test("traps when it is sent twice")
  func trapsOnSecondSend() async {
    await #expect(processExitsWith: .failure) {
      let reply = HTTPReply { _ in }
      reply.send(HTTPResponse(status: 200))
      reply.send(HTTPResponse(status: 200))
    }
  }

  @Test("is heard once, and answers 500 when it is let go of")
  func answersOnce() {
    let statuses = Mutex<[Int]>([])
    do {
      let reply = HTTPReply { response in statuses.withLock { $0.append(response.status) } }
      reply.send(HTTPResponse(status: 204))
    }
    do { _ = HTTPReply { response in statuses.withLock { $0.append(response.status) } } }
    #expect(statuses.withLock { $0 } == [204, 500])
  }
}

/// The calling thread, ended by an exclamation mark.
private func threadID() -> [UInt8] { Array("\(pthread_self())!".utf8) }

/// Servers and clients with TLS and without, requests answered at once, later, never, refused, cut and cancelled.
private func exercise(tls: ServerTLS, clientTLS: ClientTLS) throws {
  for serverTLS in [nil, tls] {
    let replies = ReplyBox()
    let server = try HTTPServer(
      configuration: HTTPServerConfiguration(threads: 2, tls: serverTLS),
      handler: ClosureHandler { request, reply in
        if request.path == ["keep"] { replies.keep(reply) } else { echo(request, reply) }
      })
    try server.start()
    let base = "\(serverTLS == nil ? "http" : "https")://localhost:\(server.port)"
    let client = try HTTPClient()
    for _ in 0..<10 {
      let result = client.sendBlocking(.init(method: .post, url: base + "/", body: [1], tls: clientTLS))
      #expect(result.response?.status == 200, "\(result)")
    }
    let cancelled = client.submit(.init(method: .get, url: base + "/keep", tls: clientTLS)) { _ in }
    #expect(replies.arrived.wait())
    cancelled.cancel()
    replies.take()?.send(HTTPResponse(status: 200))
    client.submit(.init(method: .get, url: base + "/keep", tls: clientTLS)) { _ in }
    #expect(replies.arrived.wait())
    let raw = try TestSocket(port: server.port)
    raw.send("GET / HTTP/1.1\r\n\r\n")
    _ = raw.receiveAll()
    let idle = try TestSocket(port: server.port)
    server.stop()
    client.stop()
    _ = idle.receiveAll()
  }
}

private func openDescriptors() -> Int {
  guard let folder = opendir("/proc/self/fd") else { return -1 }
  defer { closedir(folder) }
  var count = 0
  while readdir(folder) != nil { count += 1 }
  return count
}
