import CryptographyKit
import GatewayTesting
import Glibc
import HTTPKit
import JSONKit
import Testing

/// The built daemon against its own description: every documented answer is provoked or its absence is explained, and
/// no answer is undocumented.
@Suite("The v1 API is what its OpenAPI description says", .serialized, .timeLimit(.minutes(10)))
struct OpenAPIContractTests {
  private typealias Operation = OpenAPIDescription.Operation

  /// Documented answers that no request brings about, and why.
  private static let notProvoked: [Operation: [Int: String]] = [
    Operation(method: "post", path: "/v1/messages"): [500: "it takes a defect of the gateway itself"],
    Operation(method: "post", path: "/v1/lookups/{party}/{lookup}"): [
      429: "it takes more questions to one partner than may be under way; the tests of the desk bring it about"
    ],
  ]

  /// Sends requests, holds each answer against the description, and remembers which statuses came.
  private final class Examiner {
    let description: OpenAPIDescription
    private(set) var provoked: [Operation: Set<Int>] = [:]

    init() throws { description = try OpenAPIDescription() }

    /// `path` is the described path; `at` the one asked for, where they differ.
    @discardableResult
    func ask(
      _ visitor: Visitor, _ method: HTTPMethod, _ path: String, at target: String? = nil, key: String? = nil,
      headers: HTTPHeaders = [:], body: [UInt8] = [], expecting status: Int,
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> HTTPResponse {
      let operation = Operation(method: method.rawValue.lowercased(), path: path)
      let response = try #require(
        visitor.send(method, target ?? path, key: key, headers: headers, body: body), "\(operation) got no answer",
        sourceLocation: sourceLocation)
      #expect(response.status == status, "\(operation)", sourceLocation: sourceLocation)
      try examine(response, of: operation, sourceLocation: sourceLocation)
      return response
    }

    func examine(
      _ response: HTTPResponse, of operation: Operation, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      for complaint in try description.complaints(about: response, to: operation) {
        Issue.record("\(operation) \(response.status): \(complaint)", sourceLocation: sourceLocation)
      }
      provoked[operation, default: []].insert(response.status)
    }
  }

  @Test("every documented answer comes, looks as described, and none comes that is not")
  func contract() async throws {
    let examiner = try Examiner()
    try healthy(examiner)
    try await overloaded(examiner)
    try failingDisk(examiner)
    try fullDisk(examiner)
    try damagedFile(examiner)
    for (operation, documented) in examiner.description.operations {
      let excused = Set((Self.notProvoked[operation] ?? [:]).keys)
      let provoked = examiner.provoked[operation] ?? []
      #expect(documented.subtracting(provoked) == excused, "\(operation): documented and never seen")
      #expect(provoked.isDisjoint(with: excused), "\(operation): seen after all")
    }
  }

  @Test("whatever the HTTP server refuses by itself looks as described for each operation")
  func transport() throws {
    let description = try OpenAPIDescription()
    for operation in description.operations.keys {
      for refusal in HTTPRefusal.allCases {
        let complaints = try description.complaints(about: refusal.problem.response, to: operation)
        #expect(complaints.isEmpty, "\(operation) \(refusal)")
      }
    }
    let site = TestSite()
    let gateway = try GatewayInProcess(site)
    let visitor = try Visitor(port: gateway.port)
    for operation in description.operations.keys {
      let answer = try #require(visitor.send(operation.httpMethod, operation.somePath + "?x=%00"), "\(operation)")
      #expect(answer.status == 400, "\(operation)")
      #expect(try description.complaints(about: answer, to: operation).isEmpty, "\(operation)")
    }
  }

  // MARK: What a healthy gateway answers

  private func healthy(_ examiner: Examiner) throws {
    let site = TestSite()
    site.addClient()
    let register = try Self.register()
    site.addRegister(at: register.address)
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    let id = try messages(examiner, visitor)
    try partnerLookUps(examiner, visitor)
    try lookUps(examiner, visitor, message: id)
    try inbox(examiner, visitor)
    try tokens(examiner, visitor)
    try files(examiner, visitor)
    try examiner.ask(visitor, .get, "/livez", expecting: 200)
    try examiner.ask(visitor, .get, "/readyz", expecting: 200)
    try examiner.ask(visitor, .get, "/metrics", expecting: 200)
    try otherMethods(examiner, visitor)
  }

  /// A path has the described methods and no others.
  private func otherMethods(_ examiner: Examiner, _ visitor: Visitor) throws {
    for (path, operations) in Dictionary(grouping: examiner.description.operations.keys, by: \.path) {
      let answer = try #require(visitor.send(.delete, operations[0].somePath))
      #expect(answer.status == 405, "\(path)")
      let allowed = answer.headers["Allow"]?.split(separator: ",").map { $0.filter { $0 != " " }.lowercased() }
      #expect(allowed?.sorted() == operations.map(\.method).sorted(), "\(path)")
    }
    #expect(visitor.send(.get, "/v1/la")?.status == 404)
  }

  private func messages(_ examiner: Examiner, _ visitor: Visitor) throws -> String {
    let path = "/v1/messages"
    let json: HTTPHeaders = ["Content-Type": "application/json"]
    var keyed = json
    keyed["Idempotency-Key"] = "k"
    let dossier = Dossiers.json("H99.14-260101-0001")
    let taken = try examiner.ask(
      visitor, .post, path, key: TestSite.senderKey, headers: keyed, body: dossier, expecting: 202)
    let again = try examiner.ask(
      visitor, .post, path, key: TestSite.senderKey, headers: keyed, body: dossier, expecting: 202)
    #expect(again.headers["Idempotency-Replayed"] == "true")
    for (key, headers, body, status) in [
      (TestSite.senderKey, json, "{", 400), ("sai", json, "{}", 401),
      (TestSite.agencyKey, json, String(decoding: dossier, as: UTF8.self), 403),
      (TestSite.senderKey, ["Content-Type": "text/plain"], "x", 415), (TestSite.senderKey, json, "{}", 422),
      (TestSite.senderKey, json, #"{"MaHoSo":"x","MaTTHC":"y"}"#, 422), (TestSite.senderKey, keyed, "{}", 422),
      (TestSite.senderKey, ["Content-Type": "application/xml"], "<a>", 400),
    ] {
      try examiner.ask(visitor, .post, path, key: key, headers: headers, body: Array(body.utf8), expecting: status)
    }
    try examiner.ask(
      visitor, .post, path, key: TestSite.senderKey, headers: json,
      body: [UInt8](repeating: 0x20, count: 16 * 1_024 * 1_024 + 1), expecting: 413)
    return try #require(visitor.json(taken)?["id"]?.string)
  }

  private func lookUps(_ examiner: Examiner, _ visitor: Visitor, message id: String) throws {
    for (path, found, missing) in [
      ("/v1/messages/{id}", "/v1/messages/\(id)", "/v1/messages/01890000-0000-7000-8000-000000000000"),
      ("/v1/dossiers/{code}", "/v1/dossiers/H99.14-260101-0001", "/v1/dossiers/H0"),
    ] {
      for key in [TestSite.senderKey, TestSite.operatorKey, TestSite.agencyKey] {
        try examiner.ask(visitor, .get, path, at: found, key: key, expecting: 200)
      }
      try examiner.ask(visitor, .get, path, at: found, key: "so-tu-phap", expecting: 404)
      try examiner.ask(visitor, .get, path, at: missing, key: TestSite.operatorKey, expecting: 404)
      try examiner.ask(visitor, .get, path, at: found, expecting: 401)
    }
    try examiner.ask(
      visitor, .get, "/v1/messages/{id}", at: "/v1/messages/x", key: TestSite.operatorKey, expecting: 404)
  }

  /// A register that knows one business, has none of another number, and for the rest is out of order.
  private static func register() throws -> ScriptedPartner {
    try ScriptedPartner { request, _ in
      let headers: HTTPHeaders = ["Content-Type": "application/json"]
      func answer(_ status: Int, _ text: String) -> ScriptedPartner.Reaction {
        .answer(HTTPResponse(status: status, headers: headers, body: Array(text.utf8)))
      }
      switch request.query["msdn"] {
      case "0000000001":
        return answer(200, #"{"GetEntCert": [{"MaSoDoanhNghiep": "0000000001", "TenTiengViet": "CÔNG TY"}]}"#)
      case "0000000002": return answer(200, #"{"GetEntCert": []}"#)
      case "0000000003": return answer(403, "{}")
      default: return answer(500, "{}")
      }
    }
  }

  private func partnerLookUps(_ examiner: Examiner, _ visitor: Visitor) throws {
    let path = "/v1/lookups/{party}/{lookup}"
    let target = "/v1/lookups/\(TestSite.register)/chi-tiet"
    for (body, status) in [
      (#"{"msdn": "0000000001"}"#, 200), (#"{"msdn": "0000000002"}"#, 404), (#"{"msdn": "0000000003"}"#, 502),
      (#"{"msdn": "0000000004"}"#, 502), (#"{"msdn": "1"}"#, 422), (#"{"msdn": 1}"#, 422), ("{}", 422), ("[", 400),
      (#"{"msdn": "\#(String(repeating: "0", count: 16 * 1_024 - 12))"}"#, 422),
      (#"{"msdn": "\#(String(repeating: "0", count: 16 * 1_024 - 11))"}"#, 413),
    ] {
      let answer = try examiner.ask(
        visitor, .post, path, at: target, key: TestSite.senderKey, headers: ["Content-Type": "application/json"],
        body: Array(body.utf8), expecting: status)
      #expect(status != 200 || String(decoding: answer.body, as: UTF8.self).contains("<code>0000000001</code>"))
    }
    try examiner.ask(visitor, .post, path, at: target, expecting: 401)
    for other in [target + "x", "/v1/lookups/x/chi-tiet"] {
      try examiner.ask(visitor, .post, path, at: other, key: TestSite.senderKey, expecting: 403)
    }
    try examiner.ask(visitor, .post, path, at: target, key: TestSite.agencyKey, expecting: 403)
  }

  private func inbox(_ examiner: Examiner, _ visitor: Visitor) throws {
    for target in ["/v1/inbox", "/v1/inbox?limit=1", "/v1/inbox?limit=100"] {
      try examiner.ask(visitor, .get, "/v1/inbox", at: target, key: TestSite.agencyKey, expecting: 200)
    }
    for limit in ["0", "101", "x", ""] {
      try examiner.ask(
        visitor, .get, "/v1/inbox", at: "/v1/inbox?limit=\(limit)", key: TestSite.agencyKey, expecting: 400)
    }
    let empty = try examiner.ask(visitor, .get, "/v1/inbox", key: "so-tu-phap", expecting: 200)
    #expect(visitor.json(empty)?["messages"]?.count == 0)
    try examiner.ask(visitor, .get, "/v1/inbox", expecting: 401)
    let page = try examiner.ask(visitor, .get, "/v1/inbox", key: TestSite.agencyKey, expecting: 200)
    let delivery = try #require(visitor.json(page)?["messages"]?[0]?["delivery"]?.string)
    let path = "/v1/inbox/{delivery}/receipt"
    let target = "/v1/inbox/\(delivery)/receipt"
    try examiner.ask(visitor, .post, path, at: target, key: "so-tu-phap", expecting: 404)
    try examiner.ask(visitor, .post, path, at: target, expecting: 401)
    try examiner.ask(visitor, .post, path, at: target, key: TestSite.agencyKey, expecting: 204)
    try examiner.ask(visitor, .post, path, at: target, key: TestSite.agencyKey, expecting: 204)
    try examiner.ask(visitor, .post, path, at: "/v1/inbox/x/receipt", key: TestSite.agencyKey, expecting: 404)
  }

  private func tokens(_ examiner: Examiner, _ visitor: Visitor) throws {
    let form: HTTPHeaders = ["Content-Type": "application/x-www-form-urlencoded"]
    let client = "client_id=\(TestSite.clientID)&client_secret="
    let good = "grant_type=client_credentials&" + client + TestSite.clientSecret
    let answer = try examiner.ask(
      visitor, .post, "/token", headers: form, body: Array(good.utf8), expecting: 200)
    for (body, status) in [
      ("grant_type=password", 400), ("", 400), (good + "&grant_type=x", 400),
      ("grant_type=client_credentials&" + client + "sai", 401), ("grant_type=client_credentials", 401),
    ] {
      try examiner.ask(visitor, .post, "/token", headers: form, body: Array(body.utf8), expecting: status)
    }
    let token = try #require(visitor.json(answer)?["access_token"]?.string)
    try examiner.ask(
      visitor, .post, "/v1/messages",
      headers: ["Authorization": "Bearer \(token)", "Content-Type": "application/json"],
      body: Dossiers.json("H99.14-260101-0009"), expecting: 202)
  }

  private func files(_ examiner: Examiner, _ visitor: Visitor) throws {
    let bytes = Array("tệp thử".utf8)
    let key = TestSite.agencyKey
    for (method, statuses) in [(HTTPMethod.post, [201, 200]), (.put, [200])] {
      for status in statuses {
        try examiner.ask(visitor, method, "/v1/files", key: key, body: bytes, expecting: status)
      }
      let digest = "sha-256=:\(Base64.encode(SHA256.hash(bytes))):"
      try examiner.ask(
        visitor, method, "/v1/files", key: key, headers: ["Repr-Digest": digest], body: bytes, expecting: 200)
      try examiner.ask(
        visitor, method, "/v1/files", key: key, headers: ["Repr-Digest": digest], body: bytes + [1], expecting: 422)
      try examiner.ask(
        visitor, method, "/v1/files", key: key, headers: ["Repr-Digest": "md5=:x:"], body: bytes, expecting: 400)
      try examiner.ask(visitor, method, "/v1/files", body: bytes, expecting: 401)
      try examiner.ask(
        visitor, method, "/v1/files", key: key, body: [UInt8](repeating: 1, count: 8 * 1_024 * 1_024 + 1),
        expecting: 413)
    }
    try examiner.ask(visitor, .put, "/v1/files", key: key, body: bytes + [2], expecting: 201)
    let path = "/v1/files/{sha256}"
    let target = "/v1/files/\(Hexadecimal.encode(SHA256.hash(bytes)))"
    let whole = try examiner.ask(visitor, .get, path, at: target, key: key, expecting: 200)
    #expect(whole.body == bytes)
    for (range, status) in [("bytes=1-2", 206), ("bytes=-1", 206), ("bytes=1000-", 416), ("bytes=0-1,3-4", 200)] {
      try examiner.ask(visitor, .get, path, at: target, key: key, headers: ["Range": range], expecting: status)
    }
    try examiner.ask(visitor, .get, path, at: target, expecting: 401)
    try examiner.ask(visitor, .get, path, at: target + "?until=9999999999&signature=x", expecting: 403)
    try examiner.ask(visitor, .get, path, at: target, key: "so-tu-phap", expecting: 404)
    try examiner.ask(visitor, .get, path, at: "/v1/files/x", key: key, expecting: 404)
  }

  // MARK: What a gateway in trouble answers

  /// More secrets to compare than may wait: some clients are asked to come again.
  private func overloaded(_ examiner: Examiner) async throws {
    let site = TestSite()
    site.addClient()
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let port = try #require(daemon.waitUntilListening())
    var configuration = HTTPClientConfiguration.standard
    configuration.transfers = 200
    let client = try HTTPClient(configuration: configuration)
    defer { client.stop() }
    let answers = await withTaskGroup(of: HTTPClientResult.self) { group in
      for number in 0..<200 {
        let form = "grant_type=client_credentials&client_id=\(TestSite.clientID)&client_secret=sai\(number)"
        let request = HTTPClientRequest(
          method: .post, url: "http://127.0.0.1:\(port)/token",
          headers: ["Content-Type": "application/x-www-form-urlencoded"], body: Array(form.utf8))
        group.addTask { await client.send(request) }
      }
      var answers: [HTTPClientResult] = []
      for await answer in group { answers.append(answer) }
      return answers
    }
    for answer in answers {
      try examiner.examine(try #require(answer.response), of: Operation(method: "post", path: "/token"))
    }
    #expect(Set(answers.compactMap(\.response?.status)) == [401, 503])
  }

  /// Every sync fails from the twelfth on, as it does on a disk that has no room left.
  private func failingDisk(_ examiner: Examiner) throws {
    let site = TestSite()
    let first = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log0")
    let before = try Visitor(port: try #require(first.waitUntilListening()))
    #expect(before.lodge(Dossiers.json("H99.14-260101-0001"))?.status == 202)
    let page = before.json(before.send(.get, "/v1/inbox", key: TestSite.agencyKey))
    let delivery = try #require(page?["messages"]?[0]?["delivery"]?.string)
    first.process.signal(SIGTERM)
    #expect(first.process.wait() == .exited(0))
    let daemon = DaemonProcess(
      site: site.site, data: site.data, output: site.folder.path + "/log1",
      wrapper: [
        "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync", "-e",
        "inject=fdatasync,fsync:error=EIO:when=12+",
      ])
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    let isFailing = (1...20).contains { number in
      visitor.lodge(Dossiers.json("H99.14-260101-\(1_000 + number)"))?.status == 503
    }
    try #require(isFailing)
    let json: HTTPHeaders = ["Content-Type": "application/json"]
    try examiner.ask(
      visitor, .post, "/v1/messages", key: TestSite.senderKey, headers: json,
      body: Dossiers.json("H99.14-260101-0002"), expecting: 503)
    try examiner.ask(visitor, .get, "/v1/inbox", key: TestSite.agencyKey, expecting: 503)
    try examiner.ask(
      visitor, .post, "/v1/inbox/{delivery}/receipt", at: "/v1/inbox/\(delivery)/receipt", key: TestSite.agencyKey,
      expecting: 503)
    try examiner.ask(visitor, .get, "/readyz", expecting: 503)
    try examiner.ask(visitor, .get, "/livez", expecting: 200)
    daemon.process.killGroup()
  }

  /// What has to stay free is more than there is.
  private func fullDisk(_ examiner: Examiner) throws {
    let site = TestSite(reserve: "1TiB")
    let gateway = try GatewayInProcess(site)
    let visitor = try Visitor(port: gateway.port)
    for method in [HTTPMethod.post, .put] {
      try examiner.ask(visitor, method, "/v1/files", key: TestSite.agencyKey, body: [1, 2, 3], expecting: 503)
    }
  }

  /// The database file is overwritten while the gateway runs.
  private func damagedFile(_ examiner: Examiner) throws {
    let site = TestSite()
    let first = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log0")
    let before = try Visitor(port: try #require(first.waitUntilListening()))
    let id = try #require(before.json(before.lodge(Dossiers.json("H99.14-260101-0001")))?["id"]?.string)
    let file = try #require(
      before.send(.put, "/v1/files", key: TestSite.senderKey, body: [1, 2, 3])?.headers["Location"])
    first.process.signal(SIGTERM)
    #expect(first.process.wait() == .exited(0))
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log1")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    let path = site.data + "/lienthong.sqlite"
    let size = TestFiles.read(path).count
    let database = try #require(fopen(path, "r+"))
    let noise = [UInt8](repeating: 0xa5, count: size)
    #expect(fwrite(noise, 1, size, database) == size)
    fclose(database)
    try examiner.ask(visitor, .get, "/v1/files/{sha256}", at: file, key: TestSite.agencyKey, expecting: 503)
    try examiner.ask(
      visitor, .get, "/v1/messages/{id}", at: "/v1/messages/\(id)", key: TestSite.senderKey, expecting: 503)
    try examiner.ask(
      visitor, .get, "/v1/dossiers/{code}", at: "/v1/dossiers/H99.14-260101-0001", key: TestSite.senderKey,
      expecting: 503)
    daemon.process.killGroup()
  }
}
