import HTTPKit
import JSONKit
import ServiceKit
import Synchronization

/// Decides for each request whether the partner works or a fault is played.
final class SimulatorHandler: HTTPHandler {
  private struct State {
    var plan: FaultPlan
    var door: FaultyDoor?
    /// Counts the settings, so that the end of an old one does not end a newer one.
    var settings = 0
    var isStopped = false
    /// Requests that wait to be overtaken, by number.
    var overtaken: [Int: @Sendable () -> Void] = [:]
    var lastOvertaken = 0
  }

  private let partner: any SimulatedPartner
  private let delays: DelayLine
  private let time: any TimeSource
  private let state: Mutex<State>

  init(partner: any SimulatedPartner, faults: FaultPlan, delays: DelayLine, time: any TimeSource) {
    self.partner = partner
    self.delays = delays
    self.time = time
    state = Mutex(State(plan: faults))
  }

  /// The door comes after the server behind it, whose handler this is.
  func attach(_ door: FaultyDoor) { state.withLock { $0.door = door } }

  /// Whether this was the first call.
  func markStopped() -> Bool {
    state.withLock { state in
      defer { state.isStopped = true }
      return !state.isStopped
    }
  }

  /// `orderedFrom` is the remote address of the connection that brought the order, which must carry the answer.
  func set(_ setting: FaultSetting, orderedFrom remoteAddress: String? = nil) {
    let now = time.monotonic()
    let (number, door) = state.withLock { state in
      state.plan.set(setting, now: now)
      state.settings += 1
      return (state.settings, state.door)
    }
    if let lasting = setting.lasting {
      partner.journal.note(.modeChanged, .mode(setting.mode), .wait(lasting))
    } else {
      partner.journal.note(.modeChanged, .mode(setting.mode))
    }
    if setting.mode == .down { door?.shut(sparing: remoteAddress) } else { door?.open() }
    guard let lasting = setting.lasting else { return }
    delays.after(lasting) { [weak self] in
      guard let self, state.withLock({ $0.settings == number }) else { return }
      set(FaultSetting(.ok))
    }
  }

  func handle(_ request: HTTPRequest, reply: HTTPReply) {
    if request.path.first == "_simulator" {
      reply.send(show(Array(request.path.dropFirst()), request))
      return
    }
    let now = time.monotonic()
    let (setting, door, isOrdered) = state.withLock { state in
      let setting = state.plan.next(now: now)
      return (setting, state.door, state.plan.setting.mode == setting.mode)
    }
    // Drawn by chance: nobody has shut the door yet.
    if setting.mode == .down, !isOrdered { set(setting) }
    defer { if setting.mode != .overtaken { releaseOvertaken() } }
    guard let door, setting.mode != .ok else {
      reply.send(partner.answer(request))
      return
    }
    partner.journal.note(.faultPlayed, .mode(setting.mode))
    play(setting, request, reply, door)
  }

  private func play(_ setting: FaultSetting, _ request: HTTPRequest, _ reply: HTTPReply, _ door: FaultyDoor) {
    switch setting.mode {
    case .ok: reply.send(partner.answer(request))
    case .slow:
      let response = partner.answer(request)
      delays.after(setting.delay) { reply.send(response) }
    case .down, .cut:
      // What is sent now goes nowhere: the connection is cut first.
      door.play(.cut, on: request.remoteAddress)
      partner.journal.keep("cut", body: request.body, outcome: .unread)
      reply.send(Self.serverError)
    case .silent:
      door.play(.mute, on: request.remoteAddress)
      reply.send(partner.answer(request))
    case .error500:
      partner.journal.keep("error500", body: request.body, outcome: .unread)
      reply.send(Self.serverError)
    case .garbage:
      partner.journal.keep("garbage", body: request.body, outcome: .unread)
      reply.send(Self.garbage)
    case .halfAnswer:
      let response = partner.answer(request)
      door.play(.breakOff(bodyBytes: response.body.count / 2), on: request.remoteAddress)
      reply.send(response)
    case .busy:
      partner.journal.keep("busy", body: request.body, outcome: .unread)
      reply.send(Self.busy)
    case .wrongType:
      var response = partner.answer(request)
      response.headers["Content-Type"] = "application/octet-stream"
      reply.send(response)
    case .huge:
      var response = partner.answer(request)
      response.body += [UInt8](repeating: 0x20, count: Self.hugeBytes)
      reply.send(response)
    case .expired:
      partner.forgetSessions()
      reply.send(partner.answer(request))
    case .refuse: reply.send(partner.refusal(of: request))
    case .duplicate: reply.send(partner.repetition(of: request))
    case .repeated:
      let response = partner.answer(request)
      _ = partner.answer(request)
      reply.send(response)
    case .overtaken: hold { [partner] in reply.send(partner.answer(request)) }
    case .skewed:
      partner.journal.keep("skewed", body: request.body, outcome: .unread)
      reply.send(
        HTTPResponse(status: 503, headers: ["Retry-After": HTTPDate.text(time.now() + Self.skew)]))
    }
  }

  /// How far behind the clock of a partner is in the mode `skewed`.
  private static let skew = Duration.seconds(-3_600)

  /// How long a request waits to be overtaken.
  private static let overtakingLimit = Duration.milliseconds(500)

  private func hold(_ work: @escaping @Sendable () -> Void) {
    let number = state.withLock { state in
      state.lastOvertaken += 1
      state.overtaken[state.lastOvertaken] = work
      return state.lastOvertaken
    }
    delays.after(Self.overtakingLimit) { [weak self] in
      self?.state.withLock { $0.overtaken.removeValue(forKey: number) }?()
    }
  }

  /// Lets those go that another request has overtaken.
  private func releaseOvertaken() {
    let held = state.withLock { state in
      defer { state.overtaken = [:] }
      return state.overtaken.sorted { $0.key < $1.key }.map(\.value)
    }
    for work in held { work() }
  }

  private static let serverError = HTTPResponse(
    status: 500, headers: ["Content-Type": "text/plain; charset=utf-8"], body: Array("Internal Server Error".utf8))

  private static let busy = HTTPResponse(status: 503, headers: ["Retry-After": "1"])

  /// More than anybody reads of an answer.
  private static let hugeBytes = 32 * 1_024 * 1_024

  private static let garbage = HTTPResponse(
    status: 200, headers: ["Content-Type": "text/html; charset=utf-8"],
    body: Array("<!DOCTYPE html><html><body><h1>Hệ thống đang bảo trì</h1></body></html>".utf8))

  // MARK: /_simulator

  private func show(_ path: [String], _ request: HTTPRequest) -> HTTPResponse {
    if path == ["mode"], request.method == .post { return setMode(request) }
    if path.count == 2, path[0] == "boxes", request.method == .post {
      return partner.put(request.body, into: path[1]) ? HTTPResponse(status: 204) : .notFound
    }
    guard request.method == .get else { return .methodNotAllowed(path == ["mode"] ? "GET, POST" : "GET") }
    let after = request.query["after"].flatMap { Int($0) } ?? 0
    switch path {
    case ["mode"]: return mode()
    case ["log"]: return SimulatorPages.log(partner.journal.events.filter { $0.sequence > after })
    case ["received"]: return SimulatorPages.received(partner.journal.messages.filter { $0.number > after })
    default: return partner.show(path, request) ?? .notFound
    }
  }

  private func setMode(_ request: HTTPRequest) -> HTTPResponse {
    do {
      set(try FaultSetting(reading: request.body), orderedFrom: request.remoteAddress)
      return mode()
    } catch {
      return .problem(status: 400, code: "mode-not-understood", title: "Mode not understood", detail: error.message)
    }
  }

  private func mode() -> HTTPResponse {
    let now = time.monotonic()
    let setting = state.withLock { $0.plan.current(now: now) }
    return SimulatorPages.mode(setting)
  }
}
