import HTTPKit
import Synchronization
import Testing

@testable import Simulation

/// What the client makes of a server's faults: the table of the domain page §3.5.4, against a server that has them.
@Suite("The vendor's client, as the wire shows it")
struct VXPServiceTests {
  private static let good = #"{"status":"OK","ErrorCode":"0","ErrorDesc":"","DocId":"a","data":[],"count":2}"#

  private func client(
    _ answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse, _ body: (VXPService) throws -> Void
  ) throws {
    let server = try HTTPServer(
      configuration: HTTPServerConfiguration(threads: 1), handler: ClosureHandler(answering: answer))
    try server.start()
    defer { server.stop() }
    try body(VXPService(port: server.port, path: "/vxp", system: "T99.SYS", secret: "bi-mat-thu-nghiem"))
  }

  @Test("signs in the order of its hash map, which is that of the worked example")
  func order() {
    var map = JavaMap()
    // The last two share a place, in which the earlier one stays first.
    for name in ["systemid", "timestamp", "Content-Type"] { map[name] = name }
    #expect(map.all.map(\.name) == ["systemid", "timestamp", "Content-Type"])
    var other = JavaMap()
    for name in ["to", "from", "filePath", "docid", "docId"] { other[name] = name }
    #expect(other.all.map(\.name) != ["to", "from", "filePath", "docid", "docId"])
    for number in 1...20 { map["p\(number)"] = "" }
    map["systemid"] = "khac"
    #expect(map.all.count == 23 && map["systemid"] == "khac" && map["p20"] == "")
  }

  @Test("makes the request of the worked example, byte for byte")
  func example() throws {
    try client({ _ in HTTPResponse(status: 200, body: Array(Self.good.utf8)) }) { client in
      #expect(client.count(status: false)?.count == 2)
      let text = String(decoding: try #require(client.sent.first), as: UTF8.self)
      #expect(text.hasPrefix("POST /vxp/countReceiveEdoc HTTP/1.1\r\nXroadVnpt-systemid: T99.SYS\r\n"))
      #expect(text.contains("1991a3ced130f0d12675da510643e5b44a2482076b0a551046a2db9379eefdc4"))
      #expect(text.hasSuffix("\r\n\r\n{}") && client.gotInterimAnswer == true)
    }
  }

  @Test(
    "takes what it cannot read for an unknown outcome, an empty list or a document, as the page says",
    arguments: [
      (200, "<html>Bad Gateway</html>", true, true), (503, "Service Unavailable", true, true),
      (200, "{\"status\":", true, true), (401, "Unauthorized", false, false), (200, "[]", false, false),
      (200, "null", false, false), (200, #"{"status":"OK","ErrorCode":"0"}"#, false, false),
      (200, #"{"status":"OK","ErrorCode":"0","ErrorDesc":null,"DocId":"a"}"#, false, false),
    ])
  func faults(status: Int, body: String, isNothing: Bool, isEmptyList: Bool) throws {
    try client({ _ in HTTPResponse(status: status, body: Array(body.utf8)) }) { client in
      let unknown: VXPResult? = isNothing ? nil : VXPResult()
      #expect(client.sendEdoc([1], from: "a") == unknown)
      #expect(client.updateStatus("a", "done") == unknown && client.getEdoc("a") == unknown)
      let list = client.getReceivedEdocList()
      #expect(isEmptyList ? list?.items == [] && list?.code == "0" : list == VXPResult(), "\(String(describing: list))")
      #expect(client.downloadEdoc("a").file == Array(body.utf8), "whatever it is, it is stored as the document")
    }
  }

  @Test("needs DocId of sendEdoc, data without null, and reads ASCII where files are sent")
  func needs() throws {
    try client({ _ in
      HTTPResponse(
        status: 200,
        body: Array(#"{"status":"FAIL","ErrorCode":10,"ErrorDesc":"Lỗi","DocId":"","data":[{"docId":null}]}"#.utf8))
    }) { client in
      let sent = try #require(client.sendEdoc([1], from: "a"))
      #expect(sent.code == "10" && sent.docID == "" && sent.description?.contains("ỗ") == false)
      #expect(client.updateStatus("a", "done")?.description == "Lỗi")
    }
    try client({ _ in
      HTTPResponse(
        status: 200, body: Array(#"{"status":"OK","ErrorCode":"0","ErrorDesc":"","data":[{"docId":null}]}"#.utf8))
    }) { client in
      #expect(client.getReceivedEdocList()?.items == nil)
      #expect(client.sendEdoc([1], from: "a") == VXPResult(), "DocId is missing")
    }
    try client({ _ in HTTPResponse(status: 500) }) { client in
      #expect(client.downloadEdoc("a").code == "100" && client.sendEdoc([1], from: "a") == nil)
    }
  }

  @Test("repeats a cut call byte for byte: a file once, other calls twice; and carries on what it said before")
  func repetition() throws {
    let bodies = Mutex<[[UInt8]]>([])
    try client({ request in
      bodies.withLock { $0.append(request.body) }
      return HTTPResponse(status: 200, body: Array(Self.good.utf8))
    }) { client in
      client.cuts = [.beforeAnswer]
      #expect(client.sendEdoc(Array("abc".utf8), from: "a", to: ["b"])?.docID == "a")
      #expect(client.sent.count == 2 && client.sent[0] == client.sent[1])
      #expect(bodies.withLock { $0.last } == Array("abc\r\n".utf8))
      client.cuts = [.beforeAnswer, .beforeAnswer]
      #expect(client.sendEdoc(Array("abc".utf8), from: "a") == nil && client.sent.count == 4)
      client.cuts = [.beforeAnswer, .beforeAnswer]
      #expect(client.getReceivedEdocList()?.items == [] && client.sent.count == 7)
      let last = String(decoding: try #require(client.sent.last), as: UTF8.self)
      #expect(last.contains("XroadVnpt-to: [\"b\"]\r\n") && last.contains("XroadVnpt-hash-file: ba7816bf8f1cfea"))
    }
  }
}
