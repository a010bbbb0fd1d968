import HTTPKit
import ServiceKit
import Synchronization
import ThreadKit
import XMLKit

/// Brings a partner's reports to the gateway until each is accepted: `POST {gateway}/v1/messages`, or a call of the partner's
/// own.
final class GatewayOutbox: Sendable {
  private enum Event: Sendable {
    case put
    case settled(OutboxMessage, OutboxMachine.Verdict, status: Int)
  }

  private let gateway: OutboxGateway
  private let calls: ServiceCalls?
  private let journal: SimulatorJournal
  private let time: any TimeSource
  private let client: HTTPClient
  private let machine: Mutex<OutboxMachine>
  private let events = Mailbox<Event>()
  private let worker: Mutex<WorkerThread?> = Mutex(nil)

  /// - Parameter calls: how the partner makes calls of its own; nil for one that makes none.
  init(
    gateway: OutboxGateway, calls: ServiceCalls? = nil, journal: SimulatorJournal, time: any TimeSource
  ) throws {
    self.gateway = gateway
    self.calls = calls
    self.journal = journal
    self.time = time
    client = try HTTPClient()
    machine = Mutex(
      OutboxMachine(
        window: gateway.window, retryMinimum: gateway.retryMinimum, retryMaximum: gateway.retryMaximum))
    let thread = WorkerThread(name: "outbox") { [self] in run() }
    worker.withLock { $0 = thread }
  }

  func put(_ message: OutboxMessage) {
    machine.withLock { $0.put(message) }
    events.put(.put)
  }

  func counts(of dossier: String) -> OutboxMachine.Counts { machine.withLock { $0.counts(of: dossier) } }

  /// Leaves unsent what is unsent and joins the thread. Calling it again does nothing.
  func stop() {
    events.close()
    client.stop()
    let thread = worker.withLock { worker in
      let thread = worker
      worker = nil
      return thread
    }
    thread?.join()
  }

  private func run() {
    while !events.isDrained {
      let due = machine.withLock { $0.takeDue(now: time.monotonic()) }
      for (message, attempt) in due { send(message, attempt: attempt) }
      let timeout = machine.withLock { $0.nextDue }.map { max(.zero, $0 - time.monotonic()) }
      for case .settled(let message, let verdict, let status) in events.takeAll(timeout: timeout) {
        settle(message, verdict, status: status)
      }
    }
  }

  private func send(_ message: OutboxMessage, attempt: Int) {
    let (request, taken) = request(for: message)
    client.submit(request) { [events] result in
      let (verdict, status) = Self.verdict(on: result, taken: taken)
      events.put(.settled(message, verdict, status: status))
    }
  }

  /// What goes out, and what a call's answer says when the gateway has taken it.
  private func request(for message: OutboxMessage) -> (HTTPClientRequest, taken: XPathExpression?) {
    if let call = message.call, let calls {
      var headers: HTTPHeaders = ["Content-Type": message.contentType]
      if let header = calls.keyHeader { headers[header] = gateway.key }
      let request = HTTPClientRequest(
        method: .post, url: "\(gateway.url)\(calls.path)/\(call)", headers: headers, body: message.body)
      return (request, calls.taken)
    }
    let request = HTTPClientRequest(
      method: .post, url: gateway.url + "/v1/messages",
      headers: [
        "Content-Type": message.contentType, "Accept": "application/json", gateway.keyHeader: gateway.key,
        "Idempotency-Key": message.key,
      ], body: message.body)
    return (request, nil)
  }

  private func settle(_ message: OutboxMessage, _ verdict: OutboxMachine.Verdict, status: Int) {
    let wait = machine.withLock { $0.settle(message, verdict, now: time.monotonic()) }
    let name: SimulatorEvent.Name =
      switch verdict {
      case .accepted: .messageAccepted
      case .deferred: .messageDeferred
      case .refused: .messageRefused
      }
    if let wait {
      journal.note(name, .dossier(message.dossier), .kind(message.kind.rawValue), .http(status), .wait(wait))
    } else {
      journal.note(name, .dossier(message.dossier), .kind(message.kind.rawValue), .http(status))
    }
  }

  /// 200 and 202 are a receipt, of a call only where the answer says so. What the sender itself got wrong stays wrong; who it is and when it comes may change.
  private static func verdict(
    on result: HTTPClientResult, taken: XPathExpression?
  ) -> (OutboxMachine.Verdict, status: Int) {
    guard case .response(let response, _) = result else { return (.deferred, 0) }
    switch response.status {
    case 200 where taken.map { ServiceContent(response.body, .json, contentType: "")?.says($0) != true } ?? false:
      return (.refused, response.status)
    case 200, 202: return (.accepted, response.status)
    case 401, 403, 404, 408, 425, 429: return (.deferred, response.status)
    case 400...499: return (.refused, response.status)
    default: return (.deferred, response.status)
    }
  }
}
