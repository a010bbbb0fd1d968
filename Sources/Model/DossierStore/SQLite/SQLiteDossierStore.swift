package import DossierModel
import SQLKit
package import ServiceKit
import Synchronization

/// The dossier store in one SQLite file: for a site with one gateway.
///
/// One thread writes and groups commits (`GroupCommitWriter`); readers have connections of their own. At the start every
/// delivery that a former run had claimed becomes `unknown`: its bytes may have left.
package final class SQLiteDossierStore: DossierStore {
  let writer: GroupCommitWriter
  private let reader: SQLiteDossierReader
  let epoch: Int64
  private let readyObserver = Mutex<ReadyObserver?>(nil)

  /// The closure in a box: a bare one would be wrapped once more each time it is taken out of the mutex.
  private final class ReadyObserver: Sendable {
    let call: @Sendable (Set<PartyID>) -> Void
    init(_ call: @escaping @Sendable (Set<PartyID>) -> Void) { self.call = call }
  }

  /// Opens or creates the file at `path` and brings it to the newest shape.
  package init(path: String, at now: Timestamp) throws(StoreError) {
    do throws(SQLError) {
      let database = try SQLiteDatabase(path: path)
      try database.migrate(SQLMigration.dossierStore)
      epoch = try Self.beginEpoch(on: database, at: now)
      reader = SQLiteDossierReader(path: path)
      writer = GroupCommitWriter(first: database) { () throws(SQLError) in try SQLiteDatabase(path: path) }
    } catch {
      throw StoreError(error)
    }
  }

  package var isWritable: Bool { writer.isWritable }

  package func observeReady(_ observer: @escaping @Sendable (Set<PartyID>) -> Void) {
    readyObserver.withLock { $0 = ReadyObserver(observer) }
  }

  /// Finishes what was submitted; later changes fail with `closed`.
  package func close() {
    // The last connection to close copies the log back into the file, and only the writer's may.
    reader.close()
    writer.close()
  }

  package func message(_ id: MessageID) throws(StoreError) -> StoredMessage? { try reader.message(id) }
  package func body(of id: MessageID) throws(StoreError) -> [UInt8]? { try reader.body(of: id) }

  package func latestMessage(of dossier: DossierCode, from party: PartyID) throws(StoreError) -> StoredMessage? {
    try reader.latestMessage(of: dossier, from: party)
  }

  package func latestBody(
    of dossier: DossierCode, types: Set<String>
  ) throws(StoreError) -> (type: String, body: [UInt8])? {
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

  package func dossiers(limit: Int) throws(StoreError) -> [DossierSummary] { try reader.dossiers(limit: limit) }
  package func queue() throws(StoreError) -> [QueueRow] { try reader.queue() }

  package func queueAges(minutes bounds: [Int], at now: Timestamp) throws(StoreError) -> [QueueAges] {
    try reader.queueAges(minutes: bounds, at: now)
  }

  package func standing(of delivery: DeliveryID) throws(StoreError) -> DeliveryStanding? {
    try reader.standing(of: delivery)
  }

  package func heldOutputs(after delivery: DeliveryID?, limit: Int) throws(StoreError) -> [HeldOutput] {
    try reader.heldOutputs(after: delivery, limit: limit)
  }

  package func nextDue(for destination: PartyID) throws(StoreError) -> Timestamp? {
    try reader.nextDue(for: destination)
  }

  func announceReady(_ destinations: Set<PartyID>) {
    guard !destinations.isEmpty else { return }
    readyObserver.withLock { $0 }?.call(destinations)
  }

  private static func beginEpoch(on database: SQLiteDatabase, at now: Timestamp) throws(SQLError) -> Int64 {
    try database.transaction { () throws(SQLError) in
      try database.run("UPDATE epoch SET current = current + 1")
      let current = try database.prepare("SELECT current FROM epoch")
      defer { current.reset() }
      guard try current.step() else { preconditionFailure("the first migration inserts the epoch") }
      let epoch = current.integer(0)
      let lost = try database.prepare("SELECT number, message FROM delivery WHERE open = 1 AND state = 'inFlight'")
      var found: [DeliveryRow] = []
      while try lost.step() {
        found.append(DeliveryRow(id: DeliveryID(lost.integer(0)), message: lost.integer(1), state: .inFlight))
      }
      lost.reset()
      for row in found { try move(row, on: .claimLost, in: database, at: now, actor: "gateway", due: now) }
      return epoch
    }
  }
}

extension SQLMigration {
  static var dossierStore: [SQLMigration] {
    [
      SQLMigration(
        number: 1, name: "first", sql: String(decoding: PackageResources.v001_first_sql, as: UTF8.self))
    ]
  }
}
