import Foundation
import GatewayTesting
import Testing

@testable import SQLKit

@Suite("An SQLite connection")
struct SQLiteDatabaseTests {
  let folder = TemporaryFolder()
  var path: String { folder.path + "/test.sqlite" }

  @Test("commits to a write-ahead log that is synced in full, so that a returned COMMIT is on the disk")
  func durability() throws {
    let database = try SQLiteDatabase(path: path)
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

  @Test("tells how long its log is after each commit, and leaves the copying to whoever asked to be told")
  func log() throws {
    var options = SQLiteDatabase.Options()
    options.checkpointPages = 4
    let log = SQLiteLog()
    options.log = log
    let database = try SQLiteDatabase(path: path, options: options)
    try database.execute("CREATE TABLE t(a)")
    var before = log.pages
    #expect(before > 0)
    for _ in 0..<8 {
      try database.run("INSERT INTO t VALUES(zeroblob(20000))")
      #expect(log.pages > before + 2, "every commit is told, and nothing is copied back and begun anew")
      before = log.pages
    }
    try database.execute("PRAGMA wal_checkpoint(PASSIVE)")
    try database.run("INSERT INTO t VALUES(1)")
    #expect(log.pages <= 2, "what was copied back is begun anew")
  }

  @Test("what is removed step by step is nowhere in the file, and no step has more for the log than its bytes")
  func erasing() throws {
    var options = SQLiteDatabase.Options()
    let log = SQLiteLog()
    options.log = log
    let secret = Array("so dinh danh 001 ".utf8)
    do {
      let database = try SQLiteDatabase(path: path, options: options)
      try database.execute("CREATE TABLE t(n INTEGER PRIMARY KEY, a BLOB)")
      for row in 1...2 {
        try database.run(
          "INSERT INTO t VALUES(?, ?)", .integer(Int64(row)),
          .blob(Array(repeatElement(secret, count: 60_000).joined())))
      }
      let limit = 128 << 10
      for row in 1...2 {
        var offset = 0
        while true {
          let before = log.pages
          let place = SQLValuePlace(table: "t", key: "n", column: "a", row: Int64(row))
          let isGone = try database.transaction { () throws(SQLError) in
            try database.erase(place, from: offset, limit: limit)
          }
          // Two where a part ends inside a page, and what names the row and the free pages.
          #expect(log.pages - before <= limit / options.pageBytes + 4)
          if isGone { break }
          offset += limit
        }
      }
      let mode = try database.prepare("PRAGMA secure_delete")
      #expect(try mode.step() && mode.integer(0) == 1, "later rows are overwritten as before")
      mode.reset()
      try database.renewLog()
    }
    let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(file.count > secret.count * 60_000 && file.firstRange(of: secret) == nil)
  }

  @Test("says busy when another connection keeps the write lock beyond the limit")
  func busy() throws {
    let first = try SQLiteDatabase(path: path)
    var options = SQLiteDatabase.Options()
    options.busyMilliseconds = 20
    let second = try SQLiteDatabase(path: path, options: options)
    try first.execute("CREATE TABLE t(a)")
    try first.execute("BEGIN IMMEDIATE")
    let error = #expect(throws: SQLError.self) { try second.execute("INSERT INTO t VALUES(1)") }
    #expect(error?.code == .busy)
    try first.execute("ROLLBACK")
    try second.execute("INSERT INTO t VALUES(1)")
  }

  @Test("reads beside a writer and refuses to write when opened for reading")
  func readOnly() throws {
    let writer = try SQLiteDatabase(path: path)
    try writer.execute("CREATE TABLE t(a); INSERT INTO t VALUES(7)")
    var options = SQLiteDatabase.Options()
    options.readOnly = true
    let reader = try SQLiteDatabase(path: path, options: options)
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
    let error = #expect(throws: SQLError.self) { try SQLiteDatabase(path: folder.path + "/missing/x.sqlite") }
    #expect(error?.code == .cannotOpen)
    #expect(error?.message.contains("missing/x.sqlite") == true)
  }
}
