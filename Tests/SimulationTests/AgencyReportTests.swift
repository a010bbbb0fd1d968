import HTTPKit
import ServiceKit
import Simulation
import Synchronization
import Testing
import ThreadKit
import XMLKit

@Suite("How a simulated agency reports back to the gateway")
struct AgencyReportTests {
  /// A gateway that takes every message, after refusing the first `faults` with 503.
  private final class Gateway: HTTPHandler {
    private let left: Mutex<Int>
    let received = Mailbox<HTTPRequest>()

    init(faults: Int) { left = Mutex(faults) }

    func handle(_ request: HTTPRequest, reply: HTTPReply) {
      let isFault = left.withLock { left in
        left -= 1
        return left >= 0
      }
      received.put(request)
      reply.send(HTTPResponse(status: isFault ? 503 : 202))
    }
  }

  private static let plan = AgencyPlan(steps: [
    .init(after: .milliseconds(10), handler: "A", position: "", comment: "Tiếp nhận", status: 2),
    .init(after: .milliseconds(10), handler: "B", position: "C", comment: "Đã ký", status: 9, result: "kq.pdf"),
  ])

  /// What the gateway gets after the agency has taken the sample document.
  private func reports(faults: Int, count: Int) throws -> [HTTPRequest] {
    let gateway = Gateway(faults: faults)
    let server = try HTTPServer(configuration: HTTPServerConfiguration(threads: 1), handler: gateway)
    try server.start()
    defer { server.stop() }
    var configuration = AgencyConfiguration()
    configuration.plan = Self.plan
    configuration.gateway = OutboxGateway(url: "http://127.0.0.1:\(server.port)", key: "khoa-cua-so")
    configuration.gateway?.retryMinimum = .milliseconds(20)
    let agency = try AgencySimulator(configuration: configuration)
    defer { agency.stop() }
    let response = agency.answer(
      HTTPRequest(
        method: .post, target: "", path: ["Document", "SyncDocument"], headers: ["Content-Type": "application/xml"],
        body: Array(SampleLGSP.document.utf8)))
    #expect(response.status == 200)
    var requests: [HTTPRequest] = []
    while requests.count < count {
      let next = gateway.received.takeAll(timeout: .seconds(10))
      if next.isEmpty { break }
      requests += next
    }
    return requests
  }

  @Test("The steps of the plan come in order, with the agency's key and a key of their own")
  func inOrder() throws {
    let requests = try reports(faults: 0, count: 2)
    try #require(requests.count == 2)
    #expect(requests.allSatisfy { $0.target == "/v1/messages" && $0.headers["X-Api-Key"] == "khoa-cua-so" })
    #expect(requests.allSatisfy { $0.headers["Content-Type"] == "application/xml" })
    #expect(Set(requests.compactMap { $0.headers["Idempotency-Key"] }).count == 2)

    let step = try #require(try XMLDocument(parsing: requests[0].body).root)
    #expect(step.localName == "MDocumentTraces")
    #expect(step.firstElement(named: "Status")?.text == "2")
    #expect(step.firstElement(named: "OrganizationInchargeIdLevel1")?.text == "H99.14")

    let result = try #require(try XMLDocument(parsing: requests[1].body).root)
    #expect(result.localName == "MSyncDocument")
    #expect(result.firstElement(named: "CitizenName")?.text == "Người Thử Nghiệm")
    #expect(result.firstElement(named: "IsSuccess")?.text == "true")
    #expect(result.firstElement(named: "Status")?.text == "9")
    let files = result.elements.filter { $0.isNamed("Attachments") }
    #expect(files.compactMap { $0.firstElement(named: "AttachmentId")?.text } == ["7", "8"])
    #expect(files.last?.firstElement(named: "AttachmentName")?.text == "kq.pdf")
  }

  @Test("What it reports is a document that another agency of its kind accepts")
  func wellFormed() throws {
    let requests = try reports(faults: 0, count: 2)
    try #require(requests.count == 2)
    let caller = try AgencyCaller()
    defer { caller.agency.stop() }
    #expect(try caller.synchronise(String(decoding: requests[1].body, as: UTF8.self)).status == 200)
    #expect(try caller.report(String(decoding: requests[0].body, as: UTF8.self)).status == 200)
  }

  @Test("A gateway that is busy gets the same bytes with the same key again, and nothing overtakes")
  func again() throws {
    let requests = try reports(faults: 2, count: 4)
    try #require(requests.count == 4)
    #expect(Set(requests.prefix(3).map(\.body)).count == 1)
    #expect(Set(requests.prefix(3).map { $0.headers["Idempotency-Key"] }).count == 1)
    #expect(requests[3].body != requests[0].body)
  }
}
