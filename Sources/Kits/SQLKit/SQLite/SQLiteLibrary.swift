import CSQLite

/// SQLite as a whole, set up once before the first connection is opened.
enum SQLiteLibrary {
  /// Whether SQLite leaves its memory uncounted.
  ///
  /// It would count under one lock for all connections, taken at each allocation and release: a twentieth of what the
  /// store's thread costs. Nobody asks for the count. False if something else in the process has begun to use SQLite
  /// before; everything works all the same.
  static let countsNoMemory = lt_sqlite3_countNoMemory() == SQLITE_OK

  static func start() { _ = countsNoMemory }
}
