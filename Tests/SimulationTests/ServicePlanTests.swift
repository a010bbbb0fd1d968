import DocumentKit
import GatewayTesting
import ServiceKit
import Simulation
import Synchronization
import Testing

@testable import HTTPKit

@Suite("What a simulated service does by itself", .timeLimit(.minutes(1)))
struct ServicePlanTests {
  private static let root = TestFiles.projectRoot
  private static let service = """
    simulator: thu
    title: Dịch vụ thử
    boxes: { ket-qua: { dossier: code } }
    calls: { path: /callbacks/thu, names: [KetThuc], taken: "Result = 1" }
    operations:
      ho-so:
        path: /ho-so
        dossier: code
        takes: new
        again: lan
        answers: { accepted: {}, alreadyThere: {}, invalid: {}, refused: {} }
      hoi:
        path: /hoi
        gives: { box: ket-qua }
        answers: { listed: { json: "{items}" } }
    """

  private static func description() throws -> ServiceDescription {
    try ServiceDescription(YAMLDocument(parsing: Array(service.utf8), file: "thu.yaml"))
  }

  private static func plan(_ text: String) throws -> ServicePlan {
    try ServicePlan(YAMLDocument(parsing: Array(text.utf8), file: "ke-hoach.yaml"), of: description())
  }

  private static func request(_ path: String, _ body: String) -> HTTPRequest {
    HTTPRequest(
      method: .post, target: "/" + path, path: [path], headers: ["Content-Type": "application/json"],
      body: Array(body.utf8))
  }

  @Test("each step takes the place of the one before in the box, with what it read of the dossier")
  func holds() throws {
    let plan = try Self.plan(
      """
      ho-so:
        reads: { unit: donVi }
        steps:
          - { after: 0s, into: ket-qua, json: { code: "{dossier}", unit: "{unit}", status: "3" } }
          - { after: 20ms, into: ket-qua, json: { code: "{dossier}", unit: "{unit}", status: "4", on: "{now.day}" } }
      """)
    let service = try ServiceSimulator(Self.description(), schemas: Self.root + "/Schemas", plan: plan)
    defer { service.stop() }
    _ = service.answer(Self.request("ho-so", #"{"code": "A1", "donVi": "14758"}"#))
    func list() -> String { String(decoding: service.answer(Self.request("hoi", "{}")).body, as: UTF8.self) }
    func scheduled() -> Int { service.journal.events.count { $0.name == .messageScheduled } }
    #expect(Patience.until { list().contains("\"4\"") && scheduled() == 2 })
    #expect(list().contains("14758") && !list().contains("\"3\"") && service.items == 1, "\(list())")
    // It comes again: taken before, nothing begins anew.
    _ = service.answer(Self.request("ho-so", #"{"code": "A1", "donVi": "1"}"#))
    #expect(scheduled() == 2)
  }

  @Test(
    "a dossier for which papers were asked is taken again, as often as the plan has rounds, and each has its own steps")
  func again() throws {
    let plan = try Self.plan(
      """
      ho-so:
        steps: [{ after: 0s, into: ket-qua, json: { code: "{dossier}", status: "2" } }]
        again:
          - steps: [{ after: 0s, into: ket-qua, json: { code: "{dossier}", status: "4" } }]
      """)
    let service = try ServiceSimulator(Self.description(), schemas: Self.root + "/Schemas", plan: plan)
    defer { service.stop() }
    func list() -> String { String(decoding: service.answer(Self.request("hoi", "{}")).body, as: UTF8.self) }
    func taken() -> Int { service.journal.messages.count { $0.subject == "ho-so" && $0.outcome == .accepted } }
    for status in ["2", "4"] {
      _ = service.answer(Self.request("ho-so", #"{"code": "A1"}"#))
      #expect(Patience.until { list().contains("\"\(status)\"") }, "\(list())")
    }
    _ = service.answer(Self.request("ho-so", #"{"code": "A1"}"#))
    #expect(taken() == 2 && service.items == 1)
  }

  @Test("a report goes to the gateway in its form and with its key, again until it is taken, and the next one after it")
  func reports() throws {
    let bodies = Mutex<[String]>([])
    let gateway = try ScriptedPartner { request, number in
      bodies.withLock { $0.append(String(decoding: request.body, as: UTF8.self)) }
      let isRight =
        request.path == ["v1", "messages"] && request.headers["X-Api-Key"] == "khoa"
        && request.headers["Content-Type"] == "application/xml"
      return .answer(HTTPResponse(status: !isRight ? 401 : number == 1 ? 503 : 202))
    }
    let plan = try Self.plan(
      """
      ho-so:
        steps:
          - { after: 0s, report: { contentType: application/xml, text: "<a>{dossier} {now}</a>" } }
          - { after: 0s, report: { contentType: application/xml, text: "<b>{dossier} {now.local}</b>" } }
      """)
    var address = OutboxGateway(url: gateway.address, key: "khoa")
    address.retryMinimum = .milliseconds(10)
    let service = try ServiceSimulator(
      Self.description(), schemas: Self.root + "/Schemas", plan: plan, gateway: address)
    defer { service.stop() }
    _ = service.answer(Self.request("ho-so", #"{"code": "A1"}"#))
    #expect(Patience.until { service.journal.events.count { $0.name == .messageAccepted } == 2 })
    let came = bodies.withLock { $0 }
    #expect(came.count == 3 && came[0] == came[1] && came[0].hasPrefix("<a>A1 20") && came[2].hasPrefix("<b>A1 "))
  }

  @Test(
    "a call goes the partner's own way with its key in it, after what was said before, and is taken where the answer says so"
  )
  func calls() throws {
    let came = Mutex<[String]>([])
    let gateway = try ScriptedPartner { request, number in
      came.withLock {
        $0.append("\(request.path.joined(separator: "/")) \(String(decoding: request.body, as: UTF8.self))")
      }
      guard number > 1 else { return .answer(HTTPResponse(status: 503)) }
      let result = number == 3 ? 0 : 1
      return .answer(HTTPResponse(status: 200, body: Array(#"{"Result": \#(result), "Message": ""}"#.utf8)))
    }
    let plan = try Self.plan(
      """
      ho-so:
        steps:
          - { after: 0s, call: KetThuc, json: { SoBienNhan: "{dossier}", Lan: 1, SecurityCode: "{key}" } }
          - { after: 0s, call: KetThuc, json: { SoBienNhan: "{dossier}", Lan: 2 } }
          - { after: 0s, call: KetThuc, json: { SoBienNhan: "{dossier}", Luc: "{now.utc}" } }
      """)
    var address = OutboxGateway(url: gateway.address, key: "khoa")
    address.retryMinimum = .milliseconds(10)
    let service = try ServiceSimulator(
      Self.description(), schemas: Self.root + "/Schemas", plan: plan, gateway: address)
    defer { service.stop() }
    _ = service.answer(Self.request("ho-so", #"{"code": "A1"}"#))
    func count(_ name: SimulatorEvent.Name) -> Int { service.journal.events.count { $0.name == name } }
    #expect(Patience.until { count(.messageAccepted) + count(.messageRefused) == 3 })
    #expect(count(.messageAccepted) == 2 && count(.messageRefused) == 1, "the second is refused and not sent again")
    let calls = came.withLock { $0 }
    #expect(calls.count == 4 && calls.allSatisfy { $0.hasPrefix("callbacks/thu/KetThuc ") })
    #expect(calls[0] == calls[1] && calls[0].contains("\"khoa\"") && calls[3].contains("Z\""), "\(calls)")
  }

  @Test("a step is carried out for the documents it is for; a dossier that comes to be done again is taken again, once")
  func conditions() throws {
    let plan = try Self.plan(
      """
      ho-so:
        steps:
          - { after: 0s, when: not(lan), into: ket-qua, json: { code: "{dossier}", status: lần một } }
          - { after: 0s, when: lan, into: ket-qua, json: { code: "{dossier}", status: lần sau } }
      """)
    let service = try ServiceSimulator(Self.description(), schemas: Self.root + "/Schemas", plan: plan)
    defer { service.stop() }
    func held() -> Int { service.journal.events.count { $0.name == .messageScheduled } }
    func list() -> String { String(decoding: service.answer(Self.request("hoi", "{}")).body, as: UTF8.self) }
    _ = service.answer(Self.request("ho-so", #"{"code": "A1"}"#))
    #expect(Patience.until { held() == 1 } && list().contains("lần một"))
    for _ in 1...2 { _ = service.answer(Self.request("ho-so", #"{"code": "A1", "lan": "2"}"#)) }
    #expect(Patience.until { held() == 2 } && list().contains("lần sau"))
    let outcomes = service.journal.messages.filter { $0.subject == "ho-so" }.map(\.outcome)
    #expect(outcomes == [.accepted, .accepted, .alreadyThere])
  }

  @Test("a plan for what the service does not take, or into a box that it does not have, is refused with its place")
  func refused() throws {
    for (text, complaint) in [
      ("hoi: { steps: [] }", "takes nothing by ‘hoi’"), ("gi: { steps: [] }", "takes nothing by ‘gi’"),
      ("ho-so: { steps: [{ after: 1s, into: khac, json: {} }] }", "there is no box ‘khac’"),
      ("ho-so: { steps: [{ after: 1s, into: ket-qua, report: { json: {} } }] }", "one thing"),
      ("ho-so: { steps: [{ after: 1s, call: ChoBoSung, json: {} }] }", "it makes no call ‘ChoBoSung’"),
    ] {
      let error = try #require(throws: ConfigurationErrors.self) { try Self.plan(text) }
      #expect(error.description.contains(complaint) && error.description.contains("ke-hoach.yaml:1:"), "\(error)")
    }
  }

  @Test(
    "the demo's plans are for the partners' shipped simulators",
    arguments: [
      ("ho-tich", "hotich"), ("cong-an", "cu-tru"), ("bhxh", "bhxh"), ("dat-dai", "vbdlis"), ("thue-dat-dai", "thue"),
      ("mot-cua-dat-dai", "rest"),
    ])
  func shipped(plan: String, service: String) throws {
    let description = try ServiceDescription(
      YAMLDocument(contentsOf: "\(Self.root)/Deploy/simulators/\(service).yaml"))
    let read = try ServicePlan(YAMLDocument(contentsOf: "\(Self.root)/Deploy/demo/plans/\(plan).yaml"), of: description)
    #expect(!read.courses.isEmpty && read.courses.values.allSatisfy { !$0.rounds[0].isEmpty })
  }

  @Test("a document is handed in at /_simulator/boxes; a box that is not there is not found")
  func handedIn() throws {
    let server = try SimulatorServer(partner: ServiceSimulator(Self.description(), schemas: Self.root + "/Schemas"))
    let client = try HTTPClient()
    defer {
      client.stop()
      server.stop()
    }
    func status(_ box: String) -> Int? {
      let request = HTTPClientRequest(
        method: .post, url: "\(server.url)/_simulator/boxes/\(box)", body: Array(#"{"code": "A1"}"#.utf8))
      guard case .response(let response, _) = client.sendBlocking(request) else { return nil }
      return response.status
    }
    #expect(status("ket-qua") == 204)
    #expect(status("khac") == 404)
    let shown = client.sendBlocking(HTTPClientRequest(method: .get, url: "\(server.url)/_simulator/boxes/ket-qua"))
    guard case .response(let response, _) = shown else { return }
    #expect(String(decoding: response.body, as: UTF8.self).contains("A1"))
  }
}
