extension SQLiteDatabase {
  /// Brings the file to the newest shape, one transaction for each step that is missing.
  ///
  /// Refuses a file that a newer program has already changed: going back would lose what it stored.
  package func migrate(_ migrations: [SQLMigration]) throws(SQLError) {
    try applyMigrations(migrations, place: path)
  }

  /// The number of the last applied step; 0 in a new file.
  package func migrationNumber() throws(SQLError) -> Int {
    let table = try prepare("SELECT count(*) FROM sqlite_master WHERE type='table' AND name='migration'")
    defer { table.reset() }
    guard try table.step(), table.integer(0) == 1 else { return 0 }
    return try newestMigration()
  }
}
