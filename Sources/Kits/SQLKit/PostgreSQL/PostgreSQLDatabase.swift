import CPostgreSQL

/// One connection to a PostgreSQL database, used by one thread at a time.
///
/// Statements whose rows nobody reads are sent without waiting for them (`run`); a query, and the end of a transaction,
/// wait for all that was sent. So a transaction of a hundred statements costs one or two journeys to the server. A
/// connection is refused whose server could lose a commit it has acknowledged (`checkSettings`). It needs a connection
/// to the server itself: a pooler that hands a session around between transactions has no prepared statements and no
/// advisory locks.
package final class PostgreSQLDatabase: SQLDatabase {
  package let configuration: PostgreSQLConfiguration
  let connection: PostgreSQLConnection
  private let pipeline: PostgreSQLPipeline
  private var statements: [String: PostgreSQLStatement] = [:]
  /// The same for texts that are part of the program, found by where they lie in memory instead of by their bytes.
  private var literalStatements: [UnsafePointer<UInt8>: PostgreSQLStatement] = [:]
  private var statementsMade = 0
  private var isInTransaction = false
  /// The error that made the open transaction fail: the server refuses everything after it.
  private var transactionFailure: SQLError?

  /// Connects, and checks that what the server promises is enough.
  package init(_ configuration: PostgreSQLConfiguration) throws(SQLError) {
    self.configuration = configuration
    connection = try PostgreSQLConnection(configuration)
    pipeline = try PostgreSQLPipeline(connection, limits: configuration.limits)
    try checkSettings()
  }

  /// The kept statement for this literal, reset and without bound values.
  package func prepare(_ sql: StaticString) throws(SQLError) -> PostgreSQLStatement {
    if let kept = literalStatements[sql.utf8Start] {
      kept.reset()
      return kept
    }
    let statement = makeStatement(sql.description)
    literalStatements[sql.utf8Start] = statement
    return statement
  }

  /// The kept statement for a text made at run time, reset and without bound values. Its text is checked by the server
  /// when it runs for the first time.
  @_disfavoredOverload
  package func prepare(_ sql: String) throws(SQLError) -> PostgreSQLStatement {
    if let kept = statements[sql] {
      kept.reset()
      return kept
    }
    let statement = makeStatement(sql)
    statements[sql] = statement
    return statement
  }

  private func makeStatement(_ sql: String) -> PostgreSQLStatement {
    statementsMade += 1
    return PostgreSQLStatement(database: self, sql: sql, name: "s\(statementsMade)")
  }

  /// Sends a statement whose rows nobody reads; inside a transaction it is not waited for.
  package func run(_ sql: StaticString, _ values: [SQLValue]) throws(SQLError) {
    let statement = try prepare(sql)
    try statement.bind(values)
    try noting { () throws(SQLError) in
      try pipeline.send(statement, keepsRows: false, commits: !isInTransaction && !statement.isReading)
      if !isInTransaction { try pipeline.settle() }
    }
    statement.reset()
  }

  /// Sends a statement and waits for its rows, which the caller owns.
  func fetch(_ statement: PostgreSQLStatement) throws(SQLError) -> OpaquePointer? {
    try noting { () throws(SQLError) in
      try pipeline.send(statement, keepsRows: true, commits: !isInTransaction && !statement.isReading)
      try pipeline.settle()
    }
    return pipeline.takeRows()
  }

  /// Runs one or more statements that return no rows and take no parameters; outside a transaction they are one.
  package func execute(_ sql: String) throws(SQLError) {
    try noting { () throws(SQLError) in try pipeline.execute(sql, commits: !isInTransaction) }
  }

  /// Runs `body` inside a transaction; any error undoes it and is thrown on. After a statement's error the transaction
  /// is lost even when `body` goes on: that error is then thrown at its end.
  ///
  /// When it returns, the synchronous standby also has what the transaction only found: see `waitForFound`.
  package func transaction<Result>(_ body: () throws(SQLError) -> Result) throws(SQLError) -> Result {
    precondition(!isInTransaction, "transactions do not nest")
    transactionFailure = nil
    try pipeline.checkOpen()
    try pipeline.send("BEGIN")
    isInTransaction = true
    defer { isInTransaction = false }
    do throws(SQLError) {
      let result = try body()
      if let transactionFailure { throw transactionFailure }
      try pipeline.send(waitForFound, keepsRows: false, commits: false)
      try pipeline.send("COMMIT", commits: true)
      try pipeline.settle()
      return result
    } catch {
      undo()
      throw error
    }
  }

  /// Makes the COMMIT of a transaction that changed nothing wait for the standby like any other.
  ///
  /// After a crash, and after a wait for the standby was cancelled, rows are visible that only this server has. Who sends
  /// a message again finds such a row under its key, changes nothing, and PostgreSQL would answer that COMMIT at once: a
  /// promise for a row that a failover loses. A message of the WAL without content gives the COMMIT something to wait
  /// for; the WAL is replicated in its order, so what was found comes before it.
  private lazy var waitForFound = makeStatement(
    """
    SELECT pg_logical_emit_message(true, 'lienthong', CAST('' AS TEXT))
    WHERE pg_current_xact_id_if_assigned() IS NULL AND current_setting('synchronous_standby_names') <> ''
    """)

  private func noting(_ work: () throws(SQLError) -> Void) throws(SQLError) {
    if isInTransaction, let transactionFailure { throw transactionFailure }
    if !isInTransaction { try pipeline.checkOpen() }
    do throws(SQLError) {
      try work()
    } catch {
      transactionFailure = error
      throw error
    }
  }

  /// Leaves the connection without a transaction; one that cannot be left so is closed, which undoes it as well.
  private func undo() {
    // What is still under way first: after an error in it the server would skip the ROLLBACK too.
    try? pipeline.settle()
    guard !connection.isLost, PQtransactionStatus(connection.handle) != PQTRANS_IDLE else { return }
    try? pipeline.send("ROLLBACK")
    try? pipeline.settle()
    if PQtransactionStatus(connection.handle) != PQTRANS_IDLE {
      _ = connection.lost(because: "a transaction could not be undone")
    }
  }
}
