import HTTPKit
import Testing

/// A head as it goes over the wire, and what has to become of it.
struct WrongHead: Sendable, CustomTestStringConvertible {
  let name: String
  let bytes: [UInt8]
  let status: Int
  let code: String

  var testDescription: String { name }

  /// `¤` stands for a byte of 0xFF.
  init(_ name: String, _ text: String, _ status: Int, _ code: String) {
    self.name = name
    self.bytes = Array(text.utf8.split(separator: 0xC2, omittingEmptySubsequences: false).joined(separator: [0xFF]))
      .filter { $0 != 0xA4 }
    self.status = status
    self.code = code
  }
}

private let smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"

@Suite("The check of heads")
struct HeadCheckTests {
  static let wrongHeads: [WrongHead] = [
    WrongHead(
      "both Content-Length and Transfer-Encoding",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled,
      400, "content-length-with-transfer-encoding"),
    WrongHead(
      "two Content-Lengths that differ",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 4\r\n\r\nbody" + smuggled,
      400, "content-length-repeated"),
    WrongHead(
      "two Content-Lengths that agree",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nbody", 400, "content-length-repeated"
    ),
    WrongHead(
      "a space before a colon", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 4\r\n\r\nbody" + smuggled, 400,
      "malformed-field-name"),
    WrongHead("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "host-repeated"),
    WrongHead("a NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n", 400, "malformed-head"),
    WrongHead("a NUL in the last value", "GET / HTTP/1.1\r\nX: b\r\nHost: a\0b\r\n\r\n", 400, "malformed-head"),
    WrongHead("a NUL in the target", "GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "malformed-head"),
    // The library takes a line that begins with a colon for the end of the head.
    WrongHead(
      "an empty name", "GET / HTTP/1.1\r\nHost: a\r\n: b\r\nContent-Length: 3\r\n\r\nabc" + smuggled, 400,
      "malformed-head"),
    WrongHead("a byte above 0x80 in a name", "GET / HTTP/1.1\r\nHost: a\r\nX¤: b\r\n\r\n", 400, "malformed-field-name"),
    WrongHead(
      "a control character in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: \u{1}\r\n\r\n", 400, "malformed-field-value"),
    WrongHead("a lone CR in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: b\rc: d\r\n\r\n", 400, "malformed-field-value"),
    WrongHead("a lone LF", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400, "malformed-head"),
    WrongHead("a folded line", "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n", 400, "malformed-head"),
    WrongHead("a byte above 0x80 in the target", "GET /¤ HTTP/1.1\r\nHost: a\r\n\r\n", 400, "malformed-target"),
    WrongHead("a broken escape", "GET /a%2 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "malformed-target"),
    WrongHead("an escaped NUL", "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "malformed-target"),
    WrongHead("an escape that is not UTF-8", "GET /%FF HTTP/1.1\r\nHost: a\r\n\r\n", 400, "malformed-target"),
    WrongHead("a dot segment", "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "malformed-target"),
    WrongHead("an escaped dot segment", "GET /a/%2e%2e/b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "malformed-target"),
    WrongHead("a target without a slash", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400, "malformed-target"),
    WrongHead("a method that is no token", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "malformed-head"),
    WrongHead(
      "an unknown Transfer-Encoding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      501, "transfer-encoding-unsupported"),
    WrongHead(
      "chunked with a space behind it", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked \r\n\r\n0\r\n\r\n",
      501, "transfer-encoding-unsupported"),
    WrongHead(
      "chunked twice",
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      501, "transfer-encoding-unsupported"),
    WrongHead(
      "chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501,
      "transfer-encoding-unsupported"),
    WrongHead(
      "an unknown expectation", "GET / HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n", 417, "expectation-unsupported"),
    WrongHead("a version to come", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505, "unsupported-version"),
  ]

  @Test("refuses, says why as a problem, and closes the connection", arguments: wrongHeads)
  func refuses(head: WrongHead) throws {
    try withServer(handler: { request, reply in
      Issue.record("the handler was called for \(request.target)")
      reply.send(HTTPResponse(status: 200))
    }) { server in
      let socket = try TestSocket(port: server.port)
      socket.send(head.bytes)
      let answer = try #require(socket.receiveAll(), "the connection was not closed")
      #expect(answer.hasPrefix("HTTP/1.1 \(head.status) "), "\(answer)")
      #expect(answer.contains(#""code":"\#(head.code)""#), "\(answer)")
      #expect(answer.contains("Content-Type: application/problem+json"))
      #expect(answer.contains("Connection: close"))
      #expect(answer.components(of: "HTTP/1.1 ") == 1, "a second request was answered: \(answer)")
    }
  }

  /// The library itself answers these while it parses, in HTML; what matters is that nothing gets through.
  static let unreadableHeads = [
    "GET / HTTP/1.1\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nabcde",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nabcde",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nX\0: b\r\n\r\n",
    "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
    "GET /\r\n\r\n",
    "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}",
  ]

  @Test("lets no unreadable head through, and closes the connection", arguments: unreadableHeads)
  func closes(head: String) throws {
    try withServer(handler: { request, reply in
      Issue.record("the handler was called for \(request.target)")
      reply.send(HTTPResponse(status: 200))
    }) { server in
      let socket = try TestSocket(port: server.port)
      socket.send(head + smuggled)
      let answer = try #require(socket.receiveAll(), "the connection was not closed")
      #expect(!answer.contains(" 200 "))
    }
  }

  @Test("takes a head at the limit of its bytes and refuses one more")
  func limitsBytes() throws {
    var limits = HTTPServerLimits()
    limits.headBytes = 1_000
    try withServer(limits: limits, handler: echo) { server in
      for (size, status) in [(1_000, "200"), (1_001, "431")] {
        let start = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: "
        let socket = try TestSocket(port: server.port)
        socket.send(start + String(repeating: "x", count: size - start.utf8.count - 4) + "\r\n\r\n")
        let answer = try #require(socket.receiveAll())
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(size): \(answer)")
      }
    }
  }

  @Test("takes a head at the limit of its fields and refuses one more")
  func limitsFields() throws {
    var limits = HTTPServerLimits()
    limits.headFields = 100
    try withServer(limits: limits, handler: echo) { server in
      for (count, status) in [(100, "200"), (101, "431")] {
        let socket = try TestSocket(port: server.port)
        socket.send(
          "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + String(repeating: "a:b\r\n", count: count - 2) + "\r\n"
        )
        let answer = try #require(socket.receiveAll())
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(count): \(answer)")
      }
    }
  }

  @Test("hands over path, query and fields as they were meant")
  func hands() throws {
    try withServer(handler: { request, reply in
      let told =
        "\(request.method) \(request.path) \(request.query["tên"] ?? "-") \(request.query.values("n"))"
        + " \(request.headers["x-one"] ?? "-") \(request.headers.values("x-two")) \(request.remoteAddress)"
      reply.send(HTTPResponse(status: 200, body: Array(told.utf8)))
    }) { server in
      let socket = try TestSocket(port: server.port)
      socket.send(
        "DELETE /h%E1%BB%93/a%2Fb/?t%C3%AAn=An+B%C3%ACnh&n=1&n=2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
          + "X-One: \t giá trị \t\r\nX-Two: 1\r\nx-two:2\r\nX-Empty:\r\n\r\n")
      let answer = try #require(socket.receiveAll())
      #expect(
        answer.hasSuffix(#"DELETE ["hồ", "a/b", ""] An Bình ["1", "2"] giá trị ["1", "2"] 127.0.0.1"#), "\(answer)")
    }
  }

  @Test("serves HTTP/1.0 without Host, and closes after it")
  func servesOldVersion() throws {
    try withServer(handler: echo) { server in
      let socket = try TestSocket(port: server.port)
      socket.send("GET / HTTP/1.0\r\n\r\n")
      #expect(try #require(socket.receiveAll()).contains(" 200 "))
    }
  }
}

extension String {
  /// How often `part` occurs.
  func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
