import DossierModel
import SQLKit
import ServiceKit
import Synchronization

/// The store in one SQLite file: one gateway at a time, whose one writer is all the lock there is.
final class SQLiteEngine: StoreEngine {
  private let path: String
  /// Counts the starts of gateways; 0 until this one begins.
  private let epoch = Atomic<Int64>(0)
  private let log = SQLiteLog()

  /// Pages of the log after which it is copied back into the file: 8 MiB. That takes some ten milliseconds in which nothing
  /// is committed, so it is done after everybody has the answer to the commit before, and while there is still work for
  /// the others: four times as much at once would have all senders waiting.
  static let logPages = 1_000

  let batchLimit = 512
  let share = StoreShare.whole
  let texts = StoreTexts.sqlite
  var currentEpoch: Int64? { epoch.load(ordering: .acquiring) }

  init(path: String) { self.path = path }

  func begin(at now: Timestamp) throws(SQLError) -> sending any SQLDatabase {
    let database = try makeWriter()
    try database.renewLog()
    // Whatever an earlier run held is nobody's now.
    try database.transaction { () throws(SQLError) in
      try database.run("UPDATE epoch SET current = current + 1")
      let current = try database.prepare("SELECT current FROM epoch")
      defer { current.reset() }
      guard try current.step() else { preconditionFailure("the first migration inserts the epoch") }
      epoch.store(current.integer(0), ordering: .releasing)
      let lookup = try lookup(for: [], in: database)
      try StoreTransaction(database, lookup, texts).giveBack(try Self.inFlight(in: database), at: now)
    }
    return database
  }

  func attend(ready: ReadyAnnouncement, writer: GroupCommitWriter, time: any TimeSource) {}
  func end(_ writer: GroupCommitWriter) { writer.close() }

  func committed(on database: any SQLDatabase) {
    guard log.pages >= Self.logPages else { return }
    // As far as no reader is in the way. What could not be copied is all in the log, and is tried again after the next
    // commit.
    try? database.execute("PRAGMA wal_checkpoint(PASSIVE)")
  }

  func openWriter() throws(SQLError) -> sending any SQLDatabase { try makeWriter() }

  private func makeWriter() throws(SQLError) -> sending SQLiteDatabase {
    var options = SQLiteDatabase.Options()
    options.log = log
    let database = try SQLiteDatabase(path: path, options: options)
    // A gateway's writer is opened again after the disk failed.
    if epoch.load(ordering: .acquiring) != 0 { try database.renewLog() }
    try database.migrate(SQLMigration.sqliteStore)
    return database
  }

  func openReader() throws(SQLError) -> sending any SQLDatabase {
    var options = SQLiteDatabase.Options()
    options.readOnly = true
    options.cacheKibibytes = 2_048
    return try SQLiteDatabase(path: path, options: options)
  }

  func reusableBytes(in database: any SQLDatabase) throws(SQLError) -> Int {
    let row = try database.prepare("SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size")
    defer { row.reset() }
    return try row.step() ? Int(row.integer(0)) : 0
  }

  func lookup(for batch: [StoreChange], in database: any SQLDatabase) throws(SQLError) -> any StoreLookup {
    SQLiteLookup(database, epoch: epoch.load(ordering: .acquiring))
  }

  func announce(_ ready: Set<PartyID>, in database: any SQLDatabase) {}

  func isStored(_ mark: TransactionMark, in database: any SQLDatabase) -> Bool? {
    preconditionFailure("a file answers every commit, so none has a mark")
  }

  private static func inFlight(in database: any SQLDatabase) throws(SQLError) -> [DeliveryRow] {
    let lost = try database.prepare(
      "SELECT number, message, destination, dossier FROM delivery WHERE open = 1 AND state = 'inFlight'")
    defer { lost.reset() }
    var found: [DeliveryRow] = []
    while try lost.step() {
      let stream = DeliveryStream(destination: PartyID(lost.text(2)), dossier: DossierCode(lost.text(3)))
      found.append(
        DeliveryRow(id: DeliveryID(lost.integer(0)), message: lost.integer(1), stream: stream, state: .inFlight))
    }
    return found
  }
}

extension SQLMigration {
  static var sqliteStore: [SQLMigration] {
    [
      SQLMigration(number: 1, name: "first", sql: String(decoding: PackageResources.v001_first_sql, as: UTF8.self)),
      SQLMigration(
        number: 2, name: "claim lanes", sql: String(decoding: PackageResources.v002_claim_lanes_sql, as: UTF8.self)),
      SQLMigration(number: 3, name: "files", sql: String(decoding: PackageResources.v003_files_sql, as: UTF8.self)),
      SQLMigration(
        number: 4, name: "retention", sql: String(decoding: PackageResources.v004_retention_sql, as: UTF8.self)),
      SQLMigration(number: 5, name: "stopped", sql: String(decoding: PackageResources.v005_stopped_sql, as: UTF8.self)),
      SQLMigration(number: 6, name: "polls", sql: String(decoding: PackageResources.v006_polls_sql, as: UTF8.self)),
      SQLMigration(number: 7, name: "cases", sql: String(decoding: PackageResources.v007_cases_sql, as: UTF8.self)),
      SQLMigration(
        number: 8, name: "procedures", sql: String(decoding: PackageResources.v008_procedures_sql, as: UTF8.self)),
      SQLMigration(
        number: 9, name: "erasures", sql: String(decoding: PackageResources.v009_erasures_sql, as: UTF8.self)),
    ]
  }
}
