import Glibc
import Testing

@testable import SQLKit

/// A database file in a folder of its own, removed with the value.
final class TemporaryDatabase {
  let folder: String
  var path: String { folder + "/test.sqlite" }

  init() {
    var template = Array("/tmp/sqlkit-XXXXXX".utf8CString)
    folder = template.withUnsafeMutableBufferPointer { buffer in
      guard let made = mkdtemp(buffer.baseAddress!) else { preconditionFailure("no temporary folder can be made") }
      return String(cString: made)
    }
  }

  deinit {
    for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
    rmdir(folder)
  }
}

@Suite("An SQLite connection")
struct SQLiteDatabaseTests {
  let file = TemporaryDatabase()

  @Test("commits to a write-ahead log that is synced in full, so that a returned COMMIT is on the disk")
  func durability() throws {
    let database = try SQLiteDatabase(path: file.path)
    func pragma(_ name: String) throws -> String {
      let statement = try database.prepare("PRAGMA \(name)")
      defer { statement.reset() }
      return try statement.step() ? statement.text(0) : ""
    }
    #expect(try pragma("journal_mode") == "wal")
    #expect(try pragma("synchronous") == "2")
    #expect(try pragma("secure_delete") == "1")
    #expect(try pragma("foreign_keys") == "1")
    #expect(try pragma("page_size") == "8192")
  }

  @Test("gives back every kind of value as it was bound, empty ones included")
  func values() throws {
    let database = try SQLiteDatabase(path: file.path)
    try database.execute("CREATE TABLE t(a, b, c, d, e, f)")
    try database.run(
      "INSERT INTO t VALUES(?, ?, ?, ?, ?, ?)", .integer(.min), .text("Hồ sơ số 1"), .blob([0, 255]), .null, .text(""),
      .blob([]))
    let row = try database.prepare("SELECT * FROM t")
    #expect(try row.step())
    #expect(row.integer(0) == .min)
    #expect(row.text(1) == "Hồ sơ số 1")
    #expect(row.blob(2) == [0, 255])
    #expect(row.isNull(3) && row.optionalText(3) == nil && row.optionalBlob(3) == nil && row.optionalInteger(3) == nil)
    #expect(!row.isNull(4) && row.text(4) == "")
    #expect(!row.isNull(5) && row.blob(5) == [])
    #expect(try !row.step())
  }

  @Test("names the broken rule and never the value that broke it")
  func constraint() throws {
    let database = try SQLiteDatabase(path: file.path)
    try database.execute("CREATE TABLE t(a TEXT UNIQUE)")
    try database.run("INSERT INTO t VALUES(?)", .text("001299000001"))
    let error = #expect(throws: SQLError.self) { try database.run("INSERT INTO t VALUES(?)", .text("001299000001")) }
    #expect(error?.code == .constraint)
    #expect(error?.description.contains("001299000001") == false)
    #expect(error?.description.contains("INSERT INTO t VALUES(?)") == true)
  }

  @Test("undoes the whole transaction when its body throws")
  func rollback() throws {
    let database = try SQLiteDatabase(path: file.path)
    try database.execute("CREATE TABLE t(a NOT NULL)")
    #expect(throws: SQLError.self) {
      try database.transaction { () throws(SQLError) in
        try database.run("INSERT INTO t VALUES(?)", .integer(1))
        try database.run("INSERT INTO t VALUES(?)", .null)
      }
    }
    let count = try database.prepare("SELECT count(*) FROM t")
    #expect(try count.step() && count.integer(0) == 0)
    #expect(!database.isInTransaction)
  }

  @Test("says busy when another connection keeps the write lock beyond the limit")
  func busy() throws {
    let first = try SQLiteDatabase(path: file.path)
    var options = SQLiteDatabase.Options()
    options.busyMilliseconds = 20
    let second = try SQLiteDatabase(path: file.path, options: options)
    try first.execute("CREATE TABLE t(a)")
    try first.execute("BEGIN IMMEDIATE")
    let error = #expect(throws: SQLError.self) { try second.execute("INSERT INTO t VALUES(1)") }
    #expect(error?.code == .busy)
    try first.execute("ROLLBACK")
    try second.execute("INSERT INTO t VALUES(1)")
  }

  @Test("reads beside a writer and refuses to write when opened for reading")
  func readOnly() throws {
    let writer = try SQLiteDatabase(path: file.path)
    try writer.execute("CREATE TABLE t(a); INSERT INTO t VALUES(7)")
    var options = SQLiteDatabase.Options()
    options.readOnly = true
    let reader = try SQLiteDatabase(path: file.path, options: options)
    try writer.execute("BEGIN IMMEDIATE; INSERT INTO t VALUES(8)")
    let sum = try reader.prepare("SELECT sum(a) FROM t")
    #expect(try sum.step() && sum.integer(0) == 7)
    sum.reset()
    try writer.execute("COMMIT")
    let error = #expect(throws: SQLError.self) { try reader.execute("INSERT INTO t VALUES(9)") }
    #expect(error?.code == .readOnly)
  }

  @Test("says where a database cannot be opened and what to look at")
  func cannotOpen() {
    let error = #expect(throws: SQLError.self) { try SQLiteDatabase(path: file.folder + "/missing/x.sqlite") }
    #expect(error?.code == .cannotOpen)
    #expect(error?.message.contains("missing/x.sqlite") == true)
  }
}

@Suite("Migrations of a database")
struct SQLMigrationTests {
  let file = TemporaryDatabase()
  let first = SQLMigration(number: 1, name: "first", sql: "CREATE TABLE a(x)")
  let second = SQLMigration(number: 2, name: "second", sql: "CREATE TABLE b(x)")

  @Test("are applied once, in order, and only the missing ones")
  func appliedOnce() throws {
    let database = try SQLiteDatabase(path: file.path)
    #expect(try database.migrationNumber() == 0)
    try database.migrate([first])
    #expect(try database.migrationNumber() == 1)
    try database.migrate([first, second])
    try database.migrate([first, second])
    #expect(try database.migrationNumber() == 2)
    try database.execute("INSERT INTO b VALUES(1)")
  }

  @Test("leave the file as it was when a step fails half way")
  func failingStep() throws {
    let database = try SQLiteDatabase(path: file.path)
    let bad = SQLMigration(number: 2, name: "bad", sql: "CREATE TABLE c(x); CREATE TABLE a(x)")
    #expect(throws: SQLError.self) { try database.migrate([first, bad]) }
    #expect(try database.migrationNumber() == 1)
    #expect(throws: SQLError.self) { try database.execute("INSERT INTO c VALUES(1)") }
  }

  @Test("refuse a file that a newer program has changed")
  func newerFile() throws {
    let database = try SQLiteDatabase(path: file.path)
    try database.migrate([first, second])
    let error = #expect(throws: SQLError.self) { try database.migrate([first]) }
    #expect(error?.code == .migration)
  }

  @Test("refuse a released step whose text was edited")
  func editedStep() throws {
    let database = try SQLiteDatabase(path: file.path)
    try database.migrate([first])
    let edited = SQLMigration(number: 1, name: "first", sql: "CREATE TABLE a(x, y)")
    let error = #expect(throws: SQLError.self) { try database.migrate([edited]) }
    #expect(error?.code == .migration)
  }
}
