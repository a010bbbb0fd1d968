import HTTPKit
import Synchronization
import Testing

@Suite("A server")
struct ServerTests {
  @Test("answers while the handler runs")
  func answersInline() throws {
    try withServer(handler: echo) { server in
      let client = try HTTPClient()
      let result = client.sendBlocking(
        HTTPClientRequest(method: .post, url: "http://127.0.0.1:\(server.port)/a", body: Array("xin chào".utf8)))
      let response = try #require(result.response, "\(String(describing: result.failure))")
      #expect(response.status == 200)
      #expect(String(decoding: response.body, as: UTF8.self) == "xin chào")
      #expect(response.headers["content-type"] == "application/octet-stream")
    }
  }

  @Test("answers later from another thread, many at a time, each its own")
  func answersLater() throws {
    let waiting = Mutex<[(HTTPRequest, HTTPReply)]>([])
    let rounds = 50
    let width = 20
    try withServer(handler: { request, reply in
      // Answers leave in groups, and on the thread of whichever request completed the group.
      let group = waiting.withLock { waiting in
        waiting.append((request, reply))
        guard waiting.count == width else { return [(HTTPRequest, HTTPReply)]() }
        defer { waiting = [] }
        return waiting
      }
      for (request, reply) in group.reversed() { reply.send(HTTPResponse(status: 200, body: request.body)) }
    }) { server in
      let client = try HTTPClient()
      for round in 0..<rounds {
        let results = try sendTogether(
          client,
          (0..<width).map {
            .init(method: .post, url: "http://127.0.0.1:\(server.port)/", body: Array("\(round)/\($0)".utf8))
          })
        for (index, result) in results.enumerated() {
          #expect(result.response.map { String(decoding: $0.body, as: UTF8.self) } == "\(round)/\(index)")
        }
      }
      #expect(server.statistics.requestsHandled == rounds * width)
    }
  }

  @Test("answers 500 when a handler lets go of its reply")
  func answersForgotten() throws {
    try withServer(handler: { _, _ in }) { server in
      let client = try HTTPClient()
      let result = client.sendBlocking(.init(method: .get, url: "http://127.0.0.1:\(server.port)/"))
      #expect(result.response?.status == 500)
      #expect(result.response?.headers["Content-Type"] == "application/problem+json")
    }
  }
}

/// Submits all requests at once and waits for all results, in the order of the requests.
func sendTogether(_ client: HTTPClient, _ requests: [HTTPClientRequest]) throws -> [HTTPClientResult] {
  let results = Mutex<[Int: HTTPClientResult]>([:])
  let done = TestSignal()
  for (index, request) in requests.enumerated() {
    client.submit(request) { result in
      let isLast = results.withLock {
        #expect($0.updateValue(result, forKey: index) == nil, "a completion was called twice")
        return $0.count == requests.count
      }
      if isLast { done.set() }
    }
  }
  try #require(done.wait(seconds: 60))
  return results.withLock { results in requests.indices.map { results[$0]! } }
}

@Suite("A server's connections")
struct ServerConnectionTests {
  @Test("carry requests one after the other, also when they arrive together")
  func pipelines() throws {
    let kept = ReplyBox()
    try withServer(handler: { request, reply in
      if request.path == ["later"] { kept.keep(reply) } else { echo(request, reply) }
    }) { server in
      let socket = try TestSocket(port: server.port)
      socket.send(
        "POST /later HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\noneGET / HTTP/1.1\r\nHost: a\r\n\r\n"
          + "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\ntwo")
      #expect(kept.arrived.wait())
      kept.take()?.send(HTTPResponse(status: 201, body: Array("later".utf8)))
      let answers = try #require(socket.receiveAll())
      #expect(answers.components(of: "HTTP/1.1 ") == 3, "\(answers)")
      #expect(answers.hasPrefix("HTTP/1.1 201 ") && answers.hasSuffix("\r\n\r\ntwo"))
    }
  }

  @Test("answer HEAD with the length of what GET would bring, and nothing else")
  func answersHead() throws {
    try withServer(handler: { _, reply in reply.send(HTTPResponse(status: 200, body: Array("hello".utf8))) }) {
      server in
      let socket = try TestSocket(port: server.port)
      socket.send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      let answer = try #require(socket.receiveAll())
      #expect(answer.contains("Content-Length: 5\r\n") && answer.hasSuffix("\r\n\r\n"), "\(answer)")
    }
  }

  @Test("carry what a handler says, except how the body is framed, and 500 when it cannot be said")
  func carriesFields() throws {
    try withServer(handler: { request, reply in
      let headers: HTTPHeaders =
        request.path == ["wrong"]
        ? ["X": "a\r\nSet-Cookie: b"]
        : ["Content-Length": "99", "Transfer-Encoding": "chunked", "X": "1", "x": "2", "Empty": ""]
      reply.send(HTTPResponse(status: 409, headers: headers, body: [0x21]))
    }) { server in
      let client = try HTTPClient()
      let answer = client.sendBlocking(.init(method: .get, url: "http://127.0.0.1:\(server.port)/"))
      #expect(answer.response?.status == 409)
      #expect(answer.response?.headers.values("X") == ["1", "2"])
      #expect(answer.response?.headers.values("Content-Length") == ["1"])
      #expect(answer.response?.headers.contains("Transfer-Encoding") == false)
      let wrong = client.sendBlocking(.init(method: .get, url: "http://127.0.0.1:\(server.port)/wrong"))
      #expect(wrong.response?.status == 500)
      #expect(wrong.response?.headers.contains("Set-Cookie") == false)
    }
  }

  @Test("survive a peer that goes away while its request is suspended")
  func survivesLostPeer() throws {
    let kept = ReplyBox()
    try withServer(handler: { _, reply in kept.keep(reply) }) { server in
      do {
        let socket = try TestSocket(port: server.port)
        socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(kept.arrived.wait())
        socket.reset()
      }
      kept.take()?.send(HTTPResponse(status: 200, body: [UInt8](repeating: 0, count: 1_000_000)))
      #expect(eventually { server.statistics.connectionsOpen == 0 && server.statistics.requestsInFlight == 0 })
    }
  }

  @Test("number their requests, each its own")
  func numbersRequests() throws {
    let ids = Mutex<Set<UInt64>>([])
    try withServer(handler: { request, reply in
      ids.withLock { _ = $0.insert(request.id) }
      reply.send(HTTPResponse(status: 204))
    }) { server in
      let client = try HTTPClient()
      let request = HTTPClientRequest(method: .get, url: "http://127.0.0.1:\(server.port)/")
      _ = try sendTogether(client, Array(repeating: request, count: 50))
    }
    #expect(ids.withLock { $0.count } == 50)
  }
}
