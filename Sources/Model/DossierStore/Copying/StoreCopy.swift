package import SQLKit

/// Moves a store from a SQLite file to an empty PostgreSQL database: one transaction, read back and compared before it is
/// committed. The file stays as it is.
package struct StoreCopy {
  /// One table, as it is in both databases.
  package struct Table: Sendable, Equatable {
    package var name: String
    package var rows: Int
    /// SHA-256 of all rows in the order of their keys.
    package var digest: [UInt8]
  }

  private let source: SQLiteDatabase
  private let target: any SQLDatabase

  /// Opens both, and refuses a source that somebody else has open.
  package init(from path: String, to configuration: PostgreSQLConfiguration) throws(StoreCopyError) {
    do throws(SQLError) {
      source = try SQLiteDatabase(path: path)
    } catch {
      throw StoreCopyError(code: .database, message: "the store '\(path)' cannot be opened", cause: error)
    }
    do throws(SQLError) {
      // Leaving the mode with a log beside the file takes the file for oneself alone, as long as this connection lives.
      let mode = try source.prepare("PRAGMA journal_mode=DELETE")
      defer { mode.reset() }
      _ = try mode.step()
    } catch {
      throw StoreCopyError(
        code: .sourceInUse, message: "the store '\(path)' is open elsewhere; stop its gateway first", cause: error)
    }
    do throws(SQLError) {
      try source.migrate(SQLMigration.sqliteStore)
      target = try PostgreSQLEngine(configuration, NodeLimits()).openWriter()
      try target.migrate(SQLMigration.postgreSQLStore)
    } catch {
      throw StoreCopyError(code: .database, message: "the databases cannot be made ready", cause: error)
    }
  }

  /// Copies everything. `progress` is told the table whose rows come next.
  package func run(progress: (String) -> Void = { _ in }) throws(StoreCopyError) -> [Table] {
    var refusal: StoreCopyError?
    do throws(SQLError) {
      return try source.transaction { () throws(SQLError) in
        try target.transaction { () throws(SQLError) in
          do throws(StoreCopyError) {
            return try copyAll(progress)
          } catch {
            refusal = error
            // Whatever it was, the transaction is to be undone.
            throw error.cause ?? SQLError(code: .other, message: error.message)
          }
        }
      }
    } catch {
      throw refusal ?? StoreCopyError(code: .database, message: "the copy could not be committed", cause: error)
    }
  }

  private func copyAll(_ progress: (String) -> Void) throws(StoreCopyError) -> [Table] {
    try takeTarget()
    var tables: [Table] = []
    for table in CopiedTable.all {
      progress(table.name)
      let written = try copy(table)
      let read = try digest(of: table, in: target)
      guard written == read else {
        throw StoreCopyError(
          code: .different,
          message:
            "\(table.name): \(written.rows) rows were written and \(read.rows) read back, or they differ; nothing "
            + "was kept")
      }
      tables.append(written)
    }
    try failing("the counters cannot be set") { () throws(SQLError) in try setCounters() }
    return tables
  }

  /// Nobody else writes to the target until the end, and nothing is in it.
  private func takeTarget() throws(StoreCopyError) {
    var found: String?
    try failing("the target cannot be locked") { () throws(SQLError) in
      for table in CopiedTable.all where found == nil {
        let row = try target.prepare(table.isEmpty)
        defer { row.reset() }
        if try row.step() { found = "its table \(table.name) has rows" }
      }
      try target.run("LOCK TABLE node, message, delivery IN ACCESS EXCLUSIVE MODE")
      let nodes = try target.prepare("SELECT 1 FROM node WHERE ended IS NULL LIMIT 1")
      defer { nodes.reset() }
      if try nodes.step() { found = found ?? "a gateway lives on it, or was killed on it" }
    }
    if let found {
      throw StoreCopyError(
        code: .targetNotEmpty, message: "the target is not empty: \(found); make a new database for this site")
    }
  }

  private func copy(_ table: CopiedTable) throws(StoreCopyError) -> Table {
    var digest = TableDigest()
    try failing("the table \(table.name) cannot be copied") { () throws(SQLError) in
      try table.forEachRow(in: source) { row throws(SQLError) in
        digest.add(row)
        try target.run(table.insert, row)
      }
    }
    let rows = digest.rows
    return Table(name: table.name, rows: rows, digest: digest.finish())
  }

  private func digest(of table: CopiedTable, in database: any SQLDatabase) throws(StoreCopyError) -> Table {
    var digest = TableDigest()
    try failing("the table \(table.name) cannot be read back") { () throws(SQLError) in
      try table.forEachRow(in: database) { row throws(SQLError) in digest.add(row) }
    }
    let rows = digest.rows
    return Table(name: table.name, rows: rows, digest: digest.finish())
  }

  /// What comes next has a number behind everything that was copied.
  private func setCounters() throws(SQLError) {
    let current = try source.prepare("SELECT current FROM epoch")
    defer { current.reset() }
    let epoch = try current.step() ? current.integer(0) : 0
    try target.run("SELECT setval('node_epoch', greatest(CAST(? AS BIGINT), 1))", .integer(epoch))
    try target.run("SELECT setval('message_number', greatest(max(number), 1), count(*) > 0) FROM message")
    try target.run("SELECT setval('delivery_number', greatest(max(number), 1), count(*) > 0) FROM delivery")
    try target.run(
      "SELECT setval(pg_get_serial_sequence('journal', 'number'), greatest(max(number), 1), count(*) > 0) FROM journal")
    try target.run(
      "SELECT setval(pg_get_serial_sequence('poll_item', 'number'), greatest(max(number), 1), count(*) > 0) FROM poll_item"
    )
    try target.run(
      """
      SELECT setval(pg_get_serial_sequence('procedure_line', 'number'), greatest(max(number), 1), count(*) > 0)
      FROM procedure_line
      """)
  }

  private func failing(_ what: String, _ body: () throws(SQLError) -> Void) throws(StoreCopyError) {
    do throws(SQLError) {
      try body()
    } catch {
      throw StoreCopyError(code: .database, message: what, cause: error)
    }
  }
}
