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
