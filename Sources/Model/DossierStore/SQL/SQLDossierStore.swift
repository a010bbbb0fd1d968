package import DossierModel
import SQLKit
package import ServiceKit
import Synchronization

/// The dossier store in a database: one SQLite file for a site with one gateway, or PostgreSQL for several gateways.
///
/// One thread writes and groups commits (`GroupCommitWriter`); readers have connections of their own. At the start every
/// delivery that a gateway which is gone had claimed becomes `unknown`: its bytes may have left.
package final class SQLDossierStore: DossierStore {
  /// Bytes after which an agency that pulls is given no more at a time, however few deliveries they are; the last one may
  /// go beyond.
  package static let inboxBytes = 16 << 20

  private let engine: any StoreEngine
  private let writer: GroupCommitWriter
  let reader: SQLDossierReader
  private let ready: ReadyAnnouncement

  /// Opens or creates the store and brings it to the newest shape.
  ///
  /// - Parameters:
  ///   - place: names where this gateway runs, if it is certain that no other one runs there: those that began there before
  ///     are gone, and what they had claimed on a shared database is given back at once. Nil: when their lease is over.
  ///   - time: for what the store does by itself later: taking deliveries back from gateways that fell silent.
  ///   - conductor: asked of messages that concern a procedure, inside their transaction; nil where none is conducted.
  ///   - wrapping: put between the writer and its connections, for tests.
  package convenience init(
    _ location: StoreLocation, place: String? = nil, at now: Timestamp, time: any TimeSource = SystemTimeSource(),
    limits: StoreLimits = .standard, conductor: (any ProcedureConductor)? = nil,
    wrapping: (any DatabaseWrapping)? = nil
  ) throws(StoreError) {
    let engine = location.engine(place: place)
    try self.init(engine, at: now) { first, announceReady in
      GroupCommitWriter(
        engine: engine, first: first, wrapping: wrapping, conductor: conductor, limits: limits, time: time,
        announceReady: announceReady)
    }
    engine.attend(ready: ready, writer: writer, time: time)
  }

  /// A store that commits only when told to (`commitWaiting`), for a simulation that holds time and disk in its hands.
  package convenience init(
    driven location: StoreLocation, at now: Timestamp, conductor: (any ProcedureConductor)? = nil,
    wrapping: any DatabaseWrapping, limits: StoreLimits = .standard
  ) throws(StoreError) {
    let engine = location.engine()
    try self.init(engine, at: now) { first, announceReady in
      GroupCommitWriter(
        driven: engine, first: first, wrapping: wrapping, conductor: conductor, limits: limits,
        announceReady: announceReady)
    }
  }

  private init(
    _ engine: any StoreEngine, at now: Timestamp,
    _ makeWriter: (
      _ first: sending any SQLDatabase, _ announceReady: @escaping @Sendable (Set<PartyID>) -> Void
    ) -> GroupCommitWriter
  ) throws(StoreError) {
    let ready = ReadyAnnouncement()
    self.engine = engine
    self.ready = ready
    do throws(SQLError) {
      writer = makeWriter(try engine.begin(at: now)) { ready.announce($0) }
    } catch {
      throw StoreError(error)
    }
    reader = SQLDossierReader(engine)
  }

  /// Carries out one batch of what waits, on this thread; false when nothing does. Only for a driven store.
  package func commitWaiting() -> Bool { writer.commitWaiting() }

  package var isWritable: Bool { writer.isWritable }

  /// Senders' changes that wait for their commit, for the metrics.
  package var waitingChanges: Int { writer.waiting.changes }
  /// Bytes of them.
  package var waitingBytes: Int { writer.waiting.bytes }

  /// Whether the database has said within this time that its disk is full.
  package func wasFull(within time: Duration) -> Bool { writer.wasFull(within: time) }

  package var share: StoreShare { engine.share }
  package var epoch: Int64? { engine.currentEpoch }

  /// Bytes that new messages can take before the database has to grow; 0 where only the database server knows.
  package func reusableBytes() throws(StoreError) -> Int { try reader.reusableBytes() }

  package func observeReady(_ observer: @escaping @Sendable (Set<PartyID>) -> Void) { ready.observe(observer) }

  /// Finishes what was submitted; later changes fail with `closed`.
  package func close() {
    // The last connection to close copies SQLite's log back into the file, and only the writer's may.
    reader.close()
    engine.end(writer)
  }

  package func record(
    _ records: [MessageRecord], then completion: @escaping @Sendable (Result<RecordingOutcome, StoreError>) -> Void
  ) {
    precondition(!records.isEmpty, "a request that records nothing does not come to the store")
    submit(
      .records(records), weight: records.reduce(0) { $0 + $1.keptBytes },
      { transaction throws(SQLError) in try transaction.record(records) }, then: completion)
  }

  package func exchange(
    _ exchange: DeliveryExchange,
    then completion: @escaping @Sendable (Result<[ClaimedDelivery], StoreError>) -> Void
  ) {
    submit(.exchange(exchange), { transaction throws(SQLError) in try transaction.exchange(exchange) }) { result in
      completion(result.flatMap { $0.map(Result.success) ?? .failure(.withoutEpoch) })
    }
  }

  package func fetchInbox(
    of party: PartyID, limit: Int, at now: Timestamp,
    then completion: @escaping @Sendable (Result<[ClaimedDelivery], StoreError>) -> Void
  ) {
    submit(
      .unknown, { transaction throws(SQLError) in try transaction.fetchInbox(of: party, limit: limit, at: now) },
      then: completion)
  }

  package func handOut(
    _ delivery: DeliveryID, to party: PartyID, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void
  ) {
    submit(
      .delivery(delivery),
      { transaction throws(SQLError) in try transaction.handOut(delivery, to: party, at: now) }, then: completion)
  }

  package func decline(
    _ delivery: DeliveryID, by party: PartyID, note: String, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void
  ) {
    submit(
      .delivery(delivery),
      { transaction throws(SQLError) in try transaction.decline(delivery, by: party, note: note, at: now) },
      then: completion)
  }

  package func acknowledge(
    _ delivery: DeliveryID, by party: PartyID, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void
  ) {
    submit(
      .delivery(delivery),
      { transaction throws(SQLError) in try transaction.acknowledge(delivery, by: party, at: now) }, then: completion)
  }

  package func carryOut(
    _ order: OperatorOrder, then completion: @escaping @Sendable (Result<OperatorReport, StoreError>) -> Void
  ) {
    submit(.unknown, { transaction throws(SQLError) in try transaction.carryOut(order) }, then: completion)
  }

  package func resend(
    _ order: ResendOrder, then completion: @escaping @Sendable (Result<ResendOutcome, StoreError>) -> Void
  ) {
    submit(.unknown, { transaction throws(SQLError) in try transaction.resend(order) }, then: completion)
  }

  package func supply(
    _ supply: Supply, to delivery: DeliveryID, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void
  ) {
    submit(
      .unknown,
      { transaction throws(SQLError) in try transaction.supply(supply, to: delivery, at: now) },
      then: completion)
  }

  package func prune(
    _ order: PruneOrder, then completion: @escaping @Sendable (Result<PruneReport, StoreError>) -> Void
  ) {
    submit(.unknown, { transaction throws(SQLError) in try transaction.prune(order) }, then: completion)
  }

  package func erase(atMost limit: Int, then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void) {
    submit(.unknown, { transaction throws(SQLError) in try transaction.erase(atMost: limit) }, then: completion)
  }

  package func journalRefusal(_ refusal: RefusalRecord) {
    // A refusal changes nothing that was promised; losing its line with the disk is all that happens.
    submit(.unknown, weight: 0, { transaction throws(SQLError) in try transaction.journal(refusal) }, then: { _ in })
  }

  func submit<Value: Sendable>(
    _ subject: StoreChange.Subject, weight: Int? = nil,
    _ perform: @escaping @Sendable (StoreTransaction) throws(SQLError) -> Value,
    then completion: @escaping @Sendable (Result<Value, StoreError>) -> Void
  ) {
    writer.submit(
      StoreChange(
        about: subject, weight: weight,
        perform: { transaction throws(SQLError) in
          let value = try perform(transaction)
          return { completion(.success(value)) }
        },
        fail: { completion(.failure($0)) }))
  }

  package func message(_ id: MessageID) throws(StoreError) -> StoredMessage? { try reader.message(id) }
  package func body(of id: MessageID) throws(StoreError) -> [UInt8]? { try reader.body(of: id) }

  package func latestMessage(of dossier: DossierCode, from party: PartyID) throws(StoreError) -> StoredMessage? {
    try reader.latestMessage(of: dossier, from: party)
  }

  package func latestBody(
    of dossier: DossierCode, types: Set<String>
  ) throws(StoreError) -> (type: String, sender: PartyID, body: [UInt8])? {
    try reader.latestBody(of: dossier, types: types)
  }

  package func timeline(of dossier: DossierCode, visibleTo party: PartyID?) throws(StoreError) -> DossierTimeline? {
    try reader.timeline(of: dossier, visibleTo: party)
  }

  package func messages(
    _ filter: MessageFilter, from cursor: MessagePage.Cursor, limit: Int,
  ) throws(StoreError) -> MessagePage {
    try reader.messages(filter, from: cursor, limit: limit)
  }

  package func caseMessages(
    after place: CasePage.Place, portal: PartyID?, limit: Int
  ) throws(StoreError) -> CasePage {
    try reader.caseMessages(after: place, portal: portal, limit: limit)
  }

  package func caseMessages(of dossier: DossierCode, limit: Int) throws(StoreError) -> [CaseMessage] {
    try reader.caseMessages(of: dossier, limit: limit)
  }

  package func dossiers(limit: Int) throws(StoreError) -> [DossierSummary] { try reader.dossiers(limit: limit) }
  package func queue() throws(StoreError) -> [QueueRow] { try reader.queue() }

  package func queueAges(minutes bounds: [Int], at now: Timestamp) throws(StoreError) -> [QueueAges] {
    try reader.queueAges(minutes: bounds, at: now)
  }

  package func standing(of delivery: DeliveryID) throws(StoreError) -> DeliveryStanding? {
    try reader.standing(of: delivery)
  }

  package func parties(namingFile sha256: String) throws(StoreError) -> Set<PartyID> {
    try reader.parties(namingFile: sha256)
  }

  package func heldOutputs(after delivery: DeliveryID?, limit: Int) throws(StoreError) -> [HeldOutput] {
    try reader.heldOutputs(after: delivery, limit: limit)
  }

  package func places(towards destination: PartyID) throws(StoreError) -> QueuePlaces {
    try reader.places(towards: destination)
  }

  package func standings(_ selection: DeliverySelection, limit: Int) throws(StoreError) -> [DeliveryStanding] {
    try reader.standings(selection, limit: limit)
  }

  package func failureGroups(of destination: PartyID?) throws(StoreError) -> [FailureGroup] {
    try reader.failureGroups(of: destination)
  }

  package func attempts(of id: MessageID) throws(StoreError) -> [StoredAttempt] { try reader.attempts(of: id) }

  package func answer(to attempt: Int, of delivery: DeliveryID, in id: MessageID) throws(StoreError) -> [UInt8]? {
    try reader.answer(to: attempt, of: delivery, in: id)
  }

  package func payload(of delivery: DeliveryID, in id: MessageID) throws(StoreError) -> [UInt8]? {
    try reader.payload(of: delivery, in: id)
  }

  package func inbox(of party: PartyID, _ filter: InboxFilter) throws(StoreError) -> [InboxEntry] {
    try reader.inbox(of: party, filter)
  }

  package func inboxCount(of party: PartyID, types: Set<String>) throws(StoreError) -> Int {
    try reader.inboxCount(of: party, types: types)
  }

  package func prunableTypes() throws(StoreError) -> [String] { try reader.prunableTypes() }

  package func prunable(
    _ type: String, before horizon: Timestamp, after place: PrunePage.Place
  ) throws(StoreError) -> PrunePage {
    try reader.prunable(type, before: horizon, after: place)
  }

  package func hasErasures() throws(StoreError) -> Bool { try reader.hasErasures() }

  package func nextDue(for destination: PartyID) throws(StoreError) -> Timestamp? {
    try reader.nextDue(for: destination)
  }
}

extension MessageRecord {
  /// Bytes that are kept of it.
  fileprivate var keptBytes: Int { deliveries.reduce(body.count) { $0 + $1.payload.count } }
}

extension StoreError {
  fileprivate static let withoutEpoch = StoreError(
    code: .unavailable,
    message: "this gateway has not reached the database for so long that others may have taken over its deliveries")
}
