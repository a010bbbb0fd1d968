import Glibc
import HTTPKit
import Synchronization
import Testing

/// What a partner does to a connection, and what the client has to make of it.
struct Misbehaviour: Sendable, CustomTestStringConvertible {
  let name: String
  let kind: HTTPClientFailure.Kind
  let script: @Sendable (TestSocket) -> Void

  var testDescription: String { name }

  init(_ name: String, _ kind: HTTPClientFailure.Kind, _ script: @escaping @Sendable (TestSocket) -> Void) {
    self.name = name
    self.kind = kind
    self.script = script
  }

  /// Reads a request to its end, which is `.`.
  static func readRequest(_ socket: TestSocket) {
    _ = socket.receive(until: "\r\n\r\n").map { $0.hasSuffix(".") ? $0 : socket.receive(until: ".") }
  }

  /// Waits until the client goes away.
  static func waitForEnd(_ socket: TestSocket) {
    while let piece = socket.receive(), !piece.isEmpty {}
  }
}

@Suite("A client's failures")
struct ClientFailureTests {
  static let misbehaviours: [Misbehaviour] = [
    Misbehaviour("closes before reading", .brokenAfterSend) { _ = $0 },
    Misbehaviour("closes after reading", .brokenAfterSend) { Misbehaviour.readRequest($0) },
    Misbehaviour("resets after reading", .brokenAfterSend) {
      Misbehaviour.readRequest($0)
      $0.reset()
    },
    Misbehaviour("closes within the head", .brokenAfterSend) {
      Misbehaviour.readRequest($0)
      $0.send("HTTP/1.1 200 OK\r\nContent-")
    },
    Misbehaviour("closes within the body", .brokenAfterSend) {
      Misbehaviour.readRequest($0)
      $0.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
    },
    Misbehaviour("closes within the chunks", .brokenAfterSend) {
      Misbehaviour.readRequest($0)
      $0.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhalf")
    },
    Misbehaviour("closes after 100 Continue", .brokenAfterSend) {
      Misbehaviour.readRequest($0)
      $0.send("HTTP/1.1 100 Continue\r\n\r\n")
    },
    Misbehaviour("never answers", .timeoutAfterSend) {
      Misbehaviour.readRequest($0)
      Misbehaviour.waitForEnd($0)
    },
    Misbehaviour("never reads", .timeoutAfterSend) { socket in
      while case var poll = pollfd(fd: socket.descriptor, events: pollPeerClosed, revents: 0),
        Glibc.poll(&poll, 1, 20_000) == 0
      {}
    },
    Misbehaviour("drips its head", .timeoutAfterSend) {
      Misbehaviour.readRequest($0)
      $0.send("HTTP/1.1 200 OK\r\nX: ")
      while $0.send("x") { usleep(10_000) }
    },
    Misbehaviour("drips its body", .timeoutAfterSend) {
      Misbehaviour.readRequest($0)
      $0.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
      while $0.send("x") { usleep(10_000) }
    },
    Misbehaviour("answers too much, announced", .tooLarge) {
      Misbehaviour.readRequest($0)
      $0.send("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + String(repeating: "x", count: 1_001))
    },
    Misbehaviour("answers too much, in chunks", .tooLarge) {
      Misbehaviour.readRequest($0)
      $0.send(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + String(repeating: "x", count: 1_001)
          + "\r\n0\r\n\r\n")
    },
    Misbehaviour("answers with too large a head", .tooLarge) {
      Misbehaviour.readRequest($0)
      $0.send("HTTP/1.1 200 OK\r\n")
      while $0.send("X: " + String(repeating: "x", count: 1_000) + "\r\n") {}
    },
    Misbehaviour("answers no HTTP", .protocolError) {
      Misbehaviour.readRequest($0)
      $0.send("SSH-2.0-OpenSSH_9.2\r\n")
    },
    Misbehaviour("answers bytes", .protocolError) {
      Misbehaviour.readRequest($0)
      $0.send((0..<512).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) })
    },
  ]

  @Test("are told apart, as possibly sent, once and in time", arguments: misbehaviours)
  func tellsApart(misbehaviour: Misbehaviour) throws {
    let server = try FakeServer { socket, _ in misbehaviour.script(socket) }
    defer { server.close() }
    let client = try HTTPClient()
    var request = HTTPClientRequest(
      method: .post, url: "http://127.0.0.1:\(server.port)/", body: Array("a body that ends here.".utf8),
      timeouts: HTTPClientTimeouts(connect: .seconds(10), firstByte: nil, whole: .milliseconds(600)))
    if misbehaviour.kind != .timeoutAfterSend { request.timeouts.whole = .seconds(20) }
    request.responseBytesLimit = 1_000
    let start = now()
    let result = try sendTogether(client, [request])[0]
    #expect(result.failure?.kind == misbehaviour.kind, "\(result)")
    #expect(result.failure?.requestPossiblySent == true)
    #expect(now() - start < 10)
  }

  @Test("agree with what the kernel took: a reset may come before the first byte or after it")
  func resetBeforeReading() throws {
    let server = try FakeServer { socket, _ in socket.reset() }
    defer { server.close() }
    let client = try HTTPClient()
    for _ in 0..<20 {
      let result = client.sendBlocking(.init(method: .post, url: "http://127.0.0.1:\(server.port)/", body: [1]))
      let failure = try #require(result.failure)
      #expect(failure.kind == (failure.requestPossiblySent ? .brokenAfterSend : .connect), "\(failure)")
    }
  }

  @Test("before sending: nobody listens")
  func refused() throws {
    let server = try FakeServer(accepts: false)
    let port = server.port
    server.close()
    let client = try HTTPClient()
    let result = client.sendBlocking(.init(method: .post, url: "http://127.0.0.1:\(port)/", body: [1]))
    #expect(result.failure?.kind == .connect, "\(result)")
    #expect(result.failure?.requestPossiblySent == false)
  }

  @Test("before sending: the connection is never accepted")
  func blackHole() throws {
    // The kernel completes a few handshakes for a full backlog, and then stays silent.
    let server = try FakeServer(backlog: 0, accepts: false)
    defer { server.close() }
    let fillers = (0..<8).compactMap { _ in try? nonBlockingConnection(port: server.port) }
    defer { fillers.forEach { close($0) } }
    let client = try HTTPClient()
    let start = now()
    let result = client.sendBlocking(
      .init(
        method: .post, url: "http://127.0.0.1:\(server.port)/", body: [1],
        timeouts: HTTPClientTimeouts(connect: .milliseconds(300), whole: .seconds(20))))
    #expect(result.failure?.kind == .timeoutBeforeSend, "\(result)")
    #expect(result.failure?.requestPossiblySent == false)
    #expect((0.2...5).contains(now() - start))
  }

  @Test("before sending: the TLS handshake stalls, or breaks")
  func stalledHandshake() throws {
    let stalling = try FakeServer { socket, _ in Misbehaviour.waitForEnd(socket) }
    defer { stalling.close() }
    let breaking = try FakeServer { socket, _ in _ = socket.receive() }
    defer { breaking.close() }
    let client = try HTTPClient()
    let timeouts = HTTPClientTimeouts(connect: .milliseconds(300), whole: .seconds(20))
    let stalled = client.sendBlocking(
      .init(method: .post, url: "https://127.0.0.1:\(stalling.port)/", body: [1], timeouts: timeouts))
    #expect(stalled.failure?.kind == .timeoutBeforeSend, "\(stalled)")
    #expect(stalled.failure?.requestPossiblySent == false)
    let broken = client.sendBlocking(
      .init(method: .post, url: "https://127.0.0.1:\(breaking.port)/", body: [1]))
    #expect(broken.failure?.kind == .tls, "\(broken)")
    #expect(broken.failure?.requestPossiblySent == false)
  }

  @Test("before sending: the name has no address")
  func unknownHost() throws {
    let client = try HTTPClient()
    let result = client.sendBlocking(.init(method: .get, url: "http://nowhere.invalid/"))
    #expect(result.failure?.kind == .resolve, "\(result)")
    #expect(result.failure?.requestPossiblySent == false)
  }

  @Test("after sending: the first byte of the answer does not come in time")
  func firstByteDeadline() throws {
    let server = try FakeServer { socket, _ in Misbehaviour.waitForEnd(socket) }
    defer { server.close() }
    let client = try HTTPClient()
    let start = now()
    let result = client.sendBlocking(
      .init(
        method: .post, url: "http://127.0.0.1:\(server.port)/", body: [1],
        timeouts: HTTPClientTimeouts(firstByte: .milliseconds(200), whole: .seconds(30))))
    #expect(result.failure?.kind == .timeoutAfterSend, "\(result)")
    #expect(result.failure?.requestPossiblySent == true)
    #expect((0.15...5).contains(now() - start))
  }

  static let impossibleRequests: [HTTPClientRequest] = [
    .init(method: .get, url: "ftp://127.0.0.1/"), .init(method: .get, url: "file:///etc/passwd"),
    .init(method: .get, url: "http://"), .init(method: .get, url: "not a url"),
    .init(method: .get, url: "http://127.0.0.1/a b"), .init(method: .get, url: "http://127.0.0.1/\r\nX: y"),
    .init(method: .get, url: "http://user:secret@127.0.0.1/"), .init(method: "G T", url: "http://127.0.0.1/"),
    .init(method: .get, url: "http://127.0.0.1/", headers: ["X": "a\r\nY: b"]),
    .init(method: .get, url: "http://127.0.0.1/", headers: ["X Y": "a"]),
    .init(method: .get, url: "http://127.0.0.1/", headers: ["Content-Length": "1"]),
    .init(method: .head, url: "http://127.0.0.1/", body: [1]),
  ]

  @Test("before sending: the request is impossible", arguments: impossibleRequests)
  func impossible(request: HTTPClientRequest) throws {
    let client = try HTTPClient()
    let result = client.sendBlocking(request)
    #expect(result.failure?.kind == .invalidRequest, "\(result)")
    #expect(result.failure?.requestPossiblySent == false)
    #expect(result.failure?.message.contains("secret") == false)
  }

  @Test("do not repeat what may have been acted upon: a reused connection that breaks is not replaced")
  func doesNotResend() throws {
    for (method, body, isRepeated) in [
      (HTTPMethod.post, [UInt8](".".utf8), false), (.post, [], false), (.delete, [], false), (.put, [0x2E], false),
      (.get, [], true),
    ] {
      // Answers the first request of a connection and breaks on the second, having read it.
      let requests = Mutex(0)
      let server = try FakeServer { socket, index in
        for round in 0..<2 {
          guard socket.receive(until: body.isEmpty ? "\r\n\r\n" : "\r\n\r\n.") != nil else { return }
          requests.withLock { $0 += 1 }
          if round == 1, index == 0 { return }
          socket.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
      }
      defer { server.close() }
      let client = try HTTPClient()
      let request = HTTPClientRequest(method: method, url: "http://127.0.0.1:\(server.port)/", body: body)
      #expect(client.sendBlocking(request).response?.status == 200)
      let second = client.sendBlocking(request)
      if isRepeated {
        #expect(second.response?.status == 200, "\(method): \(second)")
        #expect(requests.withLock { $0 } == 3)
      } else {
        #expect(second.failure?.kind == .brokenAfterSend, "\(method): \(second)")
        #expect(second.failure?.requestPossiblySent == true)
        #expect(requests.withLock { $0 } == 2, "\(method) was sent again")
      }
    }
  }
}

/// Linux's POLLRDHUP, which Swift's import leaves out.
private let pollPeerClosed: Int16 = 0x2000

private func nonBlockingConnection(port: UInt16) throws -> Int32 {
  let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
  let descriptor = socket(AF_INET, type, 0)
  var address = loopbackAddress(port: port)
  _ = withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
  return descriptor
}
