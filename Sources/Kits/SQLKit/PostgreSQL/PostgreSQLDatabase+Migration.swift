extension PostgreSQLDatabase {
  /// Held while a database's shape is looked at and changed: nodes that start together do it one after the other.
  /// Advisory locks are numbered; this is "lienthon" in ASCII.
  private static let migrationLock: Int64 = 0x6C69_656E_7468_6F6E

  /// Brings the database to the newest shape, one transaction for each step that is missing, one node at a time.
  ///
  /// Refuses a database that a newer program has already changed: going back would lose what it stored.
  package func migrate(_ migrations: [SQLMigration]) throws(SQLError) {
    let limits = configuration.limits
    let usualAnswer = connection.answerLimit
    connection.answerLimit = max(usualAnswer, limits.migration)
    defer { connection.answerLimit = usualAnswer }
    try set(statement: limits.migration, lock: limits.migration)
    defer { try? set(statement: limits.statement, lock: limits.lock) }
    try run("SELECT pg_advisory_lock(CAST(? AS BIGINT))", .integer(Self.migrationLock))
    defer { try? run("SELECT pg_advisory_unlock(CAST(? AS BIGINT))", .integer(Self.migrationLock)) }
    try set(statement: limits.migration, lock: limits.lock)
    try applyMigrations(migrations, place: configuration.place)
  }

  /// The number of the last applied step; 0 in a new database.
  package func migrationNumber() throws(SQLError) -> Int {
    let table = try prepare("SELECT to_regclass('migration') IS NOT NULL")
    defer { table.reset() }
    guard try table.step(), table.integer(0) == 1 else { return 0 }
    return try newestMigration()
  }

  private func set(statement: Duration, lock: Duration) throws(SQLError) {
    try execute(
      "SET statement_timeout = \(statement.wholeMilliseconds); SET lock_timeout = \(lock.wholeMilliseconds)")
  }
}
