import HTTPKit
import ServiceKit
import Simulation
import Synchronization

/// An agency that remembers what it did by `Idempotency-Key` and writes it into the ledger.
///
/// It turns away some requests with 503; the server around it does the rest of the harm (`faults`).
final class KillSink: SimulatedPartner {
  /// What the server around it does to requests: answers late, closes before or after the work, answers 500 or nonsense,
  /// breaks off its answer, or does the work and never answers.
  static let faults: [FaultMode] = [.slow, .cut, .error500, .garbage, .halfAnswer, .silent]
  /// The share of requests with such a fault.
  static let faultRate = 0.1
  /// The share of the others that is answered 503.
  static let busyRate = 0.02

  let journal: SimulatorJournal
  private let book: KillBook
  private let dice: Mutex<SeededGenerator>

  init(_ book: KillBook, dice: SeededGenerator) {
    self.book = book
    self.dice = Mutex(dice)
    var limits = SimulatorJournal.Limits()
    limits.messages = 10
    journal = SimulatorJournal(time: SystemTimeSource(), limits: limits)
  }

  func answer(_ request: HTTPRequest) -> HTTPResponse {
    if dice.withLock({ $0.happens(Self.busyRate) }) { return HTTPResponse(status: 503) }
    let message = KillLedger.Message(
      dossier: request.body.text(of: "DocCode") ?? "?", number: Int(request.body.text(of: "Compendium") ?? "") ?? 0)
    book.change { $0.receive(message, key: request.headers["Idempotency-Key"]) }
    return HTTPResponse(
      status: 200, headers: ["Content-Type": "application/xml"],
      body: Array("<MResult><Status>200</Status><Message>OK</Message></MResult>".utf8))
  }

  // No fault of the plan asks for them; both would be outcomes that no retry may change.
  func refusal(of request: HTTPRequest) -> HTTPResponse { HTTPResponse(status: 404) }
  func repetition(of request: HTTPRequest) -> HTTPResponse { HTTPResponse(status: 404) }
  func show(_ path: [String], _ request: HTTPRequest) -> HTTPResponse? { nil }
}
