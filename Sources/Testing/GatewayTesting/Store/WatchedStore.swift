package import DossierModel
package import DossierStore
package import ServiceKit
import ThreadKit

/// A store that passes everything on, lets a test wait for what happens in it, and can be told to fail.
package final class WatchedStore: DossierStore {
  private struct State: Sendable {
    var exchanges = 0
    var failing: StoreError.Code?
    var lease = Lease.kept
  }

  /// What the store says of the deliverer's epoch.
  package enum Lease: Sendable {
    /// As it is.
    case kept
    /// This gateway may send nothing.
    case lost
    /// Others have ended the epoch, and this gateway has begun another.
    case replaced(Int64)
  }

  private let store: any DossierStore
  private let state = Monitor(State())

  package init(_ store: any DossierStore) { self.store = store }

  // MARK: Watching

  /// Exchanges that are on the disk.
  package var exchanges: Int { state.withLock { $0.exchanges } }

  /// Waits until `condition`, asked after every exchange that reached the disk, gives something.
  package func wait<Result: Sendable>(
    within deadline: Duration = .seconds(20), until condition: () throws -> Result?
  ) rethrows -> Result? {
    while true {
      let seen = exchanges
      if let result = try condition() { return result }
      guard state.wait(deadline: deadline, { $0.exchanges > seen ? true : nil }) == true else { return try condition() }
    }
  }

  /// Waits until `condition`, asked after every exchange that reached the disk, holds.
  package func waitUntil(within deadline: Duration = .seconds(20), _ condition: () throws -> Bool) rethrows -> Bool {
    try wait(within: deadline) { try condition() ? true : nil } ?? false
  }

  /// Waits until a message's deliveries are all in `expected`; the deliveries as they are then.
  package func deliveries(
    of message: MessageID, become expected: DeliveryState, within deadline: Duration = .seconds(20)
  ) throws -> [StoredDelivery]? {
    try wait(within: deadline) {
      guard let deliveries = try self.message(message)?.deliveries else { return nil }
      return deliveries.allSatisfy { $0.state == expected } ? deliveries : nil
    }
  }

  // MARK: Failing

  /// Every exchange fails from now on, nil ends it.
  package func failExchanges(_ code: StoreError.Code?) { state.withLock { $0.failing = code } }

  /// Says this of the epoch from now on.
  package func setLease(_ lease: Lease) { state.withLock { $0.lease = lease } }

  package func exchange(
    _ exchange: DeliveryExchange,
    then completion: @escaping @Sendable (Result<[ClaimedDelivery], StoreError>) -> Void
  ) {
    if let code = state.withLock({ $0.failing }) {
      return completion(.failure(StoreError(code: code, message: "the test lets the store fail")))
    }
    store.exchange(exchange) { [state] result in
      completion(result)
      if case .success = result { state.withLock { $0.exchanges += 1 } }
      state.wakeAll()
    }
  }

  // MARK: Passed on

  package func record(
    _ records: [MessageRecord], then completion: @escaping @Sendable (Result<RecordingOutcome, StoreError>) -> Void
  ) { store.record(records, then: completion) }

  package func fetchInbox(
    of party: PartyID, limit: Int, at now: Timestamp,
    then completion: @escaping @Sendable (Result<[ClaimedDelivery], StoreError>) -> Void
  ) { store.fetchInbox(of: party, limit: limit, at: now, then: completion) }

  package func handOut(
    _ delivery: DeliveryID, to party: PartyID, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void
  ) { store.handOut(delivery, to: party, at: now, then: completion) }

  package func decline(
    _ delivery: DeliveryID, by party: PartyID, note: String, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void
  ) { store.decline(delivery, by: party, note: note, at: now, then: completion) }

  package func inbox(of party: PartyID, _ filter: InboxFilter) throws(StoreError) -> [InboxEntry] {
    try store.inbox(of: party, filter)
  }
  package func inboxCount(of party: PartyID, types: Set<String>) throws(StoreError) -> Int {
    try store.inboxCount(of: party, types: types)
  }

  package func acknowledge(
    _ delivery: DeliveryID, by party: PartyID, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void
  ) { store.acknowledge(delivery, by: party, at: now, then: completion) }

  package func carryOut(
    _ order: OperatorOrder, then completion: @escaping @Sendable (Result<OperatorReport, StoreError>) -> Void
  ) { store.carryOut(order, then: completion) }

  package func resend(
    _ order: ResendOrder, then completion: @escaping @Sendable (Result<ResendOutcome, StoreError>) -> Void
  ) { store.resend(order, then: completion) }

  package func places(towards destination: PartyID) throws(StoreError) -> QueuePlaces {
    try store.places(towards: destination)
  }

  package func standings(_ selection: DeliverySelection, limit: Int) throws(StoreError) -> [DeliveryStanding] {
    try store.standings(selection, limit: limit)
  }

  package func failureGroups(of destination: PartyID?) throws(StoreError) -> [FailureGroup] {
    try store.failureGroups(of: destination)
  }

  package func queueAges(minutes bounds: [Int], at now: Timestamp) throws(StoreError) -> [QueueAges] {
    try store.queueAges(minutes: bounds, at: now)
  }

  package func standing(of delivery: DeliveryID) throws(StoreError) -> DeliveryStanding? {
    try store.standing(of: delivery)
  }

  package func supply(
    _ supply: Supply, to delivery: DeliveryID, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void
  ) { store.supply(supply, to: delivery, at: now, then: completion) }

  package func parties(namingFile sha256: String) throws(StoreError) -> Set<PartyID> {
    try store.parties(namingFile: sha256)
  }

  package func heldOutputs(after delivery: DeliveryID?, limit: Int) throws(StoreError) -> [HeldOutput] {
    try store.heldOutputs(after: delivery, limit: limit)
  }

  package func prune(
    _ order: PruneOrder, then completion: @escaping @Sendable (Result<PruneReport, StoreError>) -> Void
  ) { store.prune(order, then: completion) }

  package func erase(atMost limit: Int, then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void) {
    store.erase(atMost: limit, then: completion)
  }
  package func hasErasures() throws(StoreError) -> Bool { try store.hasErasures() }

  package func prunableTypes() throws(StoreError) -> [String] { try store.prunableTypes() }

  package func prunable(
    _ type: String, before horizon: Timestamp, after place: PrunePage.Place
  ) throws(StoreError) -> PrunePage { try store.prunable(type, before: horizon, after: place) }

  package func journalRefusal(_ refusal: RefusalRecord) { store.journalRefusal(refusal) }
  package func observeReady(_ observer: @escaping @Sendable (Set<PartyID>) -> Void) { store.observeReady(observer) }
  package func message(_ id: MessageID) throws(StoreError) -> StoredMessage? { try store.message(id) }
  package func body(of id: MessageID) throws(StoreError) -> [UInt8]? { try store.body(of: id) }
  package func latestMessage(of dossier: DossierCode, from party: PartyID) throws(StoreError) -> StoredMessage? {
    try store.latestMessage(of: dossier, from: party)
  }
  package func latestBody(
    of dossier: DossierCode, types: Set<String>
  ) throws(StoreError) -> (type: String, sender: PartyID, body: [UInt8])? {
    try store.latestBody(of: dossier, types: types)
  }

  package func timeline(
    of dossier: DossierCode, visibleTo party: PartyID?
  ) throws(StoreError) -> DossierTimeline? { try store.timeline(of: dossier, visibleTo: party) }
  package func messages(
    _ filter: MessageFilter, from cursor: MessagePage.Cursor, limit: Int,
  ) throws(StoreError) -> MessagePage {
    try store.messages(filter, from: cursor, limit: limit)
  }
  package func caseMessages(
    after place: CasePage.Place, portal: PartyID?, limit: Int
  ) throws(StoreError) -> CasePage {
    try store.caseMessages(after: place, portal: portal, limit: limit)
  }
  package func caseMessages(of dossier: DossierCode, limit: Int) throws(StoreError) -> [CaseMessage] {
    try store.caseMessages(of: dossier, limit: limit)
  }

  package func dossiers(limit: Int) throws(StoreError) -> [DossierSummary] { try store.dossiers(limit: limit) }
  package func queue() throws(StoreError) -> [QueueRow] { try store.queue() }
  package func attempts(of id: MessageID) throws(StoreError) -> [StoredAttempt] { try store.attempts(of: id) }
  package func answer(to attempt: Int, of delivery: DeliveryID, in id: MessageID) throws(StoreError) -> [UInt8]? {
    try store.answer(to: attempt, of: delivery, in: id)
  }
  package func payload(of delivery: DeliveryID, in id: MessageID) throws(StoreError) -> [UInt8]? {
    try store.payload(of: delivery, in: id)
  }
  package func nextDue(for destination: PartyID) throws(StoreError) -> Timestamp? {
    try store.nextDue(for: destination)
  }
  package var share: StoreShare { store.share }
  package var epoch: Int64? {
    switch state.withLock({ $0.lease }) {
    case .kept: store.epoch
    case .lost: nil
    case .replaced(let epoch): epoch
    }
  }
  package var isWritable: Bool { store.isWritable }
}
