import GatewayTesting
import Glibc
import SQLKit
import Testing
import ThreadKit

/// What callers learn when the server, its process or its machine goes.
@Suite("A lost PostgreSQL server", .serialized)
struct PostgreSQLLossTests {
  private static let server = TemporaryPostgreSQL()

  @Test("in the middle of a transaction is a lost connection, and nothing of the transaction is stored")
  func middle() throws {
    let place = Self.server.makeDatabase()
    let database = try place.connect()
    try database.execute("CREATE TABLE t(a BIGINT)")
    let error = #expect(throws: SQLError.self) {
      try database.transaction { () throws(SQLError) in
        try database.run("INSERT INTO t VALUES(1)")
        #expect(try database.number("SELECT count(*) FROM t") == 1)
        Self.server.kill()
        try database.run("INSERT INTO t VALUES(2)")
        _ = try database.number("SELECT count(*) FROM t")
      }
    }
    #expect(error?.code == .connectionLost)
    let again = #expect(throws: SQLError.self) { try database.number("SELECT 1") }
    #expect(again?.code == .connectionLost)
    #expect(throws: SQLError.self) { try database.transaction { () throws(SQLError) in } }
    Self.server.start()
    #expect(try place.connect().number("SELECT count(*) FROM t") == 0)
  }

  @Test("between two transactions is noticed before anything is sent, so nothing is left open")
  func between() throws {
    let place = Self.server.makeDatabase()
    let (first, second, third) = (try place.connect(), try place.connect(), try place.connect())
    try first.execute("CREATE TABLE t(a BIGINT)")
    Self.server.kill()
    let error = #expect(throws: SQLError.self) {
      try first.transaction { () throws(SQLError) in try first.run("INSERT INTO t VALUES(1)") }
    }
    #expect(error?.code == .connectionLost)
    let single = #expect(throws: SQLError.self) { try second.run("INSERT INTO t VALUES(1)") }
    #expect(single?.code == .connectionLost)
    let reading = #expect(throws: SQLError.self) { try third.number("SELECT 1") }
    #expect(reading?.code == .connectionLost)
    Self.server.start()
  }

  @Test("keeps what it acknowledged")
  func acknowledged() throws {
    let place = Self.server.makeDatabase()
    let database = try place.connect()
    try database.execute("CREATE TABLE t(a BIGINT)")
    for number in 0..<50 as Range<Int64> {
      try database.transaction { () throws(SQLError) in try database.run("INSERT INTO t VALUES(?)", .integer(number)) }
    }
    Self.server.kill()
    Self.server.start()
    #expect(try place.connect().number("SELECT count(*) FROM t") == 50)
  }

  /// What happens to the server while it is committing: it has written the commit and waits for a standby.
  enum Event: String, CaseIterable {
    case killed = "is killed"
    case terminated = "ends the session"
    case cancelled = "stops waiting for its standby and reports success"
    case silent = "gives no answer within the limit"
  }

  @Test("leaves open whether a commit is stored when, during the COMMIT, it …", arguments: Event.allCases)
  func committing(event: Event) throws {
    let place = Self.server.makeDatabase()
    let watching = try place.connect()
    try watching.execute("CREATE TABLE t(a BIGINT)")
    var configuration = place.configuration
    if event == .silent { configuration.limits.answer = .milliseconds(300) }
    Self.server.configure(["synchronous_standby_names = 'a_standby_that_never_comes'"])
    Self.server.reload()
    let outcome = Awaited<SQLError?>()
    _ = WorkerThread(name: "commit") { [configuration] in
      do throws(SQLError) {
        let database = try PostgreSQLDatabase(configuration)
        // The session sees new settings between two statements.
        while try database.number("SELECT current_setting('synchronous_standby_names') <> ''") == 0 { shortRest() }
        try database.transaction { () throws(SQLError) in try database.run("INSERT INTO t VALUES(1)") }
        outcome.bring(nil)
      } catch {
        outcome.bring(error)
      }
    }
    let backend = try Self.backendThatCommits(watching)
    let pid = SQLValue.integer(backend)
    switch event {
    case .killed: Self.server.kill()
    case .terminated: #expect(try watching.number("SELECT pg_terminate_backend(CAST(? AS INTEGER))", pid) == 1)
    case .cancelled: #expect(try watching.number("SELECT pg_cancel_backend(CAST(? AS INTEGER))", pid) == 1)
    case .silent: break
    }
    let error = try #require(outcome.get() ?? nil)
    #expect(error.code == .commitUnknown, "\(error)")
    #expect(error.message.contains("whether the last changes are stored is unknown"))
    Self.server.configure(["synchronous_standby_names = ''"])
    if event == .killed { Self.server.start() } else { Self.server.reload() }
  }

  @Test("acknowledges nothing that it only found before its standby has that")
  func foundOnly() throws {
    let place = Self.server.makeDatabase()
    let watching = try place.connect()
    try watching.execute("CREATE TABLE t(key BIGINT PRIMARY KEY)")
    Self.server.configure(["synchronous_standby_names = 'a_standby_that_never_comes'"])
    Self.server.reload()
    while try watching.number("SELECT current_setting('synchronous_standby_names') <> ''") == 0 { shortRest() }
    let outcome = Awaited<SQLError.Code?>()
    @Sendable func store(_ configuration: PostgreSQLConfiguration) -> SQLError.Code? {
      do throws(SQLError) {
        let database = try PostgreSQLDatabase(configuration)
        try database.transaction { () throws(SQLError) in
          try database.run("INSERT INTO t VALUES(1) ON CONFLICT DO NOTHING")
        }
        return nil
      } catch {
        return error.code
      }
    }
    _ = WorkerThread(name: "commit") { [configuration = place.configuration] in outcome.bring(store(configuration)) }
    let backend = try Self.backendThatCommits(watching)
    #expect(try watching.number("SELECT pg_cancel_backend(CAST(? AS INTEGER))", .integer(backend)) == 1)
    #expect(outcome.get() == .commitUnknown)
    #expect(try watching.number("SELECT count(*) FROM t") == 1, "the row is visible and on this server only")
    var configuration = place.configuration
    configuration.limits.answer = .milliseconds(300)
    #expect(store(configuration) == .commitUnknown)
    Self.server.configure(["synchronous_standby_names = ''"])
    Self.server.reload()
    configuration.limits.answer = .seconds(20)
    #expect(store(configuration) == nil)
  }

  /// Waits until a session waits for its standby, and gives its process.
  private static func backendThatCommits(_ watching: PostgreSQLDatabase) throws -> Int64 {
    for _ in 0..<2_000 {
      if let found = try watching.number("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'") {
        return found
      }
      shortRest()
    }
    throw SQLError(code: .other, message: "no session waits for its standby")
  }

  @Test("that stands still is given up when its answer is overdue")
  func standsStill() throws {
    let place = Self.server.makeDatabase()
    var configuration = place.configuration
    configuration.limits.answer = .milliseconds(300)
    let database = try PostgreSQLDatabase(configuration)
    let backend = Int32(try database.number("SELECT pg_backend_pid()") ?? 0)
    try #require(backend > 1)
    kill(backend, SIGSTOP)
    defer { kill(backend, SIGCONT) }
    let error = #expect(throws: SQLError.self) { try database.number("SELECT 1") }
    #expect(error?.code == .connectionLost)
    #expect(error?.message.contains("no answer within 0.3 seconds") == true)
  }

  @Test("is told from a session that the server ended, by the server's own words")
  func terminated() throws {
    let place = Self.server.makeDatabase()
    let (database, other) = (try place.connect(), try place.connect())
    let backend = try database.number("SELECT pg_backend_pid()") ?? 0
    #expect(try other.number("SELECT pg_terminate_backend(CAST(? AS INTEGER))", .integer(backend)) == 1)
    while try other.number("SELECT count(*) FROM pg_stat_activity WHERE pid = ?", .integer(backend)) == 1 {
      shortRest()
    }
    let error = #expect(throws: SQLError.self) { try database.number("SELECT 1") }
    #expect(error?.code == .connectionLost)
    #expect(error?.message.contains("terminating connection due to administrator command") == true)
  }
}
