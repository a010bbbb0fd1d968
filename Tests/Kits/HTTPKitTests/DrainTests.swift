import Glibc
import HTTPKit
import Synchronization
import Testing

@Suite("Stopping a server")
struct DrainTests {
  /// Sends a request whose handler keeps the reply, and returns once it has been kept.
  private func suspend(_ server: HTTPServer, _ arrived: TestSignal) throws -> TestSocket {
    let socket = try TestSocket(port: server.port)
    socket.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
    try #require(arrived.wait())
    return socket
  }

  private func makeServer(keeping replies: ReplyBox) throws -> HTTPServer {
    let server = try HTTPServer(
      configuration: HTTPServerConfiguration(threads: 2),
      handler: ClosureHandler { request, reply in
        if request.path == ["slow"] { replies.keep(reply) } else { reply.send(HTTPResponse(status: 200)) }
      })
    try server.start()
    return server
  }

  @Test("waits for answers in flight, refuses new requests and new connections meanwhile")
  func drains() throws {
    let replies = ReplyBox()
    let server = try makeServer(keeping: replies)
    let idle = try TestSocket(port: server.port)
    idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(idle.receive(until: "\r\n\r\n")?.contains(" 200 ") == true)
    let waiting = try suspend(server, replies.arrived)
    let outcome = Mutex<Bool?>(nil)
    let drained = TestSignal()
    startThread {
      let isComplete = server.drain(within: .seconds(30))
      outcome.withLock { $0 = isComplete }
      drained.set()
    }
    #expect(eventually { (try? TestSocket(port: server.port)) == nil }, "connections are still accepted")
    idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    let refusal = try #require(idle.receiveAll())
    #expect(refusal.hasPrefix("HTTP/1.1 503 ") && refusal.contains(#""code":"stopping""#))
    #expect(outcome.withLock { $0 } == nil, "the drain did not wait")
    replies.take()?.send(HTTPResponse(status: 201))
    let answer = try #require(waiting.receiveAll())
    #expect(answer.hasPrefix("HTTP/1.1 201 ") && answer.contains("Connection: close"))
    #expect(drained.wait())
    #expect(outcome.withLock { $0 } == true)
    server.stop()
    #expect(server.statistics.connectionsOpen == 0)
  }

  @Test("answers 503 for what is unanswered when the time is up")
  func givesUp() throws {
    let replies = ReplyBox()
    let server = try makeServer(keeping: replies)
    let waiting = try suspend(server, replies.arrived)
    #expect(server.drain(within: .milliseconds(100)) == false)
    #expect(try #require(waiting.receiveAll()).hasPrefix("HTTP/1.1 503 "))
    server.stop()
    replies.take()?.send(HTTPResponse(status: 200))
  }

  @Test("answers 503 to many suspended requests, and is done once whoever else asks for it")
  func stopsSuspended() throws {
    let replies = ReplyBox()
    let server = try makeServer(keeping: replies)
    let sockets = try (0..<50).map { _ in try suspend(server, replies.arrived) }
    let done = TestSignal()
    for _ in 0..<4 {
      startThread {
        server.stop()
        done.set()
      }
    }
    for _ in 0..<4 { #expect(done.wait()) }
    for socket in sockets { #expect(socket.receiveAll()?.hasPrefix("HTTP/1.1 503 ") == true) }
    server.stop()
    #expect(server.statistics.connectionsOpen == 0)
    #expect(server.statistics.requestsInFlight == 0)
  }

  @Test("survives answers that come while it stops")
  func racesAnswers() throws {
    for _ in 0..<30 {
      let replies = ReplyBox()
      let server = try makeServer(keeping: replies)
      let sockets = try (0..<8).map { _ in try suspend(server, replies.arrived) }
      startThread { while let reply = replies.take() { reply.send(HTTPResponse(status: 200)) } }
      server.stop()
      for socket in sockets {
        let answer = try #require(socket.receiveAll())
        #expect(answer.hasPrefix("HTTP/1.1 200 ") || answer.hasPrefix("HTTP/1.1 503 "), "\(answer)")
      }
    }
  }

  @Test("happens by itself when a server is let go of, and does no harm to one that never started")
  func letsGo() throws {
    let handler = ClosureHandler(echo)
    let unstarted = try HTTPServer(configuration: HTTPServerConfiguration(), handler: handler)
    unstarted.stop()
    #expect(throws: HTTPError.self) { try unstarted.start() }
    var server: HTTPServer? = try HTTPServer(configuration: HTTPServerConfiguration(), handler: handler)
    try server?.start()
    let socket = try TestSocket(port: #require(server?.port))
    server = nil
    #expect(socket.receiveAll()?.isEmpty ?? true)
  }

  @Test("does not start twice, nor on a port that is taken")
  func startsOnce() throws {
    try withServer(handler: echo) { server in
      #expect(throws: HTTPError.self) { try server.start() }
      let second = try HTTPServer(
        configuration: HTTPServerConfiguration(port: server.port), handler: ClosureHandler(echo))
      let error = #expect(throws: HTTPError.self) { try second.start() }
      #expect(error?.code == .cannotListen)
      #expect(error?.systemError == EADDRINUSE)
    }
  }
}

/// Replies that handlers keep.
final class ReplyBox: Sendable {
  let arrived = TestSignal()
  private let replies = Mutex<[HTTPReply]>([])

  func keep(_ reply: HTTPReply) {
    replies.withLock { $0.append(reply) }
    arrived.set()
  }

  func take() -> HTTPReply? {
    replies.withLock { $0.popLast() }
  }
}
