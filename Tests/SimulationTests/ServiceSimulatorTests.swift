import CryptographyKit
import DocumentKit
import FileKit
import GatewayTesting
import JSONKit
import ServiceKit
import Simulation
import Testing
import Validation

@testable import HTTPKit

@Suite("A partner that a file describes")
struct ServiceSimulatorTests {
  private static let root = TestFiles.projectRoot
  private static let files = FolderListing.files(in: root + "/Deploy/simulators", ending: ".yaml")

  private static let service = """
    simulator: thu
    title: Dịch vụ thử
    secrets: { user: ten, password: mat-khau }
    door:
      ticket: { at: session }
      refused: { status: 200, json: { code: 9, message: hết phiên } }
    login:
      path: /login
      json: { user: "{secrets.user}", password: "{secrets.password}" }
      given: { json: { session: "{ticket}" } }
      refused: { status: 401, text: sai }
    answers:
      invalid: { status: 422, json: { code: 2, message: "{complaint}" } }
      refused: { json: { code: 3 } }
    operations:
      create:
        path: /create
        query: { update: "0" }
        headers: { X-Kenh: lt }
        document: { at: data, as: json, base64: true, schema: vnpost/1/huy-don-hang.request.schema.json }
        dossier: orderNumber
        takes: new
        rules: [{ when: "customerCode = 'KHOA'", answer: locked }]
        answers:
          accepted: { json: { code: 0, number: "{number}" } }
          alreadyThere: { json: { code: 1, message: "{dossier} đã có" } }
          locked: { json: { code: 4, message: đã khóa } }
      update:
        path: /create
        query: { update: "1" }
        dossier: orderNumber
        takes: known
        answers: { accepted: { json: { code: 0 } }, unknown: { json: { code: 5 } } }
    """

  private func simulator(_ text: String = service) throws -> ServiceSimulator {
    try ServiceSimulator(
      ServiceDescription(YAMLDocument(parsing: Array(text.utf8), file: "thu.yaml")), schemas: Self.root + "/Schemas")
  }

  private func post(
    _ simulator: ServiceSimulator, _ path: String, _ body: String, update: String? = nil, channel: String? = "lt"
  ) throws -> (status: Int, body: JSONValue) {
    var headers: HTTPHeaders = ["Content-Type": "application/json"]
    if let channel { headers["X-Kenh"] = channel }
    let server = try SimulatorServer(partner: simulator)
    let client = try HTTPClient()
    defer {
      client.stop()
      server.stop()
    }
    let query = update.map { "?update=\($0)" } ?? ""
    let request = HTTPClientRequest(
      method: .post, url: "\(server.url)/\(path)\(query)", headers: headers, body: Array(body.utf8))
    guard case .response(let answer, _) = client.sendBlocking(request) else { throw NoAnswer() }
    return (answer.status, try (try? JSONDocument(parsing: answer.body).root) ?? JSONDocument(parsing: "null").root)
  }

  private struct NoAnswer: Error {}

  private func session(_ simulator: ServiceSimulator) throws -> String {
    try #require(
      try post(simulator, "login", #"{"user": "ten", "password": "mat-khau"}"#).body["session"]?.string)
  }

  /// `{"customerCode": CUSTOMER, "orderNumber": "H99.1-1"}` in base64.
  private func order(_ customer: String = "KH1", session: String) -> String {
    let document = "{\"customerCode\": \"\(customer)\", \"orderNumber\": \"H99.1-1\"}"
    return "{\"session\": \"\(session)\", \"data\": \"\(Base64.encode(Array(document.utf8)))\"}"
  }

  @Test("who does not know the password, or shows no session, is not let in; a session that was forgotten is none")
  func door() throws {
    let simulator = try simulator()
    #expect(try post(simulator, "login", #"{"user": "ten", "password": "khac"}"#).status == 401)
    #expect(try post(simulator, "create", order(session: "x"), update: "0").body["code"]?.integer == 9)
    let session = try session(simulator)
    #expect(try post(simulator, "create", order(session: session), update: "0").body["code"]?.integer == 0)
    simulator.forgetSessions()
    #expect(try post(simulator, "create", order(session: session), update: "0").body["code"]?.integer == 9)
    #expect(simulator.logins == 1)
  }

  @Test("a new dossier is taken once, a known one can be updated, and each answer is in the file's words")
  func dossiers() throws {
    let simulator = try simulator()
    let session = try session(simulator)
    let update = "{\"session\": \"\(session)\", \"orderNumber\": \"H99.1-1\"}"
    #expect(try post(simulator, "create", update, update: "1").body["code"]?.integer == 5)
    let taken = try post(simulator, "create", order(session: session), update: "0").body
    #expect(taken["code"]?.integer == 0 && taken["number"]?.string == "1")
    let again = try post(simulator, "create", order(session: session), update: "0").body
    #expect(again["message"]?.string == "H99.1-1 đã có")
    #expect(try post(simulator, "create", update, update: "1").body["code"]?.integer == 0)
    #expect(try post(simulator, "create", order("KHOA", session: session), update: "0").body["code"]?.integer == 4)
    #expect(
      simulator.journal.messages.map(\.outcome) == [.refused, .accepted, .alreadyThere, .accepted, .refused])
    #expect(
      simulator.journal.messages[1].body == Array("{\"customerCode\": \"KH1\", \"orderNumber\": \"H99.1-1\"}".utf8))
  }

  @Test("what breaks the schema, has no document or comes without its field is complained about, not taken")
  func strict() throws {
    let simulator = try simulator()
    let session = try session(simulator)
    let bodies = [
      "{\"session\": \"\(session)\", \"data\": \"\(Base64.encode(Array("{\"orderNumber\": 7}".utf8)))\"}",
      "{\"session\": \"\(session)\", \"data\": \"%%\"}", "{\"session\": \"\(session)\"}",
    ]
    for body in bodies {
      let answer = try post(simulator, "create", body, update: "0")
      #expect(answer.status == 422 && answer.body["message"]?.string?.isEmpty == false, "\(body)")
    }
    #expect(try post(simulator, "create", order(session: session), update: "0", channel: nil).status == 422)
    #expect(try post(simulator, "create", order(session: session), update: "2").status == 405)
    #expect(try post(simulator, "khac", "{}").status == 404)
  }

  @Test("a file that names no answer for what can happen is refused, with its place")
  func incomplete() throws {
    let text = Self.service.replacing("alreadyThere: { json", with: "alreadyHere: { json")
    let error = try #require(throws: ConfigurationErrors.self) { try simulator(text) }
    #expect(error.description.contains("alreadyThere") && error.description.contains("thu.yaml:"))
  }

  /// The form in which a partner's answers are known, for those partners where it is.
  private static let forms = [
    "hotich": "hotich/1/tra-loi", "vbdlis": "vbdlis/1/tra-loi", "vnpost": "vnpost/1/tra-loi",
    "btxh": "btxh/1/tra-loi",
  ]

  /// The same for what they hand out.
  private static let lists = [
    "hotich": "hotich/1/tra-cuu-ket-qua.response", "vnpost": "vnpost/1/hanh-trinh.response",
    "dvclt": "dvclt/1/danh-sach.response", "lltp": "lltp/1/tra-cuu-ket-qua.response",
  ]

  @Test("a list that is handed out has the form in which the partner's is known", arguments: lists.keys.sorted())
  func handedOut(name: String) throws {
    let description = try ServiceDescription(YAMLDocument(contentsOf: Self.root + "/Deploy/simulators/\(name).yaml"))
    let simulator = try ServiceSimulator(description, schemas: Self.root + "/Schemas")
    let schema = try JSONSchemaFile.compile(Self.root + "/Schemas/\(Self.lists[name] ?? "").schema.json")
    let operation = try #require(description.operations.first { $0.gives != nil && $0.gives?.one == nil })
    #expect(!simulator.put([], into: "khác"))
    for answer in ["listed", "none"] {
      guard let response = operation.answers[answer]?.response(["dossier": "H1"], values: ["items": Array("[]".utf8)])
      else { continue }
      #expect(schema.accepts(try JSONDocument(parsing: response.body).root), "\(answer)")
    }
  }

  @Test("what is in a box is handed out by cursor, in pages, by code, by time, one by one, until it is taken out")
  func boxes() throws {
    let text = """
      simulator: thu
      title: Thử
      boxes: { thu: { dossier: ma, id: so } }
      operations:
        sau: { method: GET, path: /sau, gives: { box: thu, after: { query: sau }, page: { query: p }, size: { query: n } }, answers: { listed: { json: { ds: "{items}" } } } }
        ngay: { method: GET, path: /ngay, gives: { box: thu, from: { query: tu }, until: { query: den } }, answers: { listed: { json: "{items}" }, none: { text: không } } }
        ma: { path: /ma, gives: { box: thu, dossiers: { at: ma }, entry: { json: { ten: "{dossier} {number}", vb: "{document.base64}" } } }, answers: { listed: { json: "{items}" } } }
        mot: { method: GET, path: "/mot/{so}", gives: { box: thu, one: { path: so } }, answers: { given: { json: "{document}" }, unknown: { status: 404 } } }
        xong: { path: "/xong/{so}", gives: { box: thu, one: { path: so }, removes: true }, answers: { given: { status: 204 }, unknown: { status: 404 } } }

      """
    let time = ManualTimeSource()
    let simulator = try ServiceSimulator(
      ServiceDescription(YAMLDocument(parsing: text, file: "thu.yaml")), schemas: Self.root + "/Schemas", time: time)
    for number in [10, 9, 11] {
      #expect(simulator.put(Array("{\"ma\":\"H\(number)\",\"so\":\(number)}".utf8), into: "thu"))
      time.advance(by: .seconds(86_400))
    }
    func ask(_ method: HTTPMethod, _ path: [String], _ query: String = "", _ body: String = "") throws -> (Int, String)
    {
      let answer = simulator.answer(
        HTTPRequest(
          method: method, target: "/", path: path, query: try #require(HTTPQuery(parsing: Array(query.utf8)[...])),
          headers: [:], body: Array(body.utf8)))
      return (answer.status, String(decoding: answer.body, as: UTF8.self))
    }
    #expect(try ask(.get, ["sau"], "sau=9").1 == #"{"ds":[{"ma":"H10","so":10},{"ma":"H11","so":11}]}"#)
    #expect(try ask(.get, ["sau"], "sau=0&n=2&p=2").1 == #"{"ds":[{"ma":"H11","so":11}]}"#)
    #expect(try ask(.get, ["sau"], "sau=11").1 == #"{"ds":[]}"#)
    let second = String((time.now() - .seconds(2 * 86_400)).rfc3339(offset: .vietnam).prefix(10))
    #expect(try ask(.get, ["ngay"], "tu=\(second)&den=\(second)").1 == #"[{"ma":"H9","so":9}]"#)
    #expect(try ask(.get, ["ngay"], "tu=2999-01-01").1 == "không")
    #expect(
      try ask(.post, ["ma"], "", #"{"ma": ["H9", "H8"]}"#).1
        == #"[{"ten":"H9 2","vb":"eyJtYSI6Ikg5Iiwic28iOjl9"}]"#)
    #expect(try ask(.get, ["mot", "9"]).1 == #"{"ma":"H9","so":9}"# && ask(.get, ["mot", "7"]).0 == 404)
    #expect(try ask(.post, ["xong", "9"]).0 == 204 && ask(.post, ["xong", "9"]).0 == 404)
    #expect(try ask(.get, ["sau"], "sau=0").1 == #"{"ds":[{"ma":"H10","so":10},{"ma":"H11","so":11}]}"#)
  }

  @Test("every shipped file is read, and its answers have the form in which the partner's are known", arguments: files)
  func shipped(path: String) throws {
    let description = try ServiceDescription(YAMLDocument(contentsOf: path))
    #expect(path.hasSuffix("/\(description.name).yaml"))
    _ = try ServiceSimulator(description, schemas: Self.root + "/Schemas")
    guard let form = Self.forms[description.name] else { return }
    let schema = try JSONSchemaFile.compile(Self.root + "/Schemas/\(form).schema.json")
    for operation in description.operations where operation.gives == nil {
      for (name, answer) in operation.answers {
        let body = try JSONDocument(parsing: answer.response(["dossier": "H1", "number": "1"]).body).root
        #expect(schema.accepts(body), "\(operation.name) \(name)")
      }
    }
  }
}
