/// One connection to a database engine, used by one thread at a time: what SQLite and PostgreSQL both can.
///
/// Texts are written once for both engines: parameters are `?` or `?1`, text literals contain no `?`, and a new row's
/// key is read with `INSERT … RETURNING`. A connection whose error says `connectionLost` or `commitUnknown` is of no
/// further use; its owner opens another.
package protocol SQLDatabase: AnyObject {
  associatedtype Statement: SQLStatement

  /// The kept statement for this literal, reset and without bound values.
  func prepare(_ sql: StaticString) throws(SQLError) -> Statement

  /// The kept statement for a text made at run time, reset and without bound values.
  @_disfavoredOverload
  func prepare(_ sql: String) throws(SQLError) -> Statement

  /// Runs a statement whose rows nobody reads.
  ///
  /// An engine behind a network need not wait for it: its error is then thrown by a later call, at the latest by the end
  /// of the transaction, and names this statement. Outside a transaction it is waited for.
  func run(_ sql: StaticString, _ values: [SQLValue]) throws(SQLError)

  /// Runs one or more statements that return no rows and take no parameters.
  func execute(_ sql: String) throws(SQLError)

  /// Runs `body` inside a transaction for writing. When it returns, all of it is stored durably; any error undoes all of
  /// it and is thrown on, except `commitUnknown`, after which either is possible. Stored durably is then also what `body`
  /// only found: whoever is told that a message is there already is told so from inside a transaction.
  func transaction<Result>(_ body: () throws(SQLError) -> Result) throws(SQLError) -> Result

  /// One step in removing a large value with its row, inside a transaction: overwrites what the engine would overwrite, at
  /// most `limit` bytes from `offset` on; behind the last byte it deletes the row. True when there is no such row any more.
  func erase(_ place: SQLValuePlace, from offset: Int, limit: Int) throws(SQLError) -> Bool

  /// Brings the database to the newest shape; see `SQLMigration`.
  func migrate(_ migrations: [SQLMigration]) throws(SQLError)

  /// The number of the last applied migration; 0 in a new database.
  func migrationNumber() throws(SQLError) -> Int
}

extension SQLDatabase {
  package func run(_ sql: StaticString, _ values: SQLValue...) throws(SQLError) { try run(sql, values) }
}
