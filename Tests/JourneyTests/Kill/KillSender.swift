import GatewayTesting
import Glibc
import HTTPKit
import JSONKit
import ServiceKit
import Synchronization
import ThreadKit

/// A one-stop system: sends dossiers of three messages each, one message after the other, and repeats each under its key
/// until it gets a 2xx.
///
/// Some dossiers have one message that is sent once and never again, whatever became of it; some are not as they must be.
final class KillSender: Sendable {
  /// Senders of a site.
  static let count = 6
  static let messagesOfDossier = 3
  /// Accepted and not yet carried out, over all senders, above which they pause: the run has to drain at its end.
  static let backlogLimit = 200

  /// Between two messages of a sender, in microseconds: a load, and not all that the machine can do.
  static let pause: UInt32 = 25_000

  /// How often a message is still tried once the run ends and nothing is killed any more.
  static let finishTries = 600

  private let number: Int
  private let book: KillBook
  private let ports: KillPorts
  private let stopping = Atomic<Bool>(false)
  private let leaving = Atomic<Bool>(false)
  private let requests = Atomic<Int>(0)
  private let unanswered = Atomic<Int>(0)
  private let turnedAway = Atomic<Int>(0)
  private let client: HTTPClient
  private let thread = Mutex<WorkerThread?>(nil)

  init(_ number: Int, book: KillBook, ports: KillPorts) throws {
    self.number = number
    self.book = book
    self.ports = ports
    client = try HTTPClient()
    let worker = WorkerThread(name: "sender") { [self] in run() }
    thread.withLock { $0 = worker }
  }

  /// Requests that got no answer although a gateway was there, and those that got 503.
  var faults: (unanswered: Int, turnedAway: Int) {
    (unanswered.load(ordering: .relaxed), turnedAway.load(ordering: .relaxed))
  }

  /// Has the message at hand be the last one.
  func finish() { stopping.store(true, ordering: .relaxed) }

  /// Finishes the message at hand and ends the thread, after `finishTries` tries at the latest.
  func stop() {
    finish()
    thread.withLock { $0 }?.join()
    client.stop()
  }

  /// Ends the thread without finishing anything: the run has failed.
  func leave() {
    leaving.store(true, ordering: .relaxed)
    stop()
  }

  private func run() {
    var dossier = 0
    while !stopping.load(ordering: .relaxed) {
      usleep(Self.pause)
      dossier += 1
      let code = "H99.14-260101-\(number)\(String(100_000 + dossier))"
      switch dossier % 8 {
      case 3: sendOnce(.init(dossier: code, number: 1))
      case 6: sendBroken(code)
      default:
        for number in 1...Self.messagesOfDossier {
          sendUntilAccepted(.init(dossier: code, number: number))
          usleep(Self.pause)
        }
      }
      while book.backlog > Self.backlogLimit, !stopping.load(ordering: .relaxed) { usleep(20_000) }
    }
  }

  private func sendUntilAccepted(_ message: KillLedger.Message) {
    var triesLeft = Self.finishTries
    while triesLeft > 0, !leaving.load(ordering: .relaxed) {
      let response = send(message)
      // Taken, or answered in a way that no repetition changes: the ledger knows.
      if let response, response.status != 503 { return }
      usleep(response == nil ? 10_000 : 50_000)
      // As long as gateways are killed a sender has all the time in the world.
      if stopping.load(ordering: .relaxed) { triesLeft -= 1 }
    }
    book.change { $0.note("\(message) was never accepted") }
  }

  private func sendOnce(_ message: KillLedger.Message) { _ = send(message) }

  private func sendBroken(_ code: String) {
    guard let response = post(Array("{\"MaHoSo\":\"\(code)\"}".utf8), key: code) else { return }
    switch response.status {
    case 422: book.change { $0.refuse(code) }
    case 503: break
    default: book.change { $0.note("\(code) is not as it must be and was answered \(response.status)") }
    }
  }

  private func send(_ message: KillLedger.Message) -> HTTPResponse? {
    // Before the request leaves: from now on it may be anywhere.
    book.change { $0.attempt(message) }
    let body = Dossiers.json(message.dossier, summary: String(message.number))
    guard let response = post(body, key: "\(message.dossier)/\(message.number)") else { return nil }
    switch response.status {
    case 202:
      let id = (try? JSONDocument(parsing: response.body))?.root["id"]?.string
      book.change { $0.accept(message, id: id) }
    case 503:
      turnedAway.add(1, ordering: .relaxed)
      if response.headers["Retry-After"] == nil { book.change { $0.note("a 503 has no Retry-After") } }
    default: book.change { $0.note("\(message) was answered \(response.status)") }
    }
    return response
  }

  private func post(_ body: [UInt8], key: String) -> HTTPResponse? {
    let turn = requests.add(1, ordering: .relaxed).oldValue
    guard let port = ports.port(turn: number + turn) else { return nil }
    let request = HTTPClientRequest(
      method: .post, url: "http://127.0.0.1:\(port)/v1/messages",
      headers: [
        "Content-Type": "application/json", "X-Api-Key": TestSite.senderKey, "Idempotency-Key": key,
      ],
      body: body, timeouts: HTTPClientTimeouts(connect: .seconds(2), firstByte: nil, whole: .seconds(20)))
    guard case .response(let response, _) = client.sendBlocking(request) else {
      unanswered.add(1, ordering: .relaxed)
      return nil
    }
    return response
  }
}
