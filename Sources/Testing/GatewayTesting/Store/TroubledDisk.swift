import DossierStore
package import SQLKit
import Synchronization

/// A disk that fails while a test wants it to, and counts what is asked of it.
package final class TroubledDisk: DatabaseWrapping {
  private struct State {
    var failing: SQLError.Code?
    var statements = 0
    var largest = 0
    var transactions = 0
    /// Fails at this statement of a transaction, counted from 1.
    var failingStatement: Int?
  }

  private let state = Mutex(State())

  package init() {}

  package func wrap(_ database: sending any SQLDatabase) -> sending any SQLDatabase { TroubledDatabase(database, self) }

  /// Every change fails from now on; nil ends it.
  package func fail(_ code: SQLError.Code?) { state.withLock { $0.failing = code } }

  /// The statement of this number in the next transaction that has so many fails, once.
  package func failOnce(atStatement number: Int) { state.withLock { $0.failingStatement = number } }

  /// Whether a statement that was to fail has failed.
  package var hasFailed: Bool { state.withLock { $0.failingStatement == nil } }

  /// Counts anew from here.
  package func forget() {
    state.withLock {
      $0.largest = 0
      $0.transactions = 0
    }
  }

  /// The most statements that any transaction had, and how many transactions there were.
  package var largestTransaction: Int { state.withLock { $0.largest } }
  package var transactions: Int { state.withLock { $0.transactions } }

  fileprivate func begin() {
    state.withLock {
      $0.statements = 0
      $0.transactions += 1
    }
  }

  fileprivate func meet() throws(SQLError) {
    let code = state.withLock { state -> SQLError.Code? in
      state.statements += 1
      state.largest = max(state.largest, state.statements)
      if let failing = state.failing { return failing }
      guard state.failingStatement == state.statements else { return nil }
      state.failingStatement = nil
      return .inputOutput
    }
    if let code { throw SQLError(code: code, message: "the test's disk fails") }
  }
}

private final class TroubledDatabase: SQLDatabase {
  private let base: any SQLDatabase
  private let disk: TroubledDisk

  init(_ base: any SQLDatabase, _ disk: TroubledDisk) {
    self.base = base
    self.disk = disk
  }

  func prepare(_ sql: StaticString) throws(SQLError) -> TroubledStatement { TroubledStatement(try base.prepare(sql)) }

  @_disfavoredOverload
  func prepare(_ sql: String) throws(SQLError) -> TroubledStatement { TroubledStatement(try base.prepare(sql)) }

  func run(_ sql: StaticString, _ values: [SQLValue]) throws(SQLError) {
    try disk.meet()
    try base.run(sql, values)
  }

  func execute(_ sql: String) throws(SQLError) { try base.execute(sql) }

  func transaction<Result>(_ body: () throws(SQLError) -> Result) throws(SQLError) -> Result {
    disk.begin()
    return try base.transaction(body)
  }

  func erase(_ place: SQLValuePlace, from offset: Int, limit: Int) throws(SQLError) -> Bool {
    try disk.meet()
    return try base.erase(place, from: offset, limit: limit)
  }

  func migrate(_ migrations: [SQLMigration]) throws(SQLError) { try base.migrate(migrations) }
  func migrationNumber() throws(SQLError) -> Int { try base.migrationNumber() }
}

private final class TroubledStatement: SQLStatement {
  private let base: any SQLStatement
  init(_ base: any SQLStatement) { self.base = base }

  var sql: String { base.sql }
  func bind(_ values: [SQLValue]) throws(SQLError) { try base.bind(values) }
  func step() throws(SQLError) -> Bool { try base.step() }
  func reset() { base.reset() }
  func isNull(_ column: Int) -> Bool { base.isNull(column) }
  func integer(_ column: Int) -> Int64 { base.integer(column) }
  func text(_ column: Int) -> String { base.text(column) }
  func blob(_ column: Int) -> [UInt8] { base.blob(column) }
}
