import DossierStore
import SQLKit

/// A connection whose disk fails when the world wants it to.
final class FaultyDatabase: SQLDatabase {
  private let base: any SQLDatabase
  private let faults: DiskFaults

  init(_ base: any SQLDatabase, _ faults: DiskFaults) {
    self.base = base
    self.faults = faults
  }

  func prepare(_ sql: StaticString) throws(SQLError) -> FaultyStatement {
    FaultyStatement(try base.prepare(sql), faults)
  }

  @_disfavoredOverload
  func prepare(_ sql: String) throws(SQLError) -> FaultyStatement { FaultyStatement(try base.prepare(sql), faults) }

  func run(_ sql: StaticString, _ values: [SQLValue]) throws(SQLError) {
    try faults.strike(\.statement, "at a statement")
    try base.run(sql, values)
  }

  func execute(_ sql: String) throws(SQLError) { try base.execute(sql) }

  func transaction<Result>(_ body: () throws(SQLError) -> Result) throws(SQLError) -> Result {
    var made: Result?
    do throws(SQLError) {
      let result = try base.transaction { () throws(SQLError) -> Result in
        let result = try body()
        made = result
        try faults.strike(\.beforeCommit, "before a commit")
        return result
      }
      try faults.strike(\.afterCommit, "after a commit")
      return result
    } catch {
      if faults.canary == .losesCommits, let made { return made }
      throw error
    }
  }

  func erase(_ place: SQLValuePlace, from offset: Int, limit: Int) throws(SQLError) -> Bool {
    try faults.strike(\.statement, "at an erasure")
    return try base.erase(place, from: offset, limit: limit)
  }

  func migrate(_ migrations: [SQLMigration]) throws(SQLError) { try base.migrate(migrations) }
  func migrationNumber() throws(SQLError) -> Int { try base.migrationNumber() }
}

/// A statement of such a connection.
final class FaultyStatement: SQLStatement {
  private let base: any SQLStatement
  private let faults: DiskFaults

  init(_ base: any SQLStatement, _ faults: DiskFaults) {
    self.base = base
    self.faults = faults
  }

  var sql: String { base.sql }
  func bind(_ values: [SQLValue]) throws(SQLError) { try base.bind(values) }

  func step() throws(SQLError) -> Bool {
    do throws(SQLError) {
      try faults.strike(\.statement, "at a question")
    } catch {
      base.reset()
      throw error
    }
    return try base.step()
  }

  func reset() { base.reset() }
  func isNull(_ column: Int) -> Bool { base.isNull(column) }
  func integer(_ column: Int) -> Int64 { base.integer(column) }
  func text(_ column: Int) -> String { base.text(column) }
  func blob(_ column: Int) -> [UInt8] { base.blob(column) }
}
