import HTTPKit
import Testing

@Suite("A subtree of a router")
struct SubtreeTests {
  /// Answers with the word it was made with, refusals included.
  private struct Door: HTTPHandler {
    func handle(_ request: HTTPRequest, reply: HTTPReply) {
      // Let go of without an answer when it is asked to.
      guard request.path.last != "im-lang" else { return }
      reply.send(HTTPResponse(status: 200, body: Array("door \(request.method.rawValue)".utf8)))
    }

    func answer(to refusal: HTTPRefusal, of target: String) -> HTTPResponse {
      HTTPResponse(status: refusal.problem.status, body: Array("door refuses \(refusal.rawValue)".utf8))
    }
  }

  private func ask(_ requests: [String], limits: HTTPServerLimits = .standard) throws -> [String] {
    let router = HTTPRouter(
      routes: [(.get, "/cua/rieng", ClosureHandler { $1.send(HTTPResponse(status: 200, body: Array("own".utf8))) })],
      subtrees: [("/cua", Door())], notFound: { _ in HTTPResponse(status: 404) },
      methodNotAllowed: { _, _ in HTTPResponse(status: 405) })
    let server = try HTTPServer(configuration: HTTPServerConfiguration(threads: 1, limits: limits), handler: router)
    try server.start()
    defer { server.stop() }
    return try requests.map { request in
      let socket = try TestSocket(port: server.port)
      socket.send(request)
      let answer = try #require(socket.receiveAll(), "the connection was not closed")
      let status = answer.split(separator: " ").dropFirst().first ?? ""
      return "\(status) \(answer.split(separator: "\r\n\r\n", maxSplits: 1).dropFirst().first ?? "")"
    }
  }

  private func request(_ method: String, _ target: String, _ fields: String = "") -> String {
    "\(method) \(target) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\(fields)\r\n"
  }

  @Test("answers everything below its path, whatever the method, but for routes of their own; and nothing beside it")
  func below() throws {
    let answers = try ask([
      request("GET", "/cua"), request("POST", "/cua/khong/co?x=1", "Content-Length: 0\r\n"),
      request("GET", "/cua/rieng"),
      request("DELETE", "/cua/"), request("GET", "/cuahang"), request("GET", "/khac"),
    ])
    #expect(answers == ["200 door GET", "200 door POST", "200 own", "200 door DELETE", "404 ", "404 "])
  }

  @Test("says how what the server refuses there is told; elsewhere it is a problem document")
  func refusals() throws {
    var limits = HTTPServerLimits()
    limits.headBytes = 300
    limits.bodyBytes = 4
    let long = "X: " + String(repeating: "x", count: 300) + "\r\n"
    let answers = try ask(
      [
        request("GET", "/cua/a", long), request("GET", "/cuahang", long),
        request("POST", "/cua/a", "Content-Length: 5\r\n") + "12345",
        request("POST", "/cua/a", "Transfer-Encoding: chunked\r\n") + "5\r\n12345\r\n0\r\n\r\n",
        request("POST", "/cua?a", "Expect: something\r\nContent-Length: 0\r\n"), request("GET", "/cua/im-lang"),
      ], limits: limits)
    #expect(answers[0] == "431 door refuses head-too-large")
    #expect(answers[1].hasPrefix("431 {\"type\":\"about:blank\""))
    #expect(answers[2] == "413 door refuses body-too-large" && answers[3] == answers[2])
    #expect(answers[4] == "417 door refuses expectation-unsupported")
    #expect(answers[5] == "500 door refuses unanswered")
  }

  @Test("says where its bodies go; a route of its own below it is not asked for that")
  func bodies() throws {
    struct Streaming: HTTPHandler {
      var takesStreams: Bool { true }
      func handle(_ request: HTTPRequest, reply: HTTPReply) {
        reply.send(HTTPResponse(status: 200, body: Array("\(request.body.count)".utf8)))
      }
      func reception(of head: HTTPRequest, length: Int?) -> HTTPBodyReception {
        .refuse(HTTPResponse(status: 413, body: Array("\(head.path) \(length ?? -1)".utf8)))
      }
    }
    let router = HTTPRouter(
      routes: [(.post, "/khac", Streaming())], subtrees: [("/im", Door()), ("/cua", Streaming())],
      notFound: { _ in HTTPResponse(status: 404) }, methodNotAllowed: { _, _ in HTTPResponse(status: 405) })
    #expect(router.takesStreams)
    func reception(_ path: String...) -> String {
      let head = HTTPRequest(method: .post, target: "/", path: path)
      if case .refuse(let response) = router.reception(of: head, length: 7) {
        return String(decoding: response.body, as: UTF8.self)
      }
      return "memory"
    }
    #expect(reception("cua", "a") == #"["cua", "a"] 7"# && reception("khac") == #"["khac"] 7"#)
    #expect(reception("im", "a") == "memory" && reception("cuahang") == "memory")
  }

  @Test("also when the answer takes too long")
  func overdue() throws {
    var limits = HTTPServerLimits()
    limits.replyDeadline = .milliseconds(50)
    let kept = Kept()
    let router = HTTPRouter(
      routes: [], subtrees: [("/cua", Keeping(kept: kept))], notFound: { _ in HTTPResponse(status: 404) },
      methodNotAllowed: { _, _ in HTTPResponse(status: 405) })
    let server = try HTTPServer(configuration: HTTPServerConfiguration(threads: 1, limits: limits), handler: router)
    try server.start()
    defer { server.stop() }
    let socket = try TestSocket(port: server.port)
    socket.send(request("GET", "/cua/a"))
    #expect(try #require(socket.receiveAll()).hasSuffix("\r\n\r\nlate: reply-overdue"))
    kept.reply?.send(HTTPResponse(status: 200))
  }

  /// Holds a reply until the test is over.
  private final class Kept: @unchecked Sendable {
    // Written once by the server's thread before the answer that the test waits for, and read after it.
    var reply: HTTPReply?
  }

  private struct Keeping: HTTPHandler {
    let kept: Kept
    func handle(_ request: HTTPRequest, reply: HTTPReply) { kept.reply = reply }
    func answer(to refusal: HTTPRefusal, of target: String) -> HTTPResponse {
      HTTPResponse(status: 503, body: Array("late: \(refusal.rawValue)".utf8))
    }
  }

  @Test("the bytes of a field's value are given as they came, also where they are no UTF-8")
  func bytes() throws {
    try withServer(handler: { request, reply in
      reply.send(HTTPResponse(status: 200, body: Array("\(request.headers.bytes("x-thu") ?? [])".utf8)))
    }) { server in
      let socket = try TestSocket(port: server.port)
      let head = Array("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Thu: a".utf8)
      socket.send(head + [0xE0, 0xFF] + Array("b \r\n\r\n".utf8))
      #expect(try #require(socket.receiveAll()).hasSuffix("[97, 224, 255, 98]"))
    }
  }
}
