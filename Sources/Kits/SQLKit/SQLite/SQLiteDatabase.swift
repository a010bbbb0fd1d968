import CSQLite

/// One connection to an SQLite file, used by one thread at a time.
///
/// It opens the file in WAL mode with `synchronous=FULL`, so that a COMMIT that returned is on the disk: the only
/// setting under which "accepted" may be said (https://sqlite.org/pragma.html#pragma_synchronous).
/// Deleted rows are overwritten (`secure_delete`), because they held citizens' data.
/// Statements are prepared once and kept; `prepare` hands out the kept one.
package final class SQLiteDatabase: SQLDatabase {
  package struct Options: Sendable {
    package var readOnly = false
    /// How long a statement waits for another connection's lock, in milliseconds.
    package var busyMilliseconds: Int32 = 5_000
    /// Page size of a new file, in bytes. 8 KiB suits dossiers of about that size.
    package var pageBytes = 8_192
    /// WAL pages after which a commit copies them back into the file.
    package var checkpointPages = 4_000
    /// Told how long the log is after each commit, which then copies nothing back: the log's owner sees to that.
    package var log: SQLiteLog?
    /// Whether what is appended to the log is gathered into larger pieces; see `GatheredLog`.
    package var gathersLog = true
    /// Memory for cached pages, in KiB.
    package var cacheKibibytes = 8_192

    package init() {}
  }

  let handle: OpaquePointer
  package let path: String
  /// Keeps alive what the handle's hook points to.
  private let log: SQLiteLog?
  private var statements: [String: SQLiteStatement] = [:]
  /// The same for texts that are part of the program, found by where they lie in memory instead of by their bytes.
  private var literalStatements: [UnsafePointer<UInt8>: SQLiteStatement] = [:]

  /// Opens or creates the file; a read-only connection never creates it.
  package init(path: String, options: Options = Options()) throws(SQLError) {
    SQLiteLibrary.start()
    var opened: OpaquePointer?
    // One thread at a time is the rule of this type, so SQLite's own mutexes are left out.
    let access = options.readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let fileSystem = options.readOnly || !options.gathersLog ? nil : SQLiteFileSystem.name
    let result = sqlite3_open_v2(path, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, fileSystem)
    guard result == SQLITE_OK, let opened else {
      let error = SQLError(sqlite: opened, result: result)
      sqlite3_close_v2(opened)
      throw SQLError(
        code: error.code, engineCode: error.engineCode,
        message: "cannot open the database '\(path)': \(error.message); check that the folder exists and may be written"
      )
    }
    handle = opened
    self.path = path
    log = options.log
    sqlite3_busy_timeout(handle, options.busyMilliseconds)
    if !options.readOnly {
      try execute("PRAGMA page_size=\(options.pageBytes)")
      try execute("PRAGMA journal_mode=WAL")
      try execute("PRAGMA synchronous=FULL")
      try execute("PRAGMA secure_delete=ON")
      try execute("PRAGMA wal_autocheckpoint=\(options.checkpointPages)")
      // SQLite has one hook after commits, which until here was the one that copies the log back.
      log?.watch(handle)
    }
    try execute("PRAGMA foreign_keys=ON")
    try execute("PRAGMA cache_size=-\(options.cacheKibibytes)")
    try execute("PRAGMA temp_store=MEMORY")
  }

  deinit {
    for statement in statements.values { statement.finalise() }
    for statement in literalStatements.values { statement.finalise() }
    sqlite3_close_v2(handle)
  }

  /// Runs one or more statements that return no rows and take no parameters.
  package func execute(_ sql: String) throws(SQLError) {
    let result = sqlite3_exec(handle, sql, nil, nil, nil)
    guard result == SQLITE_OK else { throw SQLError(sqlite: handle, result: result, statement: sql) }
  }

  /// The kept statement for this literal, reset and without bound values.
  package func prepare(_ sql: StaticString) throws(SQLError) -> SQLiteStatement {
    if let kept = literalStatements[sql.utf8Start] {
      kept.reset()
      return kept
    }
    let statement = try SQLiteStatement(database: self, sql: sql.description)
    literalStatements[sql.utf8Start] = statement
    return statement
  }

  /// The kept statement for a text made at run time, reset and without bound values.
  @_disfavoredOverload
  package func prepare(_ sql: String) throws(SQLError) -> SQLiteStatement {
    if let kept = statements[sql] {
      kept.reset()
      return kept
    }
    let statement = try SQLiteStatement(database: self, sql: sql)
    statements[sql] = statement
    return statement
  }

  /// Prepares, binds and runs a statement whose rows nobody reads.
  package func run(_ sql: StaticString, _ values: [SQLValue]) throws(SQLError) {
    let statement = try prepare(sql)
    try statement.bind(values)
    while try statement.step() {}
    statement.reset()
  }

  /// Rows changed by the last statement.
  package var changes: Int { Int(sqlite3_changes64(handle)) }

  /// The integer key of the last inserted row.
  package var lastInsertedKey: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Whether a transaction is open; false after SQLite rolled one back by itself because the disk failed.
  package var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// Copies what the log holds into the file, syncs the file, and begins the log anew; not while somebody reads from it.
  ///
  /// For a log of which it is not certain that all of it is on the disk: where a sync failed, or its writer was killed
  /// before one, the kernel may take pages for clean that were never written. Behind a gap there nothing would be found
  /// after a loss of power, whatever was synced later.
  package func renewLog() throws(SQLError) {
    try execute("PRAGMA wal_checkpoint(TRUNCATE)")
  }

  /// Runs `body` inside a transaction that takes the write lock at once; any error rolls back and is thrown on.
  package func transaction<Result>(_ body: () throws(SQLError) -> Result) throws(SQLError) -> Result {
    try run("BEGIN IMMEDIATE", [])
    do {
      let result = try body()
      try run("COMMIT", [])
      return result
    } catch {
      if isInTransaction { try? execute("ROLLBACK") }
      throw error
    }
  }
}
