import Foundation
import GatewayTesting
import Glibc
import Testing

@testable import SQLKit

@Suite("What a commit appends to SQLite's log in larger pieces")
struct GatheredLogTests {
  let folder = TemporaryFolder()
  var path: String { folder.path + "/test.sqlite" }

  /// Sizes below a page, of some pages, around what is gathered at most, and far above it.
  static let sizes = [10, 8_000, 40_000, GatheredLog.limit - 500, GatheredLog.limit, 3 * GatheredLog.limit, 2_000_000]

  @Test("is there for every other connection as soon as the commit has returned", arguments: [8_192, 64])
  func visibility(cacheKibibytes: Int) throws {
    let writer = try database(cacheKibibytes: cacheKibibytes)
    var options = SQLiteDatabase.Options()
    options.readOnly = true
    let reader = try SQLiteDatabase(path: path, options: options)
    var bytes = 0
    for round in 0..<3 {
      for size in Self.sizes {
        try insert(writer, size, times: round + 1)
        bytes += size * (round + 1)
        #expect(try sum(reader) == bytes)
      }
      #expect(try text(reader, "PRAGMA integrity_check") == "ok")
    }
  }

  @Test("is read by its own transaction before the commit, and gone after a rollback")
  func rollback() throws {
    // So little memory that most of a transaction goes to the log before it is committed.
    let writer = try database(cacheKibibytes: 64)
    try insert(writer, 100, times: 1)
    for size in Self.sizes {
      try writer.run("BEGIN IMMEDIATE", [])
      for _ in 0..<8 { try writer.run("INSERT INTO t VALUES(NULL, zeroblob(?))", [.integer(Int64(size))]) }
      #expect(try sum(writer) == 100 + 8 * size)
      try writer.run("ROLLBACK", [])
      #expect(try sum(writer) == 100)
    }
    try insert(writer, 7_000, times: 30)
    let another = try SQLiteDatabase(path: path)
    #expect(try sum(another) == 100 + 30 * 7_000)
    #expect(try text(another, "PRAGMA integrity_check") == "ok")
  }

  @Test("is read by who comes after a part of the log was copied back, as by who has read on since before")
  func partialCopy() throws {
    let writer = try database(cacheKibibytes: 8_192)
    try insert(writer, 8_000, times: 60)
    var options = SQLiteDatabase.Options()
    options.readOnly = true
    let early = try SQLiteDatabase(path: path, options: options)
    try early.execute("BEGIN")
    #expect(try sum(early) == 60 * 8_000)
    try insert(writer, 8_000, times: 60)
    // As far as the early one has read: SQLite syncs such a part not, and has it read from the file all the same.
    try writer.execute("PRAGMA wal_checkpoint(PASSIVE)")
    let late = try SQLiteDatabase(path: path, options: options)
    #expect(try sum(late) == 120 * 8_000)
    #expect(try text(late, "PRAGMA integrity_check") == "ok")
    #expect(try sum(early) == 60 * 8_000)
  }

  @Test("goes into the file when the log is begun anew, and nothing of it is missing after that")
  func renewal() throws {
    do {
      let writer = try database(cacheKibibytes: 64)
      for size in Self.sizes { try insert(writer, size, times: 2) }
      try writer.renewLog()
      try insert(writer, 500, times: 1)
    }
    let again = try SQLiteDatabase(path: path)
    #expect(try sum(again) == 2 * Self.sizes.reduce(0, +) + 500)
    #expect(try text(again, "PRAGMA integrity_check") == "ok")
  }

  @Test(
    "costs a tenth of the calls that page by page would",
    .enabled(if: FileManager.default.fileExists(atPath: "/proc/thread-self/io")))
  func calls() throws {
    func writes(gathered: Bool) throws -> Int {
      var options = SQLiteDatabase.Options()
      options.gathersLog = gathered
      let database = try SQLiteDatabase(path: "\(folder.path)/\(gathered).sqlite", options: options)
      try database.execute("CREATE TABLE t(n INTEGER PRIMARY KEY, a BLOB)")
      let before = try writesOfThisThread()
      try insert(database, 8_000, times: 120)
      return try writesOfThisThread() - before
    }
    let (gathered, single) = (try writes(gathered: true), try writes(gathered: false))
    #expect(single >= 240, "a header and a page each")
    #expect(gathered * 10 <= single, "\(gathered) calls beside \(single)")
  }

  // MARK: What the tests do with a database

  private func database(cacheKibibytes: Int) throws -> SQLiteDatabase {
    var options = SQLiteDatabase.Options()
    options.cacheKibibytes = cacheKibibytes
    let database = try SQLiteDatabase(path: path, options: options)
    try database.execute("CREATE TABLE t(n INTEGER PRIMARY KEY, a BLOB)")
    return database
  }

  private func insert(_ database: SQLiteDatabase, _ size: Int, times: Int) throws {
    try database.transaction { () throws(SQLError) in
      for _ in 0..<times {
        try database.run("INSERT INTO t VALUES(NULL, randomblob(?))", [.integer(Int64(size))])
      }
    }
  }

  private func sum(_ database: SQLiteDatabase) throws -> Int {
    let statement = try database.prepare("SELECT coalesce(sum(length(a)), 0) FROM t")
    defer { statement.reset() }
    return try statement.step() ? Int(statement.integer(0)) : -1
  }

  private func text(_ database: SQLiteDatabase, _ sql: String) throws -> String {
    let statement = try database.prepare(sql)
    defer { statement.reset() }
    return try statement.step() ? statement.text(0) : ""
  }

  /// The kernel's count of this thread's writing calls.
  private func writesOfThisThread() throws -> Int {
    let text = try String(contentsOfFile: "/proc/thread-self/io", encoding: .utf8)
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("syscw: ") })
    return try #require(Int(line.dropFirst(7)))
  }
}
