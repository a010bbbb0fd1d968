import CryptographyKit
import DocumentKit
package import HTTPKit
import JSONKit
package import ServiceKit
import Synchronization
import XMLKit

/// A partner that behaves as its description says, down to the texts of its answers.
///
/// It is a strict one: it lets nobody in without the right secret or ticket, holds every body to its schema, and knows
/// which dossiers it has. What a real partner does not have, it does not have either: `Idempotency-Key` means nothing to it.
package final class ServiceSimulator: SimulatedPartner {
  private struct State: Sendable {
    var dossiers: Set<String> = []
    /// What came to be done again, by dossier and the text that says so.
    var rounds: Set<String> = []
    var tickets: SessionTickets
    var logins = 0
    var taken = 0
    var boxes: [String: [ServiceBox.Item]] = [:]
    var lastItem = 0
  }

  package let description: ServiceDescription
  package let journal: SimulatorJournal
  let schemas: ServiceSchemas
  let secrets: [String: String]
  let time: any TimeSource
  private let player: ServicePlanPlayer?
  private let state: Mutex<State>

  private static let dossierLimit = 100_000

  /// - Parameters:
  ///   - schemas: the folder `Schemas/`.
  ///   - secrets: in place of the description's own.
  ///   - plan: what it does by itself with what it takes.
  ///   - gateway: where its reports go; nil keeps them in.
  package init(
    _ description: ServiceDescription, schemas folder: String, secrets: [String: String] = [:],
    plan: ServicePlan = .quiet, gateway: OutboxGateway? = nil, time: any TimeSource = SystemTimeSource(),
    journal: SimulatorJournal? = nil
  ) throws {
    let journal = journal ?? SimulatorJournal(time: time)
    self.description = description
    self.time = time
    self.journal = journal
    player =
      plan.courses.isEmpty
      ? nil
      : try ServicePlanPlayer(
        plan, calls: description.calls, gateway: gateway, journal: journal, time: time)
    self.secrets = Dictionary(
      uniqueKeysWithValues: description.secrets.merging(secrets) { _, given in given }
        .map { ("secrets.\($0.key)", $0.value) })
    schemas = try ServiceSchemas(of: description, folder: folder)
    state = Mutex(
      State(
        tickets: SessionTickets(
          life: description.login?.lifetime ?? .seconds(1_800), limit: description.login?.tickets ?? 1)))
  }

  /// Does nothing more by itself. What the gateway has not accepted stays unsent.
  package func stop() { player?.stop() }

  /// Logins that were granted.
  package var logins: Int { state.withLock { $0.logins } }

  package func forgetSessions() { state.withLock { $0.tickets.closeAll() } }

  package func know(dossier code: String) { state.withLock { _ = $0.dossiers.insert(code) } }

  /// It takes the dossier as a new one the next time.
  func forget(dossier code: String) { state.withLock { _ = $0.dossiers.remove(code) } }

  package func answer(_ request: HTTPRequest) -> HTTPResponse {
    if let login = description.login, login.path == request.path, isCalled(login.call, in: request) {
      guard request.method.rawValue == login.method else { return .methodNotAllowed(login.method) }
      return logIn(request, login)
    }
    if let lookup = description.lookups.first(where: { asks(request, $0) }) { return look(request, lookup) }
    let found = description.operations.filter { $0.open(request.path) != nil }
    guard !found.isEmpty else { return .notFound }
    guard let operation = found.first(where: { fits(request, $0) }) else {
      return .methodNotAllowed(found[0].method)
    }
    guard letsIn(request, operation.form), hasChecksum(request, operation.checksum) else {
      journal.note(.callerRefused)
      return description.doorRefused.response(secrets)
    }
    return operation.gives == nil ? take(request, operation) : give(request, operation)
  }

  package func refusal(of request: HTTPRequest) -> HTTPResponse { forced("refused", request) }
  package func repetition(of request: HTTPRequest) -> HTTPResponse { forced("alreadyThere", request) }

  package func show(_ path: [String], _ request: HTTPRequest) -> HTTPResponse? {
    if path.first == "boxes", path.count == 2, description.boxes[path[1]] != nil {
      return .json(indent: 2) { writer in
        writer.beginArray()
        for item in items(in: path[1]) { writer.string(item.dossier) }
        writer.endArray()
      }
    }
    guard path == ["dossiers"] else { return nil }
    let codes = state.withLock { $0.dossiers.sorted() }
    return .json(indent: 2) { writer in
      writer.beginArray()
      for code in codes { writer.string(code) }
      writer.endArray()
    }
  }

  /// Into the one box there is.
  package func hold(_ document: [UInt8], kind: String) -> Bool {
    description.boxes.count == 1 && description.boxes.keys.first.map { put(document, into: $0) } ?? false
  }

  /// Has a document for those who ask; false when the box is not known. What is no document of the partner's is put there
  /// all the same, under its number.
  @discardableResult
  package func put(_ document: [UInt8], into name: String) -> Bool { put(document, into: name, replaces: false) }

  /// - Parameter replaces: whether it takes the place of what is there of the dossier.
  @discardableResult
  func put(_ document: [UInt8], into name: String, replaces: Bool) -> Bool {
    guard let box = description.boxes[name] else { return false }
    let content =
      ServiceContent(document, .json, contentType: "") ?? ServiceContent(document, .xml, contentType: "")
    state.withLock { state in
      state.lastItem += 1
      let own = box.id.flatMap { content?.text($0) } ?? ""
      let dossier = content?.text(box.dossier) ?? ""
      if replaces { state.boxes[name]?.removeAll { $0.dossier == dossier } }
      state.boxes[name, default: []].append(
        ServiceBox.Item(
          number: state.lastItem, id: own.isEmpty ? String(state.lastItem) : own, dossier: dossier,
          document: document, at: time.now()))
    }
    return true
  }

  func items(in box: String) -> [ServiceBox.Item] { state.withLock { $0.boxes[box] ?? [] } }

  /// How many documents wait in all boxes.
  package var items: Int { state.withLock { $0.boxes.values.reduce(0) { $0 + $1.count } } }

  func remove(_ code: String, from box: String) {
    state.withLock { $0.boxes[box]?.removeAll { $0.dossier == code || $0.id == code } }
  }

  func complaint(about content: ServiceContent, against schema: String?) -> String? {
    schemas.complaint(about: content, against: schema)
  }

  // MARK: Who is it

  private func fits(_ request: HTTPRequest, _ operation: ServiceOperation) -> Bool {
    operation.open(request.path) != nil && operation.method == request.method.rawValue
      && operation.query.allSatisfy { request.query[$0.key] == PlacedText.fill($0.value, secrets) }
      && isCalled(operation.call, in: request)
  }

  /// Whether the body is an envelope with this call.
  private func isCalled(_ call: String?, in request: HTTPRequest) -> Bool {
    guard let call else { return true }
    let envelope = try? XMLDocument(parsing: request.body).root
    return envelope?.firstElement(named: "Body")?.firstElement(named: call) != nil
  }

  private func logIn(_ request: HTTPRequest, _ login: ServiceDescription.Login) -> HTTPResponse {
    var isRight = true
    if login.call != nil {
      let body = try? XMLDocument(parsing: request.body).root
      let call = login.call.flatMap { body?.firstElement(named: "Body")?.firstElement(named: $0) }
      isRight = login.asks.allSatisfy { call?.firstElement(named: $0.key)?.text == PlacedText.fill($0.value, secrets) }
    } else if login.isForm {
      let fields = FormFields(parsing: request.body).bytes
      isRight = login.asks.allSatisfy { name, value in
        fields[name].map { $0 == Array(PlacedText.fill(value, secrets).utf8) } ?? false
      }
    } else {
      let body = try? JSONDocument(parsing: request.body).root
      isRight = login.asks.allSatisfy { body?[$0.key]?.string == PlacedText.fill($0.value, secrets) }
      for (name, wanted) in login.typed {
        let given = body?[name].flatMap { try? $0.canonicalised() }
        isRight = isRight && given == Array(wanted.utf8)
      }
    }
    if let basic = login.basic {
      let expected = "Basic " + Base64.encode(Array(PlacedText.fill(basic, secrets).utf8))
      isRight = isRight && request.headers["Authorization"] == expected
    }
    guard isRight else {
      journal.note(.loginRefused)
      return login.refused.response([:])
    }
    let ticket = state.withLock { state in
      state.logins += 1
      return state.tickets.open(now: time.monotonic())
    }
    journal.note(.loginAccepted)
    return login.given.response(["ticket": ticket, "seconds": String(login.lifetime.components.seconds)])
  }

  func letsIn(_ request: HTTPRequest, _ form: ServiceOperation.Form) -> Bool {
    func content() -> ServiceContent? {
      ServiceContent(request.body, form, contentType: request.headers["Content-Type"] ?? "")
    }
    switch description.door {
    case .open: return true
    case .header(let name, let value): return request.headers[name] == PlacedText.fill(value, secrets)
    case .standardWebhook(let secret):
      return WebhookVerifier(secret: PlacedText.fill(secret, secrets))?.accepts(request, now: time.now()) ?? false
    case .member(let place, let value):
      return content()?.text(place) == PlacedText.fill(value, secrets)
    case .ticketHeader(let name, let prefix):
      guard let field = request.headers[name], field.hasPrefix(prefix) else { return false }
      return isOpen(String(field.dropFirst(prefix.count)))
    case .ticketMember(let place):
      return content().map { isOpen($0.text(place)) } ?? false
    }
  }

  private func isOpen(_ ticket: String) -> Bool {
    state.withLock { $0.tickets.isOpen(ticket, now: time.monotonic()) }
  }

  // MARK: What comes in

  private func take(_ request: HTTPRequest, _ operation: ServiceOperation) -> HTTPResponse {
    for (name, value) in operation.headers.sorted(by: { $0.key < $1.key })
    where request.headers[name] != PlacedText.fill(value, secrets) {
      return refuse(request.body, operation, "Thiếu hoặc sai trường \(name)")
    }
    let type = request.headers["Content-Type"] ?? ""
    guard let body = ServiceContent(request.body, operation.form, contentType: type) else {
      return refuse(request.body, operation, "Dữ liệu không đúng cú pháp")
    }
    if let complaint = schemas.complaint(about: body, against: operation.schema) {
      return refuse(request.body, operation, complaint)
    }
    guard let document = operation.place.map({ body.document(at: $0) }) ?? body else {
      return refuse(request.body, operation, "Không có nội dung hồ sơ")
    }
    if let complaint = schemas.complaint(about: document, against: operation.documentSchema) {
      return refuse(document.bytes, operation, complaint)
    }
    let code = document.text(operation.dossier)
    guard !code.isEmpty else { return refuse(document.bytes, operation, "Thiếu mã hồ sơ") }
    if let rule = operation.rules.first(where: { document.says($0.when) }) {
      return answer(rule.answer, operation, code, document.bytes, .refused)
    }
    let (answer, outcome) = file(code, again: operation.again.map(document.text) ?? "", operation)
    if outcome == .accepted { player?.follow(operation.name, dossier: code, document, for: self) }
    if outcome == .accepted, let box = operation.removes { remove(code, from: box) }
    return self.answer(answer, operation, code, document.bytes, outcome)
  }

  /// Puts a dossier where it belongs; what is answered, and what was made of the message.
  private func file(
    _ code: String, again: String, _ operation: ServiceOperation
  ) -> (String, ReceivedMessage.Outcome) {
    state.withLock { state in
      let round = "\(code) \(again)"
      let isAgain = !again.isEmpty && !state.rounds.contains(round)
      let isKnown = state.dossiers.contains(code)
      switch operation.takes {
      case .new where isKnown && !isAgain: return ("alreadyThere", .alreadyThere)
      case .known where !isKnown: return ("unknown", .refused)
      case .new, .known, .any:
        guard isKnown || state.dossiers.count < Self.dossierLimit else { return ("refused", .refused) }
        state.dossiers.insert(code)
        if isAgain { state.rounds.insert(round) }
        state.taken += 1
        return ("accepted", .accepted)
      }
    }
  }

  private func refuse(_ body: [UInt8], _ operation: ServiceOperation, _ complaint: String) -> HTTPResponse {
    journal.keep(operation.name, body: body, outcome: .refused)
    journal.note(.requestRefused, .service(operation.name))
    return given("invalid", operation, code: "", complaint: complaint)
  }

  private func answer(
    _ name: String, _ operation: ServiceOperation, _ code: String, _ body: [UInt8], _ outcome: ReceivedMessage.Outcome
  ) -> HTTPResponse {
    journal.keep(operation.name, body: body, outcome: outcome)
    journal.note(
      outcome == .accepted ? .documentAccepted : outcome == .alreadyThere ? .documentRepeated : .documentRefused,
      .service(operation.name), .dossier(code))
    return given(name, operation, code: code)
  }

  func given(_ name: String, _ operation: ServiceOperation, code: String, complaint: String = "")
    -> HTTPResponse
  {
    guard let answer = operation.answers[name] else { return .notFound }
    let number = state.withLock { $0.taken }
    return answer.response(["dossier": code, "complaint": complaint, "number": String(number)])
  }

  /// An answer that was ordered, without a look at the message.
  private func forced(_ name: String, _ request: HTTPRequest) -> HTTPResponse {
    if let lookup = description.lookups.first(where: { asks(request, $0) }) {
      return lookup.answers["refused"]?.response([:]) ?? .notFound
    }
    guard let operation = description.operations.first(where: { fits(request, $0) }) else { return answer(request) }
    journal.keep(name, body: request.body, outcome: .unread)
    return given(operation.answers[name] == nil ? "refused" : name, operation, code: "")
  }
}
