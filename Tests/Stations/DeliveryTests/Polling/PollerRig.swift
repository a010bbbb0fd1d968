import Delivery
import DocumentKit
import DossierModel
import DossierStore
import GatewayTesting
import HTTPKit
import ServiceKit
import Synchronization
import Testing

/// A poller over a real store in a temporary folder; partner, line and clock are in the test's hands.
final class PollerRig: Sendable {
  static let profile =
    SampleProfile.polled + """
      delivery:
        authentication: none

      """

  /// A partner that answers at once, on the poller's own thread.
  final class Partner: PartnerTransport {
    private struct State {
      var answer: @Sendable (HTTPClientRequest) -> HTTPResponse?
      var requests: [String] = []
      var held: [@Sendable (HTTPClientResult) -> Void] = []
    }

    private let state: Mutex<State>

    init(_ answer: @escaping @Sendable (HTTPClientRequest) -> HTTPResponse?) { state = Mutex(State(answer: answer)) }

    var requests: [String] { state.withLock { $0.requests } }

    func send(_ request: HTTPClientRequest, then completion: @escaping @Sendable (HTTPClientResult) -> Void) {
      let answer = state.withLock { state in
        state.requests.append(request.url)
        return state.answer
      }
      // No answer: it is held until everything is cancelled.
      guard let response = answer(request) else { return state.withLock { $0.held.append(completion) } }
      completion(
        .response(
          response, HTTPClientTiming(connected: .zero, firstByte: .zero, whole: .zero, isConnectionReused: true)))
    }

    func cancelAll() {
      let held = state.withLock { state in
        defer { state.held = [] }
        return state.held
      }
      for completion in held {
        completion(.failure(HTTPClientFailure(kind: .cancelled, requestPossiblySent: true, message: "stopped")))
      }
    }
  }

  /// A line that keeps what it takes by its name and bytes, as the store does.
  final class Line: Sendable {
    private let state = Mutex<(names: [String], refuses: Set<String>)>((names: [], refuses: []))

    var names: [String] { state.withLock { $0.names } }
    func refuse(_ name: String?) { state.withLock { $0.refuses = name.map { [$0] } ?? [] } }

    func take(_ items: [PollItem]) -> [PollItemOutcome] {
      state.withLock { state in
        items.map { item in
          if state.refuses.contains(item.name) { return .refused(.invalid, note: "quy tắc") }
          state.names.append(item.name)
          return .taken(isNew: state.names.count { $0 == item.name } == 1)
        }
      }
    }
  }

  let time = ManualTimeSource()
  let folder: TemporaryFolder
  let store: SQLDossierStore
  let ledger: TroubledLedger
  let partner: Partner
  let line: Line
  let rates: RequestRates
  let poller: Poller
  let metrics = Metrics()
  let id = PollID("x", "danh-sach")

  init(
    _ partner: Partner, line: Line = Line(), folder: TemporaryFolder = TemporaryFolder(),
    hours: DeliveryHours = .always, rate: RateLimit? = nil
  ) throws {
    self.folder = folder
    self.line = line
    self.partner = partner
    store = try SQLDossierStore(.sqlite(path: folder.path + "/store.sqlite"), at: time.now())
    ledger = TroubledLedger(store)
    let profile = try PartnerProfile(try YAMLDocument(parsing: Self.profile, file: "sample.yaml"))
    let destination = try Destination(
      party: "x", profile: profile, address: "http://x.example", hours: hours, rate: rate, polls: ["danh-sach": nil])
    rates = RequestRates([destination])
    poller = Poller(
      ledger: ledger, destinations: [destination], rates: rates,
      sessions: PartnerSessions([destination], rates: rates, transport: partner, time: time, version: "1.2.3"),
      transport: partner,
      intake: { items, _, completion in completion(line.take(items)) }, metrics: PollMetrics(metrics),
      log: Log(level: .debug, output: WatchedLog(), time: time), time: time, random: SeededGenerator(seed: 1),
      version: "1.2.3")
    poller.start()
  }

  func stop() {
    poller.stop()
    store.close()
  }

  var row: StoredPoll? { try? store.polls().first }

  /// Lets time pass and the poller notice.
  func advance(by duration: Duration) {
    time.advance(by: duration)
    poller.wake()
  }

  func until(_ condition: () -> Bool) -> Bool {
    Patience.until(seconds: 20) {
      poller.wake()
      return condition()
    }
  }
}

/// A ledger whose disk fails when a test says so.
final class TroubledLedger: PollLedger {
  private let store: SQLDossierStore
  private let failures = Mutex(0)

  init(_ store: SQLDossierStore) { self.store = store }

  /// So many reports do not get to the disk.
  func loseReports(_ count: Int) { failures.withLock { $0 = count } }
  var lossesLeft: Int { failures.withLock { $0 } }

  func claim(
    _ poll: PollID, at now: Timestamp, then completion: @escaping @Sendable (Result<PollLease?, StoreError>) -> Void
  ) { store.claim(poll, at: now, then: completion) }

  func report(_ report: PollReport, then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void) {
    let isLost = failures.withLock { left in
      guard left > 0 else { return false }
      left -= 1
      return true
    }
    guard !isLost else {
      return completion(.failure(StoreError(code: .unavailable, message: "the disk is full")))
    }
    store.report(report, then: completion)
  }

  func settle(
    item number: Int64, refusal: (fault: FaultCode, note: String)?, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Void, StoreError>) -> Void
  ) { store.settle(item: number, refusal: refusal, at: now, then: completion) }

  var epoch: Int64? { store.epoch }
  func polls() throws(StoreError) -> [StoredPoll] { try store.polls() }
  func pollItems(of party: PartyID?, after number: Int64, limit: Int) throws(StoreError) -> [StoredPollItem] {
    try store.pollItems(of: party, after: number, limit: limit)
  }
  func pollItem(_ number: Int64) throws(StoreError) -> (item: StoredPollItem, bytes: [UInt8])? {
    try store.pollItem(number)
  }
  func pollItemsOfferedAgain(limit: Int) throws(StoreError) -> [Int64] { try store.pollItemsOfferedAgain(limit: limit) }
  func awaited(_ query: AwaitedQuery, limit: Int) throws(StoreError) -> AwaitedQuery.Answer {
    try store.awaited(query, limit: limit)
  }
}
