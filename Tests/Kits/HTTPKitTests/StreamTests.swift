import Glibc
import HTTPKit
import Synchronization
import Testing

/// Counts what it is given, and answers with the count.
private final class CountingSink: HTTPBodySink {
  let count = Mutex(0)
  let ends = Mutex<[String]>([])
  let refusesAt: Int?

  init(refusesAt: Int? = nil) { self.refusesAt = refusesAt }

  func receive(_ piece: UnsafeRawBufferPointer) -> HTTPResponse? {
    let total = count.withLock { count in
      count += piece.count
      return count
    }
    guard let refusesAt, total > refusesAt else { return nil }
    return HTTPResponse(status: 507, body: Array("full".utf8))
  }

  func finish(_ reply: HTTPReply) {
    ends.withLock { $0.append("finished") }
    reply.send(HTTPResponse(status: 201, body: Array(String(count.withLock { $0 }).utf8)))
  }

  func abandon() { ends.withLock { $0.append("abandoned") } }
}

private struct StreamingHandler: HTTPHandler {
  let answer: @Sendable (HTTPRequest, Int?) -> HTTPBodyReception
  var takesStreams: Bool { true }
  func reception(of head: HTTPRequest, length: Int?) -> HTTPBodyReception { answer(head, length) }
  func handle(_ request: HTTPRequest, reply: HTTPReply) { echo(request, reply) }
}

/// A temporary file of so many bytes, each telling its place.
private func file(_ count: Int) -> Int32 {
  var template = Array("/tmp/httpkit-stream-XXXXXX".utf8CString)
  let descriptor = mkstemp(&template)
  unlink(template)
  let bytes = pattern(count)
  #expect(write(descriptor, bytes, count) == count)
  return descriptor
}

private func pattern(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) } }

@Suite("Bodies that do not lie in memory")
struct StreamTests {
  private func withSink<R>(
    _ sink: CountingSink, limit: Int = 1 << 20, limits: HTTPServerLimits = .standard, _ body: (HTTPServer) throws -> R
  ) throws -> R {
    let server = try HTTPServer(
      configuration: HTTPServerConfiguration(threads: 1, limits: limits),
      handler: StreamingHandler { _, _ in .stream(sink, limit: limit) })
    try server.start()
    defer { server.stop() }
    return try body(server)
  }

  @Test("reach their sink whole, and more than a body in memory may have", arguments: [0, 1, 100_000, 1 << 20])
  func upload(count: Int) throws {
    let sink = CountingSink()
    var limits = HTTPServerLimits()
    limits.bodyBytes = 1_000
    try withSink(sink, limits: limits) { server in
      let client = try HTTPClient()
      var request = HTTPClientRequest(method: .put, url: "http://127.0.0.1:\(server.port)/")
      request.upload = HTTPBodySource(takingOwnershipOf: file(count), range: 0..<count)
      let answer = client.sendBlocking(request).response
      #expect(answer?.status == 201 && answer?.body == Array(String(count).utf8))
    }
    #expect(sink.ends.withLock { $0 } == ["finished"])
  }

  @Test("are refused one byte beyond the limit, announced or not, and their sink is told")
  func limit() throws {
    for (body, status) in [
      ("Content-Length: 10\r\n\r\n0123456789", 201), ("Content-Length: 11\r\n\r\n0123456789a", 413),
      ("Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n", 201),
      ("Transfer-Encoding: chunked\r\n\r\nb\r\n0123456789a\r\n0\r\n\r\n", 413),
    ] {
      let sink = CountingSink()
      try withSink(sink, limit: 10) { server in
        let socket = try TestSocket(port: server.port)
        socket.send("PUT / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + body)
        #expect(socket.receiveAll()?.contains(" \(status) ") == true, "\(body)")
      }
      #expect(sink.ends.withLock { $0 } == [status == 201 ? "finished" : "abandoned"])
    }
  }

  @Test("end early with the sink's own answer")
  func refusal() throws {
    let sink = CountingSink(refusesAt: 4)
    try withSink(sink) { server in
      let socket = try TestSocket(port: server.port)
      socket.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789")
      #expect(socket.receiveAll()?.contains(" 507 ") == true)
    }
    #expect(sink.ends.withLock { $0 } == ["abandoned"])
  }

  @Test("are answered before they are sent when the handler does not want them")
  func refusedHead() throws {
    let server = try HTTPServer(
      configuration: HTTPServerConfiguration(threads: 1),
      handler: StreamingHandler { _, length in .refuse(HTTPResponse(status: 401, body: Array("\(length ?? -1)".utf8))) }
    )
    try server.start()
    defer { server.stop() }
    let socket = try TestSocket(port: server.port)
    socket.send("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1000000000\r\n\r\n")
    let answer = socket.receiveAll()
    #expect(answer?.hasPrefix("HTTP/1.1 401 ") == true && answer?.hasSuffix("1000000000") == true)
  }

  @Test("may take as long as they bring enough in each period, and are cut when they do not")
  func rate() throws {
    var limits = HTTPServerLimits()
    limits.streamPeriod = .milliseconds(600)
    limits.streamPeriodBytes = 1_000
    let piece = String(repeating: "x", count: 500)
    // Twice as fast as must be, for more than three periods.
    let steady = CountingSink()
    try withSink(steady, limits: limits) { server in
      let socket = try TestSocket(port: server.port)
      socket.send("PUT / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 7000\r\n\r\n")
      for _ in 0..<14 {
        #expect(socket.send(piece))
        usleep(150_000)
      }
      #expect(socket.receiveAll()?.hasSuffix("7000") == true)
    }
    let slow = CountingSink()
    try withSink(slow, limits: limits) { server in
      let socket = try TestSocket(port: server.port)
      socket.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 7000\r\n\r\n")
      let start = now()
      // Never silent for long, and always too slow.
      while now() - start < 20, socket.send("x") { usleep(10_000) }
      #expect(now() - start < 10)
      #expect(server.statistics.deadlinesPassed == 1)
    }
    #expect(slow.ends.withLock { $0 } == ["abandoned"])
  }

  @Test("are sent from a file, with bytes around it, and arrive whole in a sink of the client")
  func download() throws {
    let count = 300_000
    let expected = Array("head".utf8) + pattern(count)[100..<count] + Array("tail".utf8)
    try withServer(
      handler: { _, reply in
        reply.send(
          HTTPResponse(
            status: 200,
            stream: HTTPBodySource(
              takingOwnershipOf: file(count), range: 100..<count, prefix: Array("head".utf8),
              suffix: Array("tail".utf8))))
      },
      { server in
        let client = try HTTPClient()
        let sink = CollectingSink()
        var request = HTTPClientRequest(method: .get, url: "http://127.0.0.1:\(server.port)/")
        request.download = sink
        let answer = client.sendBlocking(request).response
        #expect(answer?.body == [] && answer?.headers["Content-Length"] == "\(expected.count)")
        #expect(sink.bytes.withLock { $0 } == expected)
        request.responseBytesLimit = expected.count - 1
        #expect(client.sendBlocking(request).failure?.kind == .tooLarge)
        request.download = RefusingSink()
        request.responseBytesLimit = expected.count
        #expect(client.sendBlocking(request).failure?.kind == .cancelled)
      })
  }

  @Test("that turn out shorter than their source said end the connection, not the answer")
  func cutSource() throws {
    try withServer(
      handler: { _, reply in
        reply.send(HTTPResponse(status: 200, stream: HTTPBodySource(takingOwnershipOf: file(10), range: 0..<1_000)))
      },
      { server in
        let client = try HTTPClient()
        let result = client.sendBlocking(HTTPClientRequest(method: .get, url: "http://127.0.0.1:\(server.port)/"))
        #expect(result.failure?.kind == .brokenAfterSend)
      })
  }

  @Test("of refusals do not go to a client's sink")
  func refusalBody() throws {
    try withServer(
      handler: { _, reply in reply.send(HTTPResponse(status: 404, body: Array("gone".utf8))) },
      { server in
        let client = try HTTPClient()
        let sink = CollectingSink()
        var request = HTTPClientRequest(method: .get, url: "http://127.0.0.1:\(server.port)/")
        request.download = sink
        let answer = client.sendBlocking(request).response
        #expect(answer?.status == 404 && answer?.body == Array("gone".utf8))
        #expect(sink.bytes.withLock { $0 } == [])
      })
  }

  @Test(
    "a request that may reach public addresses only does not connect to this machine",
    arguments: ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]"])
  func privateAddress(host: String) throws {
    try withServer(handler: echo) { server in
      let client = try HTTPClient()
      var request = HTTPClientRequest(method: .get, url: "http://\(host):\(server.port)/")
      request.reachesPrivateAddresses = false
      let failure = client.sendBlocking(request).failure
      #expect(failure?.kind == .invalidRequest && failure?.requestPossiblySent == false)
      #expect(server.statistics.connectionsAccepted == 0)
    }
  }
}

private final class CollectingSink: HTTPDownloadSink {
  let bytes = Mutex<[UInt8]>([])

  func receive(_ piece: UnsafeRawBufferPointer) -> Bool {
    bytes.withLock { $0.append(contentsOf: piece) }
    return true
  }
}

private final class RefusingSink: HTTPDownloadSink {
  func receive(_ piece: UnsafeRawBufferPointer) -> Bool { false }
}
