import Glibc
import HTTPKit
import Synchronization
import Testing

@Suite("A client")
struct ClientTests {
  @Test("sends method, target, fields and body as given, and nothing of its own but what HTTP needs")
  func sendsAsGiven() throws {
    let seen = Mutex<[String]>([])
    let server = try FakeServer { socket, _ in
      let request = socket.receive(until: "\r\n\r\n") ?? ""
      seen.withLock { $0.append(request) }
      socket.send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
    }
    defer { server.close() }
    let client = try HTTPClient()
    for method in [HTTPMethod.get, .delete, .head, .options, "PROPFIND"] {
      let result = client.sendBlocking(
        .init(method: method, url: "http://127.0.0.1:\(server.port)/a%20b?c=%C3%A0", headers: ["X-A": "à", "X-B": ""]))
      #expect(result.response?.status == 204, "\(result)")
      #expect(
        seen.withLock { $0.last }
          == "\(method) /a%20b?c=%C3%A0 HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nAccept: */*\r\nX-A: à\r\nX-B:\r\n\r\n"
      )
    }
    for method in [HTTPMethod.post, .put, .patch] {
      let result = client.sendBlocking(.init(method: method, url: "http://127.0.0.1:\(server.port)/"))
      #expect(result.response?.status == 204, "\(result)")
      #expect(seen.withLock { $0.last }?.contains("\r\nContent-Length: 0\r\n") == true)
    }
  }

  @Test("brings back status, fields and body, interim answers and trailers left out")
  func bringsBack() throws {
    let server = try FakeServer { socket, _ in
      _ = socket.receive(until: "\r\n\r\n")
      socket.send(
        "HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\nHTTP/1.1 429 Too Many\r\nRetry-After:  5 \r\nX-A: 1\r\nx-a: 2\r\n"
          + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n")
    }
    defer { server.close() }
    let client = try HTTPClient()
    let result = client.sendBlocking(.init(method: .get, url: "http://127.0.0.1:\(server.port)/"))
    let response = try #require(result.response, "\(result)")
    #expect(response.status == 429)
    #expect(response.headers["retry-after"] == "5")
    #expect(response.headers.values("X-A") == ["1", "2"])
    #expect(!response.headers.contains("X-Early") && !response.headers.contains("X-Trailer"))
    #expect(response.body == Array("abcde".utf8))
  }

  @Test("takes a redirect for an answer")
  func leavesRedirects() throws {
    try withServer(handler: { _, reply in reply.send(HTTPResponse(status: 307, headers: ["Location": "/b"])) }) {
      server in
      let client = try HTTPClient()
      let result = client.sendBlocking(.init(method: .get, url: "http://127.0.0.1:\(server.port)/"))
      #expect(result.response?.status == 307)
      #expect(server.statistics.requestsHandled == 1)
    }
  }

  @Test("takes an answer at the limit")
  func takesAnswerAtLimit() throws {
    try withServer(handler: echo) { server in
      let client = try HTTPClient()
      let result = client.sendBlocking(
        .init(
          method: .post, url: "http://127.0.0.1:\(server.port)/", body: [UInt8](repeating: 7, count: 1_000),
          responseBytesLimit: 1_000))
      #expect(result.response?.body.count == 1_000)
    }
  }

  @Test("carries large bodies both ways")
  func carriesLargeBodies() throws {
    try withServer(handler: echo) { server in
      let client = try HTTPClient()
      var body = Array(UInt8.min...UInt8.max)
      for _ in 0..<15 { body += body }  // 8 MiB
      let result = client.sendBlocking(
        .init(method: .post, url: "http://127.0.0.1:\(server.port)/", body: body))
      #expect(result.response?.body == body)
    }
  }

  @Test("keeps connections for the next request")
  func reusesConnections() throws {
    try withServer(handler: echo) { server in
      let client = try HTTPClient()
      for round in 0..<5 {
        let result = client.sendBlocking(
          .init(method: .post, url: "http://127.0.0.1:\(server.port)/", body: [1]))
        guard case .response(_, let timing) = result else {
          Issue.record("\(result)")
          return
        }
        #expect(timing.isConnectionReused == (round > 0))
      }
      #expect(server.statistics.connectionsAccepted == 1)
    }
  }

  @Test("keeps to its number of transfers, lets so many wait, and refuses the rest unsent")
  func limitsTransfers() throws {
    var configuration = HTTPClientConfiguration()
    configuration.transfers = 2
    configuration.waitingTransfers = 3
    let client = try HTTPClient(configuration: configuration)
    let replies = Mutex<[HTTPReply]>([])
    let widest = Mutex(0)
    let arrived = TestSignal()
    let results = Mutex<[HTTPClientResult]>([])
    try withServer(handler: { _, reply in
      replies.withLock { $0.append(reply) }
      arrived.set()
    }) { server in
      let done = TestSignal()
      for _ in 0..<6 {
        client.submit(.init(method: .get, url: "http://127.0.0.1:\(server.port)/")) { result in
          results.withLock { $0.append(result) }
          done.set()
        }
      }
      #expect(done.wait(), "the sixth is refused at once")
      #expect(results.withLock { $0.first?.failure?.kind } == .overloaded)
      #expect(results.withLock { $0.first?.failure?.requestPossiblySent } == false)
      for _ in 0..<5 {
        #expect(arrived.wait())
        widest.withLock { $0 = max($0, server.statistics.requestsInFlight) }
        replies.withLock { $0.removeFirst() }.send(HTTPResponse(status: 200))
      }
      for _ in 0..<5 { #expect(done.wait()) }
    }
    #expect(widest.withLock { $0 } <= 2)
    #expect(results.withLock { $0.count { $0.response?.status == 200 } } == 5)
  }

  @Test("counts the time of waiting for a place")
  func timesOutWaiting() throws {
    var configuration = HTTPClientConfiguration()
    configuration.transfers = 1
    let client = try HTTPClient(configuration: configuration)
    let server = try FakeServer { socket, _ in Misbehaviour.waitForEnd(socket) }
    defer { server.close() }
    let url = "http://127.0.0.1:\(server.port)/"
    let first = client.submit(.init(method: .get, url: url)) { _ in }
    let result = client.sendBlocking(
      .init(method: .get, url: url, timeouts: HTTPClientTimeouts(whole: .milliseconds(200))))
    #expect(result.failure?.kind == .timeoutBeforeSend)
    #expect(result.failure?.requestPossiblySent == false)
    first.cancel()
  }

  @Test("ends a cancelled transfer once, whether it waits or is under way")
  func cancels() throws {
    var configuration = HTTPClientConfiguration()
    configuration.transfers = 1
    let client = try HTTPClient(configuration: configuration)
    let read = TestSignal()
    let server = try FakeServer { socket, _ in
      _ = socket.receive(until: "\r\n\r\n")
      read.set()
      Misbehaviour.waitForEnd(socket)
    }
    defer { server.close() }
    let results = Mutex<[Int: [HTTPClientResult]]>([:])
    let done = TestSignal()
    let transfers = (0..<3).map { index in
      client.submit(.init(method: .get, url: "http://127.0.0.1:\(server.port)/")) { result in
        results.withLock { $0[index, default: []].append(result) }
        done.set()
      }
    }
    #expect(read.wait())
    transfers[1].cancel()
    #expect(done.wait())
    transfers[0].cancel()
    #expect(done.wait())
    #expect(read.wait(), "the third begins when its turn has come")
    for transfer in transfers { transfer.cancel() }
    #expect(done.wait())
    let all = results.withLock { $0 }
    #expect(all.values.allSatisfy { $0.count == 1 && $0[0].failure?.kind == .cancelled })
    #expect(all[0]?.first?.failure?.requestPossiblySent == true)
    #expect(all[1]?.first?.failure?.requestPossiblySent == false)
    #expect(all[2]?.first?.failure?.requestPossiblySent == true)
  }

  @Test("ends everything once when it is stopped, and what is submitted later at once")
  func stops() throws {
    let server = try FakeServer { socket, _ in Misbehaviour.waitForEnd(socket) }
    defer { server.close() }
    let client = try HTTPClient()
    let request = HTTPClientRequest(method: .post, url: "http://127.0.0.1:\(server.port)/", body: [1])
    let kinds = Mutex<[HTTPClientFailure.Kind?]>([])
    for _ in 0..<400 { client.submit(request) { result in kinds.withLock { $0.append(result.failure?.kind) } } }
    client.stop()
    #expect(kinds.withLock { $0 } == Array(repeating: .cancelled, count: 400))
    client.submit(request) { result in kinds.withLock { $0.append(result.failure?.kind) } }
    #expect(kinds.withLock { $0.count } == 401)
    #expect(client.sendBlocking(request).failure?.kind == .cancelled)
    client.stop()
  }

  @Test("may be stopped and let go of in a completion")
  func stopsItself() throws {
    let server = try FakeServer { socket, _ in
      _ = socket.receive(until: "\r\n\r\n")
      socket.send("HTTP/1.1 204 No Content\r\n\r\n")
      Misbehaviour.waitForEnd(socket)
    }
    defer { server.close() }
    let held = Mutex<HTTPClient?>(try HTTPClient())
    let done = TestSignal()
    held.withLock { $0 }?.submit(.init(method: .get, url: "http://127.0.0.1:\(server.port)/")) { _ in
      held.withLock { $0.take() }?.stop()
      done.set()
    }
    #expect(done.wait())
  }

  @Test("waits without a thread, and is cancelled with its task")
  func sendsAsynchronously() async throws {
    let server = try FakeServer { socket, index in
      _ = socket.receive(until: "\r\n\r\n")
      if index == 0 {
        socket.send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
      } else {
        Misbehaviour.waitForEnd(socket)
      }
    }
    defer { server.close() }
    let client = try HTTPClient()
    let request = HTTPClientRequest(method: .get, url: "http://127.0.0.1:\(server.port)/")
    #expect(await client.send(request).response?.status == 204)
    let task = Task { await client.send(request) }
    task.cancel()
    #expect(await task.value.failure?.kind == .cancelled)
  }
}
