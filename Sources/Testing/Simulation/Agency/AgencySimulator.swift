import CryptographyKit
package import HTTPKit
import JSONKit
package import ServiceKit
import Synchronization
import XMLKit

/// An agency that speaks OpenCPS LGSP XML: it takes documents and steps, and reports back to the gateway by a plan.
///
/// It is a strict partner: it checks on its own what it gets and answers `MResult` with a status other than 200 and a
/// sentence that names the element and never repeats its value. Callers without a right are answered 401. A dossier that
/// comes again replaces the former one; the same delivery (`Idempotency-Key`) again is answered as before.
package final class AgencySimulator: SimulatedPartner {
  private struct State: Sendable {
    var dossiers: [String: AgencyDossier] = [:]
    var order: [String] = []
    var keysSeen: Set<String> = []
    var lastReport = 0
  }

  /// What becomes of a request, before it is written down.
  private struct Verdict {
    var outcome: ReceivedMessage.Outcome
    var result: AgencyResult
  }

  package let configuration: AgencyConfiguration
  package let journal: SimulatorJournal
  private let time: any TimeSource
  private let doorkeeper: AgencyDoorkeeper
  private let outbox: GatewayOutbox?
  private let delays: DelayLine
  private let keys = UUIDv7Generator()
  private let state = Mutex(State())

  /// Dossiers at most.
  private static let dossierLimit = 100_000

  /// Throws when the reports' way to the gateway cannot be made.
  package init(
    configuration: AgencyConfiguration, time: any TimeSource = SystemTimeSource(), journal: SimulatorJournal? = nil
  ) throws {
    let journal = journal ?? SimulatorJournal(time: time)
    self.configuration = configuration
    self.time = time
    self.journal = journal
    doorkeeper = AgencyDoorkeeper(configuration: configuration, time: time)
    outbox = try configuration.gateway.map { try GatewayOutbox(gateway: $0, journal: journal, time: time) }
    delays = DelayLine(name: "plan", time: time)
  }

  /// Reports nothing more. What the gateway has not accepted stays unsent.
  package func stop() {
    delays.stop()
    outbox?.stop()
  }

  package func answer(_ request: HTTPRequest) -> HTTPResponse {
    guard let operation = AgencyOperation(path: request.path) else { return .notFound }
    guard request.method == .post else { return .methodNotAllowed("POST") }
    if operation == .token { return token(request) }
    guard doorkeeper.letsIn(request) else {
      journal.note(.callerRefused)
      return Self.unauthorised
    }
    let verdict = take(operation, request)
    journal.keep(operation.rawValue, body: request.body, outcome: verdict.outcome)
    return Self.response(verdict.result)
  }

  package func know(dossier code: String) {
    state.withLock { state in
      guard state.dossiers[code] == nil else { return }
      state.dossiers[code] = AgencyDossier(code: code, procedure: "", status: "", document: [])
      state.order.append(code)
    }
  }

  package func forgetSessions() { doorkeeper.forgetTokens() }

  package func refusal(of request: HTTPRequest) -> HTTPResponse {
    journal.keep("refuse", body: request.body, outcome: .unread)
    return Self.response(.refused("Đơn vị từ chối tiếp nhận hồ sơ"))
  }

  package func repetition(of request: HTTPRequest) -> HTTPResponse {
    journal.keep("duplicate", body: request.body, outcome: .unread)
    return Self.response(.alreadyThere)
  }

  package func show(_ path: [String], _ request: HTTPRequest) -> HTTPResponse? {
    guard path.first == "dossiers", path.count <= 2 else { return nil }
    let dossiers = state.withLock { state in state.order.compactMap { state.dossiers[$0] } }
    if path.count == 2 {
      guard let dossier = dossiers.first(where: { $0.code == path[1] }) else { return nil }
      return .json(indent: 2) { dossier.write(outbox?.counts(of: dossier.code) ?? .init(), to: &$0) }
    }
    return .json(indent: 2) { writer in
      writer.beginObject()
      writer.name("dossiers")
      writer.beginArray()
      for dossier in dossiers { dossier.write(outbox?.counts(of: dossier.code) ?? .init(), to: &writer) }
      writer.endArray()
      writer.endObject()
    }
  }

  // MARK: What comes in

  private func token(_ request: HTTPRequest) -> HTTPResponse {
    guard let answer = doorkeeper.token(request) else {
      journal.note(.callerRefused)
      return Self.unauthorised
    }
    journal.note(.tokenIssued)
    return answer
  }

  private func take(_ operation: AgencyOperation, _ request: HTTPRequest) -> Verdict {
    let contentType = request.headers["Content-Type"]?.split(separator: ";").first?.lowercased()
    guard contentType == "application/xml" || contentType == "text/xml" else {
      return refuse("Content-Type phải là application/xml", reason: "content-type")
    }
    guard let document = try? XMLDocument(parsing: request.body), let root = document.root else {
      return refuse("Dữ liệu không phải là XML đúng cú pháp", reason: "not-xml")
    }
    guard root.localName == operation.rootName else {
      return refuse("Phần tử gốc phải là \(operation.rootName)", reason: "root")
    }
    let complaints = AgencyChecker.complaints(about: root, against: operation.format)
    guard complaints.isEmpty else { return refuse(complaints) }
    let key = request.headers["Idempotency-Key"]
    if let key, state.withLock({ $0.keysSeen.contains(key) }) {
      journal.note(.documentRepeated, .dossier(Self.text("DocCode", of: root)))
      return Verdict(outcome: .alreadyThere, result: .accepted("Hồ sơ đã được tiếp nhận"))
    }
    let verdict =
      switch operation {
      case .document: takeDocument(root, request.body)
      case .statistic: takeStatistic(root)
      case .traces, .token: takeTraces(root)
      }
    // What was refused may come again with the same key.
    if let key, verdict.outcome == .accepted { state.withLock { _ = $0.keysSeen.insert(key) } }
    return verdict
  }

  private func takeDocument(_ root: XMLNode, _ body: [UInt8]) -> Verdict {
    let code = Self.text("DocCode", of: root)
    let dossier = AgencyDossier(
      code: code, procedure: Self.text("DocTypeCode", of: root), status: Self.text("Status", of: root), document: body)
    let isNew: Bool? = state.withLock { state in
      guard let known = state.dossiers[code] else {
        guard state.dossiers.count < Self.dossierLimit else { return nil }
        state.dossiers[code] = dossier
        state.order.append(code)
        return true
      }
      state.dossiers[code] = dossier
      state.dossiers[code]?.documents = known.documents + 1
      state.dossiers[code]?.traces = known.traces
      return false
    }
    guard let isNew else { return refuse("Đơn vị mô phỏng đã đầy", reason: "full") }
    journal.note(.documentAccepted, .dossier(code), .procedure(dossier.procedure), .status(dossier.status))
    if isNew { follow(configuration.plan, dossier: code) }
    return Verdict(outcome: .accepted, result: .accepted())
  }

  private func takeTraces(_ root: XMLNode) -> Verdict {
    let code = Self.text("DocCode", of: root)
    let isKnown = state.withLock { state in
      state.dossiers[code]?.traces += 1
      return state.dossiers[code] != nil
    }
    guard isKnown else { return refuse("Hồ sơ không tồn tại", reason: "unknown-dossier") }
    journal.note(.progressAdded, .dossier(code), .status(Self.text("Status", of: root)))
    return Verdict(outcome: .accepted, result: .accepted())
  }

  /// Figures that do not balance are refused: an LGSP that publishes them would publish nonsense.
  private func takeStatistic(_ root: XMLNode) -> Verdict {
    func figure(_ name: String) -> Int { Int(Self.text(name, of: root)) ?? 0 }
    let total = figure("Total")
    guard total == figure("NewReception") + figure("PreExtisting"),
      total == figure("TotalSolved") + figure("TotalPending"),
      figure("TotalSolved") == figure("SolvedInTime") + figure("SolvedLate"),
      figure("TotalPending") == figure("Pending") + figure("PendingLate")
    else { return refuse("Số liệu không cân đối", reason: "figures") }
    journal.note(.documentAccepted, .kind("statistic"))
    return Verdict(outcome: .accepted, result: .accepted())
  }

  private func refuse(_ message: String, reason: StaticString) -> Verdict {
    journal.note(.documentRefused, .reason(reason))
    return Verdict(outcome: .refused, result: .refused(message))
  }

  private static let complaintsTold = 8

  private func refuse(_ complaints: [AgencyComplaint]) -> Verdict {
    let told = complaints.prefix(Self.complaintsTold)
    for complaint in told { journal.note(.fieldRefused, .place(complaint.path), .status(complaint.rule.rawValue)) }
    let rest = complaints.count - told.count
    let message = told.map(\.sentence).joined(separator: "; ") + (rest > 0 ? "; và \(rest) lỗi khác" : "")
    return refuse(message, reason: "fields")
  }

  // MARK: What goes out

  /// Orders the steps of a plan, each at its time.
  private func follow(_ plan: AgencyPlan, dossier code: String) {
    guard outbox != nil else { return }
    var delay = Duration.zero
    for step in plan.steps {
      delay += step.after
      delays.after(delay) { [weak self] in self?.report(step, dossier: code) }
    }
  }

  private func report(_ step: AgencyPlan.Step, dossier code: String) {
    let known: (dossier: AgencyDossier, number: Int)? = state.withLock { state in
      guard let dossier = state.dossiers[code] else { return nil }
      state.lastReport += 1
      return (dossier, state.lastReport)
    }
    guard let known, let root = try? XMLDocument(parsing: known.dossier.document).root else { return }
    let writer = AgencyReportWriter(configuration: configuration, now: time.now())
    let body = step.result == nil ? writer.progress(step, of: root) : writer.result(step, of: root)
    let kind: OutboxMessage.Kind = step.result == nil ? .progress : .result
    journal.note(.messageScheduled, .dossier(code), .kind(kind.rawValue), .status(String(step.status)))
    outbox?.put(
      OutboxMessage(
        number: known.number, dossier: code, kind: kind, key: keys.next().description,
        contentType: "application/xml", body: body))
  }

  // MARK: Texts and answers

  private static func text(_ name: String, of root: XMLNode) -> String {
    root.firstElement(named: name).map { AgencyChecker.trimmed($0.text) } ?? ""
  }

  private static func response(_ result: AgencyResult) -> HTTPResponse {
    HTTPResponse(status: 200, headers: ["Content-Type": "application/xml; charset=utf-8"], body: result.xml)
  }

  private static let unauthorised: HTTPResponse = {
    var response = AgencySimulator.response(AgencyResult(status: 401, message: "Không có quyền truy cập"))
    response.status = 401
    response.headers["WWW-Authenticate"] = "Bearer"
    return response
  }()
}
