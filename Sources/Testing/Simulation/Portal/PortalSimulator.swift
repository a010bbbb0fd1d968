package import HTTPKit
import JSONKit
package import ServiceKit
import Synchronization

/// A national portal that speaks generation A of the adapter protocol: login, and one address where the body names the
/// service.
///
/// It is a strict partner: it checks on its own what it gets and says in the protocol's way (HTTP 200, `error_code` other
/// than zero, `message`) what is wrong, naming fields and never repeating values. A call with several elements is taken
/// whole or not at all. What the protocol leaves open (the wording of most refusals, sessions, what `TraCuuHoSo`
/// answers for an unknown dossier) is a choice of this project.
package final class PortalSimulator: SimulatedPartner {
  struct State: Sendable {
    var sessions: SessionTickets
    var dossiers: [String: PortalDossier] = [:]
    /// The codes in the order in which their dossiers came.
    var order: [String] = []
  }

  package let configuration: PortalConfiguration
  package let journal: SimulatorJournal
  let catalogue: PortalCatalogue
  let time: any TimeSource
  let state: Mutex<State>
  private let codes: PortalCodeWriter

  package init(
    configuration: PortalConfiguration = PortalConfiguration(), catalogue: PortalCatalogue = .builtIn,
    time: any TimeSource = SystemTimeSource(), journal: SimulatorJournal? = nil
  ) {
    self.configuration = configuration
    self.catalogue = catalogue
    self.time = time
    self.journal = journal ?? SimulatorJournal(time: time)
    codes = PortalCodeWriter(style: configuration.codeStyle)
    state = Mutex(
      State(sessions: SessionTickets(life: configuration.sessionLife, limit: configuration.limits.sessions)))
  }

  /// Forgets every session, as after a restart of the portal; clients have to log in again.
  package func forgetSessions() {
    state.withLock { $0.sessions.closeAll() }
  }

  package func answer(_ request: HTTPRequest) -> HTTPResponse {
    let path = "/" + request.path.joined(separator: "/")
    let knownPaths = [configuration.loginPath, configuration.servicePath, configuration.sharePath]
    guard knownPaths.contains(path) else { return .notFound }
    guard request.method == .post else { return .methodNotAllowed("POST") }
    if let refusal = refusalOfHead(request) {
      journal.note(.requestRefused, .reason("head"))
      journal.keep(path, body: request.body, outcome: .refused)
      return response(refusal)
    }
    guard let root = try? JSONDocument(parsing: request.body).root, root.kind == .object else {
      journal.note(.requestRefused, .reason("not-json"))
      journal.keep(path, body: request.body, outcome: .refused)
      return response(.failure("Dữ liệu gửi lên không phải là một đối tượng JSON"))
    }
    if path == configuration.loginPath { return response(login(root)) }
    return response(serve(root, body: request.body, isShared: path == configuration.sharePath))
  }

  package func refusal(of request: HTTPRequest) -> HTTPResponse {
    journal.keep("refuse", body: request.body, outcome: .unread)
    return response(.failure("Yêu cầu bị từ chối"))
  }

  package func repetition(of request: HTTPRequest) -> HTTPResponse {
    journal.keep("duplicate", body: request.body, outcome: .unread)
    return response(PortalAnswer(verdict: .alreadyThere, message: "Hồ sơ đã tồn tại"))
  }

  private func refusalOfHead(_ request: HTTPRequest) -> PortalAnswer? {
    let contentType = request.headers["Content-Type"]?.split(separator: ";").first.map(String.init)?.lowercased()
    guard contentType == "application/json" else {
      return .failure("Content-Type phải là application/json")
    }
    if let code = configuration.destinationCode, request.headers["dstcode"] != code {
      return .failure("Thiếu dstcode hoặc dstcode không đúng")
    }
    return nil
  }

  private func login(_ root: JSONValue) -> PortalAnswer {
    guard root["username"]?.string == configuration.username, root["password"]?.string == configuration.password else {
      journal.note(.loginRefused)
      return .failure("Sai tên đăng nhập hoặc mật khẩu")
    }
    let now = time.monotonic()
    let session = state.withLock { $0.sessions.open(now: now) }
    journal.note(.loginAccepted)
    var answer = PortalAnswer.success("Đăng nhập thành công")
    answer.session = session
    return answer
  }

  private func serve(_ root: JSONValue, body: [UInt8], isShared: Bool) -> PortalAnswer {
    let name = root["service"]?.string ?? ""
    let service = PortalService(rawValue: name)
    let answer = serve(service, root, isShared: isShared)
    let outcome: ReceivedMessage.Outcome =
      switch answer.verdict {
      case .success: .accepted
      case .failure: .refused
      case .alreadyThere: .alreadyThere
      }
    journal.keep(service?.rawValue ?? "unknown", body: body, outcome: outcome)
    return answer
  }

  private func serve(_ service: PortalService?, _ root: JSONValue, isShared: Bool) -> PortalAnswer {
    let now = time.monotonic()
    guard let session = root["session"]?.string, !session.isEmpty else {
      journal.note(.sessionRefused, .reason("missing"))
      return .failure("Thiếu session, cần đăng nhập")
    }
    guard state.withLock({ $0.sessions.isOpen(session, now: now) }) else {
      journal.note(.sessionRefused, .reason("expired"))
      return .failure("Phiên làm việc (session) không tồn tại hoặc đã hết hạn")
    }
    guard let agency = root["madonvi"]?.string, !agency.isEmpty,
      configuration.agencies.isEmpty || configuration.agencies.contains(agency)
    else {
      journal.note(.requestRefused, .reason("madonvi"))
      return .failure("Thiếu madonvi hoặc madonvi không được phép")
    }
    guard let service, !isShared || service.isDictionary else {
      journal.note(.requestRefused, .reason("unknown-service"))
      return .failure("Dịch vụ không tồn tại")
    }
    let answer = call(service, root)
    journal.note(
      answer.verdict == .failure ? .requestRefused : .serviceAnswered, .service(service.rawValue),
      .status(answer.verdict == .alreadyThere ? "alreadyThere" : "\(answer.verdict)"))
    return answer
  }

  private func call(_ service: PortalService, _ root: JSONValue) -> PortalAnswer {
    switch service {
    case .procedure: procedure(root)
    case .procedures: list(catalogue.procedures.map(\.value), of: ["MATTHC", "TENTTHC"])
    case .agencies: list(catalogue.agencies)
    case .fields: list(catalogue.fields)
    case .lookUp: lookUp(root)
    case .synchroniseDossiers: synchroniseDossiers(root)
    case .updateProgress: updateProgress(root)
    }
  }

  /// Writes an answer down; HTTP says 200 whatever happened, as this protocol does.
  private func response(_ answer: PortalAnswer) -> HTTPResponse {
    .json { writer in
      writer.beginObject()
      writer.name("error_code")
      codes.write(answer.verdict, to: &writer)
      writer.name("message")
      writer.string(answer.message)
      if let session = answer.session {
        writer.name("session")
        writer.string(session)
      }
      if let result = answer.result {
        writer.name("result")
        writer.beginArray()
        result(&writer)
        writer.endArray()
      }
      writer.endObject()
    }
  }
}
