extension SQLDatabase {
  /// Applies the steps that are missing, each in a transaction of its own. The caller sees to it that nobody else does.
  ///
  /// Each applied step is remembered with its text, so that an edited migration is noticed at the next start.
  func applyMigrations(_ migrations: [SQLMigration], place: String) throws(SQLError) {
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
        message: "the database '\(place)' has the shape of step \(newest), this program knows \(migrations.count); "
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

  /// The number of the last applied step of a database that has had one.
  func newestMigration() throws(SQLError) -> Int {
    let newest = try prepare("SELECT coalesce(max(number), 0) FROM migration")
    defer { newest.reset() }
    return try newest.step() ? Int(newest.integer(0)) : 0
  }
}
