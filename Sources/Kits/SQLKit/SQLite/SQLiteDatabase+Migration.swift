extension SQLiteDatabase {
  /// Brings the file to the newest shape, one transaction for each step that is missing.
  ///
  /// Refuses a file that a newer program has already changed: going back would lose what it stored.
  /// Each applied step is remembered with its text, so that an edited migration is noticed at the next start.
  package func migrate(_ migrations: [SQLMigration]) throws(SQLError) {
    precondition(
      migrations.enumerated().allSatisfy { $0.element.number == $0.offset + 1 },
      "migrations are numbered 1, 2, 3 … without gaps")
    try execute(
      "CREATE TABLE IF NOT EXISTS migration(number INTEGER PRIMARY KEY, name TEXT NOT NULL, sql TEXT NOT NULL)")
    var applied: [Int: String] = [:]
    let rows = try prepare("SELECT number, sql FROM migration")
    while try rows.step() { applied[Int(rows.integer(0))] = rows.text(1) }
    rows.reset()
    if let newest = applied.keys.max(), newest > migrations.count {
      throw SQLError(
        code: .migration,
        message: "the database '\(path)' has the shape of step \(newest), this program knows \(migrations.count); "
          + "start the newer program, or restore the backup taken before it ran")
    }
    for migration in migrations {
      if let stored = applied[migration.number] {
        guard stored == migration.sql else {
          throw SQLError(
            code: .migration,
            message: "step \(migration.number) (\(migration.name)) was applied with another text; a released step "
              + "is never edited, add a new one")
        }
        continue
      }
      try transaction { () throws(SQLError) in
        try execute(migration.sql)
        try run(
          "INSERT INTO migration(number, name, sql) VALUES(?, ?, ?)",
          .integer(Int64(migration.number)), .text(migration.name), .text(migration.sql))
      }
    }
  }

  /// The number of the last applied step; 0 in a new file.
  package func migrationNumber() throws(SQLError) -> Int {
    let table = try prepare("SELECT count(*) FROM sqlite_master WHERE type='table' AND name='migration'")
    defer { table.reset() }
    guard try table.step(), table.integer(0) == 1 else { return 0 }
    let newest = try prepare("SELECT coalesce(max(number), 0) FROM migration")
    defer { newest.reset() }
    return try newest.step() ? Int(newest.integer(0)) : 0
  }
}
