import Glibc
import HTTPKit
import Synchronization
import Testing

@Suite("A server's limits and deadlines")
struct DeadlineTests {
  @Test("cut a head that comes a byte at a time")
  func cutsDrippingHead() throws {
    var limits = HTTPServerLimits()
    limits.headDeadline = .milliseconds(300)
    try withServer(limits: limits, handler: echo) { server in
      let socket = try TestSocket(port: server.port)
      let start = now()
      // Faster than any timeout between bytes would notice.
      while now() - start < 20, socket.send("x") { usleep(10_000) }
      #expect(now() - start < 5)
      #expect(server.statistics.deadlinesPassed == 1)
    }
  }

  @Test("cut a head that stops after its request line, also on a connection that has served before")
  func cutsSecondHead() throws {
    var limits = HTTPServerLimits()
    limits.headDeadline = .milliseconds(300)
    try withServer(limits: limits, handler: echo) { server in
      let socket = try TestSocket(port: server.port)
      socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(socket.receive(until: "\r\n\r\n") != nil)
      let start = now()
      socket.send("GET / HTTP/1.1\r\nHost: a\r\nX: ")
      while now() - start < 20, socket.send("x") { usleep(10_000) }
      #expect(now() - start < 5)
    }
  }

  @Test("are the peer's: a server that comes late to a head that was sent in time cuts nobody, and serves it")
  func servesWhatWaits() throws {
    var limits = HTTPServerLimits()
    limits.headDeadline = .seconds(3)
    // It keeps the server's only thread for longer than a head may take.
    let slowly: @Sendable (HTTPRequest, HTTPReply) -> Void = { request, reply in
      if request.path == ["slow"] { sleep(4) }
      echo(request, reply)
    }
    // A machine that keeps this test waiting for longer makes the peer late: such a try shows nothing of the server.
    for _ in 1...5 where try servesWhatWaits(limits, slowly) { return }
    Issue.record("the machine left no two seconds in five tries")
  }

  /// False when the peer itself was late.
  private func servesWhatWaits(
    _ limits: HTTPServerLimits, _ handler: @escaping @Sendable (HTTPRequest, HTTPReply) -> Void
  ) throws -> Bool {
    try withServer(limits: limits, threads: 1, handler: handler) { server in
      let start = now()
      let early = try TestSocket(port: server.port)
      early.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n")
      #expect(eventually { server.statistics.connectionsOpen == 1 })
      let slow = try TestSocket(port: server.port)
      slow.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(eventually { server.statistics.requestsInFlight == 1 })
      early.send("\r\nabc")
      guard now() - start < 2 else { return false }
      #expect(early.receive(until: "abc")?.contains(" 200 ") == true)
      #expect(server.statistics.deadlinesPassed == 0)
      return true
    }
  }

  @Test("let a connection rest longer than a head may take")
  func letsConnectionsRest() throws {
    var limits = HTTPServerLimits()
    limits.headDeadline = .milliseconds(200)
    try withServer(limits: limits, handler: echo) { server in
      let socket = try TestSocket(port: server.port)
      for _ in 0..<2 {
        socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(socket.receive(until: "\r\n\r\n")?.contains(" 200 ") == true)
        usleep(500_000)
      }
    }
  }

  @Test("close a connection that rests too long")
  func closesIdle() throws {
    var limits = HTTPServerLimits()
    limits.idle = .seconds(1)
    try withServer(limits: limits, handler: echo) { server in
      let socket = try TestSocket(port: server.port)
      socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      let start = now()
      #expect(socket.receiveAll()?.contains(" 200 ") == true)
      #expect((0.5...8).contains(now() - start))
    }
  }

  @Test("cut a body that comes a byte at a time")
  func cutsDrippingBody() throws {
    var limits = HTTPServerLimits()
    limits.bodyDeadline = .milliseconds(300)
    try withServer(limits: limits, handler: echo) { server in
      let socket = try TestSocket(port: server.port)
      socket.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
      let start = now()
      while now() - start < 20, socket.send("x") { usleep(10_000) }
      #expect(now() - start < 5)
    }
  }

  @Test("cut a connection whose other end does not take the answer")
  func cutsSlowReader() throws {
    var limits = HTTPServerLimits()
    limits.sendDeadline = .milliseconds(300)
    let big = [UInt8](repeating: 0x41, count: 32 * 1024 * 1024)
    try withServer(limits: limits, handler: { _, reply in reply.send(HTTPResponse(status: 200, body: big)) }) {
      server in
      let socket = try TestSocket(port: server.port)
      socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(eventually { server.statistics.connectionsOpen == 1 })
      #expect(eventually { server.statistics.connectionsOpen == 0 })
      #expect(server.statistics.deadlinesPassed == 1)
    }
  }

  @Test("answer 503 for a handler that is overdue, and drop what it sends later")
  func answersForOverdueHandler() throws {
    var limits = HTTPServerLimits()
    limits.replyDeadline = .milliseconds(200)
    let kept = Mutex<HTTPReply?>(nil)
    try withServer(limits: limits, handler: { _, reply in kept.withLock { $0 = reply } }) { server in
      let client = try HTTPClient()
      let result = client.sendBlocking(.init(method: .get, url: "http://127.0.0.1:\(server.port)/"))
      #expect(result.response?.status == 503)
      kept.withLock { $0.take() }?.send(HTTPResponse(status: 200))
      let next = client.sendBlocking(.init(method: .get, url: "http://127.0.0.1:\(server.port)/"))
      #expect(next.response?.status == 503)
    }
  }

  @Test("take a body at the limit and refuse one more byte, announced or in chunks", arguments: [true, false])
  func limitsBody(isAnnounced: Bool) throws {
    var limits = HTTPServerLimits()
    limits.bodyBytes = 100_000
    try withServer(
      limits: limits,
      handler: { request, reply in
        reply.send(HTTPResponse(status: 200, body: Array(String(request.body.count).utf8)))
      }
    ) { server in
      for (size, status) in [(100_000, "200"), (100_001, "413"), (150_000, "413")] {
        let socket = try TestSocket(port: server.port)
        let body = String(repeating: "b", count: size)
        let head = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
        if isAnnounced {
          socket.send(head + "Content-Length: \(size)\r\n\r\n" + body)
        } else {
          let half = String(size / 2, radix: 16), rest = String(size - size / 2, radix: 16)
          socket.send(
            head + "Transfer-Encoding: chunked\r\n\r\n\(half)\r\n\(body.prefix(size / 2))\r\n"
              + "\(rest);ext=1\r\n\(body.dropFirst(size / 2))\r\n0\r\nTrailer: x\r\n\r\n")
        }
        let answer = try #require(socket.receiveAll(), "\(size)")
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(size): \(answer.prefix(200))")
        if status == "200" { #expect(answer.hasSuffix("\r\n100000")) }
      }
    }
  }

  @Test("throw away so much of a refused body, and then cut the connection")
  func limitsDiscarding() throws {
    var limits = HTTPServerLimits()
    limits.bodyBytes = 1_000
    limits.discardedBytes = 50_000
    try withServer(limits: limits, handler: echo) { server in
      for (size, isAnswered) in [(49_000, true), (60_000, false)] {
        let socket = try TestSocket(port: server.port)
        socket.send(
          "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(String(size, radix: 16))\r\n"
            + String(repeating: "b", count: size) + "\r\n0\r\n\r\n")
        let answer = socket.receiveAll() ?? ""
        #expect(answer.contains(" 413 ") == isAnswered, "\(size): \(answer)")
      }
    }
  }

  @Test("tell a sender that does not listen why its body is refused, however much it still sends")
  func refusesUnreadBody() throws {
    var limits = HTTPServerLimits()
    limits.bodyBytes = 1_000
    limits.discardedBytes = 1_000
    try withServer(limits: limits, handler: echo) { server in
      let socket = try TestSocket(port: server.port)
      socket.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n")
      let answer = try #require(socket.receive(until: "}"))
      // All of it is still taken: a reset would break the sending, and elsewhere could overtake the answer.
      #expect(eventually { server.statistics.connectionsOpen == 0 })
      for _ in 0..<20 {
        #expect(socket.send([UInt8](repeating: 0x62, count: 100_000)))
        usleep(5_000)
      }
      #expect(answer.hasPrefix("HTTP/1.1 413 "), "\(answer)")
    }
  }

  @Test("refuse an announced body before it is sent, when the sender waits for a word")
  func refusesExpectedBody() throws {
    var limits = HTTPServerLimits()
    limits.bodyBytes = 10
    try withServer(limits: limits, handler: echo) { server in
      let refused = try TestSocket(port: server.port)
      refused.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n")
      #expect(try #require(refused.receiveAll()).hasPrefix("HTTP/1.1 413 "))
      let taken = try TestSocket(port: server.port)
      taken.send(
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 10\r\nConnection: close\r\n\r\n")
      #expect(taken.receive(until: "HTTP/1.1 100 Continue\r\n\r\n") != nil)
      taken.send("0123456789")
      #expect(try #require(taken.receiveAll()).hasSuffix("\r\n\r\n0123456789"))
    }
  }

  @Test("let connections above the limit wait until one closes")
  func limitsConnections() throws {
    var limits = HTTPServerLimits()
    limits.connections = 4
    try withServer(limits: limits, threads: 2, handler: echo) { server in
      var sockets: [TestSocket] = []
      for _ in 0..<4 {
        let socket = try TestSocket(port: server.port)
        socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(socket.receive(until: "\r\n\r\n")?.contains(" 200 ") == true)
        sockets.append(socket)
      }
      let late = try TestSocket(port: server.port)
      late.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      var poll = pollfd(descriptor: late)
      #expect(Glibc.poll(&poll, 1, 300) == 0, "a fifth connection was served")
      #expect(server.statistics.connectionsOpen == 4)
      sockets.removeLast()
      #expect(late.receive(until: "\r\n\r\n")?.contains(" 200 ") == true)
    }
  }

  @Test("close connections above the limit of their address, until one of them has closed")
  func limitsAddress() throws {
    var limits = HTTPServerLimits()
    limits.connectionsPerAddress = 2
    try withServer(limits: limits, handler: echo) { server in
      func isServed(_ socket: TestSocket) -> Bool {
        socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        return socket.receive(until: "\r\n\r\n")?.contains(" 200 ") == true
      }
      var sockets = try (0..<2).map { _ in try TestSocket(port: server.port) }
      for socket in sockets { #expect(isServed(socket)) }
      let late = try TestSocket(port: server.port)
      #expect(late.receiveAll().map(\.isEmpty) ?? true)
      sockets.removeLast()
      #expect(eventually { server.statistics.connectionsOpen == 1 })
      #expect(isServed(try TestSocket(port: server.port)))
      withExtendedLifetime(sockets) {}
    }
  }

  @Test("are checked when the server is made")
  func checksConfiguration() {
    let wrong: [(inout HTTPServerLimits) -> Void] = [
      { $0.headBytes = 255 }, { $0.headFields = 0 }, { $0.bodyBytes = -1 }, { $0.connections = 0 },
      { $0.connectionsPerAddress = 0 }, { $0.idle = .milliseconds(999) }, { $0.headDeadline = .zero },
    ]
    for change in wrong {
      var limits = HTTPServerLimits()
      change(&limits)
      #expect(throws: HTTPError.self) {
        try HTTPServer(
          configuration: HTTPServerConfiguration(threads: 2, limits: limits), handler: ClosureHandler(echo))
      }
    }
  }
}

func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Whether `holds` comes true within ten seconds. For what the other side does when it gets to it.
func eventually(_ holds: () -> Bool) -> Bool {
  let start = now()
  while !holds() {
    if now() - start > 10 { return false }
    usleep(2_000)
  }
  return true
}

extension pollfd {
  init(descriptor socket: TestSocket) {
    self.init(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
  }
}
