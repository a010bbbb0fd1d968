import CPostgreSQL

/// The statements a connection has sent ahead, and what became of them.
///
/// Statements go out without waiting; `settle` sends a synchronisation point and reads every answer up to it. After an
/// error the server skips everything up to that point, so a COMMIT sent after a failed statement is never carried out
/// (https://www.postgresql.org/docs/15/protocol-flow.html#PROTOCOL-FLOW-PIPELINING).
final class PostgreSQLPipeline {
  private enum Sent {
    case preparation(PostgreSQLStatement)
    case statement(PostgreSQLStatement, keepsRows: Bool)
    /// BEGIN, COMMIT or ROLLBACK.
    case control(StaticString)
    case synchronisation
  }

  let connection: PostgreSQLConnection
  private let limits: PostgreSQLLimits
  private var sent: [Sent] = []
  /// How many of `sent` have been answered.
  private var answered = 0
  private var sentBytes = 0
  /// Where in `sent` the statement is whose success makes changes durable.
  private var commit: Int?
  /// The first error since the last synchronisation point.
  private var failure: SQLError?
  private var rows: OpaquePointer?

  init(_ connection: PostgreSQLConnection, limits: PostgreSQLLimits) throws(SQLError) {
    self.connection = connection
    self.limits = limits
    guard PQenterPipelineMode(connection.handle) == 1 else { throw connection.lost() }
  }

  deinit { PQclear(rows) }

  private var isEmpty: Bool { sent.isEmpty }

  /// Sends a statement without waiting, preparing it first where that has not been done.
  ///
  /// `commits` says that its success makes changes durable by itself: it runs outside a transaction.
  func send(_ statement: PostgreSQLStatement, keepsRows: Bool, commits: Bool) throws(SQLError) {
    try checkUsable()
    if statement.preparation == .missing {
      guard PQsendPrepare(connection.handle, statement.name, statement.parameters.sql, 0, nil) == 1 else {
        throw abandon(connection.lost())
      }
      statement.preparation = .underWay
      sent.append(.preparation(statement))
      sentBytes += statement.parameters.sql.utf8.count
    }
    guard statement.send(on: connection.handle) else { throw abandon(connection.lost()) }
    if commits { commit = sent.count }
    sent.append(.statement(statement, keepsRows: keepsRows))
    sentBytes += statement.valueBytes
    if !keepsRows, sent.count >= limits.pipelinedStatements || sentBytes >= limits.pipelinedBytes { try settle() }
  }

  /// Sends BEGIN, COMMIT or ROLLBACK without waiting.
  func send(_ control: StaticString, commits: Bool = false) throws(SQLError) {
    try checkUsable()
    guard PQsendQueryParams(connection.handle, control.description, 0, nil, nil, nil, nil, 1) == 1 else {
      throw abandon(connection.lost())
    }
    if commits { commit = sent.count }
    sent.append(.control(control))
  }

  /// Waits for everything that was sent and throws the first error, with the statement that caused it.
  func settle() throws(SQLError) {
    if isEmpty { return }
    try checkUsable()
    guard PQpipelineSync(connection.handle) == 1 else { throw abandon(connection.lost()) }
    sent.append(.synchronisation)
    do throws(SQLError) {
      while !isEmpty { try readResult() }
    } catch {
      throw abandon(error)
    }
    sentBytes = 0
    if let failure {
      self.failure = nil
      throw failure
    }
  }

  /// The rows of the last statement that keeps them; the caller owns them.
  func takeRows() -> OpaquePointer? {
    defer { rows = nil }
    return rows
  }

  /// Runs texts outside pipeline mode, which knows one statement at a time only.
  func execute(_ sql: String, commits: Bool) throws(SQLError) {
    try settle()
    try checkUsable()
    guard PQexitPipelineMode(connection.handle) == 1 else { throw abandon(connection.lost()) }
    do throws(SQLError) {
      try connection.execute(sql)
    } catch {
      if connection.isLost { throw error.whenLost(commitAsked: commits) }
      guard PQenterPipelineMode(connection.handle) == 1 else { throw connection.lost() }
      throw error
    }
    guard PQenterPipelineMode(connection.handle) == 1 else { throw abandon(connection.lost()) }
  }

  /// Throws `connectionLost` when the server has gone while nothing was under way: then nothing was sent to it.
  func checkOpen() throws(SQLError) {
    try checkUsable()
    if isEmpty { try connection.checkOpen() }
  }

  private func checkUsable() throws(SQLError) {
    guard connection.isLost else { return }
    throw connection.lost(because: "it broke before; open another one")
  }

  private func readResult() throws(SQLError) {
    guard let result = try connection.nextResult() else {
      // The end of one statement's results; a broken connection gives nothing else any more.
      guard PQstatus(connection.handle) == CONNECTION_OK else { throw connection.lost() }
      return
    }
    var isKept = false
    defer { if !isKept { PQclear(result) } }
    guard answered < sent.count else { throw connection.lost(because: "it gave an answer nobody asked for") }
    switch PQresultStatus(result) {
    case PGRES_PIPELINE_SYNC:
      sent.removeAll(keepingCapacity: true)
      answered = 0
      commit = nil
      return
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
      isKept = try succeeded(result)
    case PGRES_PIPELINE_ABORTED:
      if case .preparation(let statement) = sent[answered] { statement.preparation = .missing }
    default:
      try failed(result)
    }
    connection.warnings.last = nil
    answered += 1
  }

  /// Says whether the result is kept.
  private func succeeded(_ result: OpaquePointer) throws(SQLError) -> Bool {
    if answered == commit { try checkCommit(result) }
    switch sent[answered] {
    case .preparation(let statement): statement.preparation = .done
    case .statement(_, let keepsRows) where keepsRows:
      PQclear(rows)
      rows = result
      return true
    case .statement, .control, .synchronisation: break
    }
    return false
  }

  /// A COMMIT of a failed transaction succeeds and undoes it; one whose wait for the standby was cancelled succeeds and
  /// warns.
  private func checkCommit(_ result: OpaquePointer) throws(SQLError) {
    if case .control = sent[answered], String(cString: PQcmdStatus(result)) != "COMMIT" {
      failure = failure ?? SQLError(code: .other, message: "the server undid the transaction instead of committing it")
    }
    guard let warning = connection.warnings.last else { return }
    throw connection.lost(because: "the server warned while committing (\(warning))")
  }

  private func failed(_ result: OpaquePointer) throws(SQLError) {
    guard lt_pq_sqlstate(result) != nil else { throw connection.lost() }
    let sql: String?
    switch sent[answered] {
    case .preparation(let statement):
      statement.preparation = .missing
      sql = statement.sql
    case .statement(let statement, _): sql = statement.sql
    case .control(let text): sql = text.description
    case .synchronisation: sql = nil
    }
    let error = SQLError(postgreSQL: result, statement: sql)
    if error.code == .connectionLost {
      throw connection.lost(because: "\(error.message) (\(error.engineCode))")
    }
    failure = failure ?? error
  }

  /// The connection is lost: what was sent gets no answer any more.
  private func abandon(_ error: SQLError) -> SQLError {
    // An error received before the commit's answer means that the server skips the commit.
    let asked = commit != nil && failure == nil
    let earlier = failure
    sent.removeAll()
    answered = 0
    commit = nil
    failure = nil
    return earlier ?? error.whenLost(commitAsked: asked)
  }
}

extension SQLError {
  /// The same loss, seen from the question whether changes are stored.
  fileprivate func whenLost(commitAsked: Bool) -> SQLError {
    guard commitAsked, code == .connectionLost else { return self }
    return SQLError(
      code: .commitUnknown, engineCode: engineCode,
      message: "\(message); whether the last changes are stored is unknown, ask for them by their key",
      statement: statement)
  }
}
