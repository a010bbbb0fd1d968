import DossierModel
import Glibc
import SQLKit
import ServiceKit
import Synchronization

/// The store in a PostgreSQL database, shared by any number of gateways.
///
/// Everything about one dossier changes under that dossier's lock, which a batch takes beforehand for all it names; what
/// is claimed is locked row by row, and a row that another gateway has locked is passed over. A gateway claims under an
/// epoch which it keeps alive (`NodeKeeper`); the epoch of one that falls silent is ended by another, and its claims are
/// given back.
final class PostgreSQLEngine: StoreEngine {
  /// Each change of a batch may hold two of the server's locks; a server of default size has 6,400 for all gateways.
  let batchLimit = 256
  let texts = StoreTexts.postgreSQL
  private let configuration: PostgreSQLConfiguration
  private let limits: NodeLimits
  private let lease: NodeLease
  /// Where this gateway runs, if nobody else can at the same time.
  private let place: String?
  /// Transactions begun.
  private let transactions = Atomic<Int64>(0)
  private let keeper = Mutex<NodeKeeper?>(nil)
  private let listener = Mutex<PostgreSQLListener?>(nil)

  init(_ configuration: PostgreSQLConfiguration, _ limits: NodeLimits, place: String? = nil) {
    // A gateway that hangs in the middle of a transaction must have lost its locks before others take over from it.
    var patient = configuration
    patient.limits.idleInTransaction = min(configuration.limits.idleInTransaction, limits.lease)
    self.configuration = patient
    self.limits = limits
    self.place = place
    lease = NodeLease(limits)
  }

  var share: StoreShare { lease.share }
  var currentEpoch: Int64? { lease.validEpoch }

  // MARK: Connections

  func openWriter() throws(SQLError) -> sending any SQLDatabase { try Self.connect(configuration) }

  func openReader() throws(SQLError) -> sending any SQLDatabase {
    let database = try PostgreSQLDatabase(configuration)
    // A look-up follows one dossier from table to table. Of tables that were filled a moment ago the server has no
    // statistics, expects hundreds of rows of it, and would read whole tables with several workers to join them; of
    // tables that it knows it expects that one of many rows soon meets it in passing, which is not so behind a history.
    try database.execute(
      "SET jit = off; SET default_transaction_read_only = on; SET enable_seqscan = off; SET enable_hashjoin = off; "
        + "SET enable_mergejoin = off; SET max_parallel_workers_per_gather = 0")
    return database
  }

  private static func connect(_ configuration: PostgreSQLConfiguration) throws(SQLError) -> PostgreSQLDatabase {
    let database = try PostgreSQLDatabase(configuration)
    // Every statement here finds its rows by an index. A plan made while the tables were new and empty would read
    // them whole, and be kept.
    try database.execute(
      "SET jit = off; SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off; "
        + "SET enable_mergejoin = off")
    return database
  }

  // MARK: A gateway's life

  func begin(at now: Timestamp) throws(SQLError) -> sending any SQLDatabase {
    let database = try Self.connect(configuration)
    try database.migrate(SQLMigration.postgreSQLStore)
    let asked = ContinuousClock.now
    // A gateway that is killed again and again, each time sooner than a lease, must not leave its claims lying for ever.
    if try NodeTable.reached(lease: limits.lease, in: database) > limits.lease {
      try NodeTable.endSilent(lease: limits.lease, in: database)
    }
    if let place { try NodeTable.endPredecessors(Self.hostName, at: place, in: database) }
    lease.renewed(try NodeTable.begin(Self.hostName, place: place, in: database), asked: asked)
    lease.learned(try NodeTable.share(of: lease.epoch, lease: limits.lease, in: database))
    // What gateways that are gone had claimed. Of those that fell silent just now the keeper takes care.
    var found: Int
    repeat {
      found = try database.transaction { () throws(SQLError) in
        let transaction = StoreTransaction(database, try lookup(for: [], in: database), texts)
        return try NodeTable.giveBack(in: transaction, at: now)
      }
    } while found == NodeTable.giveBackLimit
    return database
  }

  func attend(ready: ReadyAnnouncement, writer: GroupCommitWriter, time: any TimeSource) {
    let configuration = configuration
    let keeper = NodeKeeper(
      name: Self.hostName, place: place, lease: lease, limits: limits, writer: writer, time: time,
      connect: { () throws(SQLError) in try Self.connect(configuration) })
    self.keeper.withLock { $0 = keeper }
    let listener = PostgreSQLListener(configuration, channels: [ReadyNotice.channel]) { [lease] event in
      guard case .notified(_, let payload) = event, let notice = ReadyNotice(payload), notice.epoch != lease.epoch
      else { return }
      ready.announce(notice.destinations)
    }
    self.listener.withLock { $0 = listener }
  }

  func end(_ writer: GroupCommitWriter) {
    listener.withLock { $0 }?.stop()
    writer.close()
    keeper.withLock { $0 }?.stop()
  }

  /// What operators see a gateway as.
  private static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  // MARK: A transaction

  /// What autovacuum has freed inside the tables is known to the server alone.
  func reusableBytes(in database: any SQLDatabase) -> Int { 0 }

  func lookup(for batch: [StoreChange], in database: any SQLDatabase) throws(SQLError) -> any StoreLookup {
    let ordinal = transactions.add(1, ordering: .relaxed).newValue
    let lookup = try PostgreSQLLookup(database, lease: lease, ordinal: ordinal, batch)
    if lookup.hasLostEpoch { keeper.withLock { $0 }?.hurry() }
    return lookup
  }

  func announce(_ ready: Set<PartyID>, in database: any SQLDatabase) throws(SQLError) {
    // A notice is a lock on all commits of the database for a moment: not for a gateway that is alone. An operator's
    // program has no epoch, and somebody else to tell.
    guard lease.epoch == 0 || lease.share.count > 1 else { return }
    for payload in ReadyNotice.payloads(epoch: lease.epoch, ready) {
      try database.run("SELECT pg_notify('lienthong_ready', ?)", .text(payload))
    }
  }

  func committed(on database: any SQLDatabase) {}

  func isStored(_ mark: TransactionMark, in database: any SQLDatabase) throws(SQLError) -> Bool? {
    do throws(SQLError) {
      return try NodeTable.isLast(mark, in: database)
    } catch  where error.code == .busy || error.code == .timedOut {
      return nil
    }
  }
}

extension SQLMigration {
  static var postgreSQLStore: [SQLMigration] {
    [
      SQLMigration(
        number: 1, name: "first", sql: String(decoding: PackageResources.postgresql_v001_first_sql, as: UTF8.self)),
      SQLMigration(
        number: 2, name: "files", sql: String(decoding: PackageResources.postgresql_v002_files_sql, as: UTF8.self)),
      SQLMigration(
        number: 3, name: "retention",
        sql: String(decoding: PackageResources.postgresql_v003_retention_sql, as: UTF8.self)),
      SQLMigration(
        number: 4, name: "stopped",
        sql: String(decoding: PackageResources.postgresql_v004_stopped_sql, as: UTF8.self)),
      SQLMigration(
        number: 5, name: "place", sql: String(decoding: PackageResources.postgresql_v005_place_sql, as: UTF8.self)),
      SQLMigration(
        number: 6, name: "polls", sql: String(decoding: PackageResources.postgresql_v006_polls_sql, as: UTF8.self)),
      SQLMigration(
        number: 7, name: "cases", sql: String(decoding: PackageResources.postgresql_v007_cases_sql, as: UTF8.self)),
      SQLMigration(
        number: 8, name: "procedures",
        sql: String(decoding: PackageResources.postgresql_v008_procedures_sql, as: UTF8.self)),
      SQLMigration(
        number: 9, name: "erasures",
        sql: String(decoding: PackageResources.postgresql_v009_erasures_sql, as: UTF8.self)),
    ]
  }
}
