import GatewayTesting
import Glibc
import SQLKit
import Testing
import ThreadKit

@Suite("A PostgreSQL connection")
struct PostgreSQLDatabaseTests {
  let place = TemporaryPostgreSQL.shared.makeDatabase()

  @Test("sends ten thousand queries ahead whose large rows nobody reads, and neither side waits for the other")
  func noDeadlock() throws {
    var configuration = place.configuration
    // Without its own limits everything is under way at once: more than both sides' socket buffers hold.
    configuration.limits.pipelinedStatements = .max
    configuration.limits.pipelinedBytes = .max
    for limits in [PostgreSQLLimits(), configuration.limits] {
      configuration.limits = limits
      let database = try PostgreSQLDatabase(configuration)
      let text = SQLValue.text(String(repeating: "x", count: 10_000))
      try database.transaction { () throws(SQLError) in
        for _ in 0..<10_000 { try database.run("SELECT CAST(? AS TEXT)", text) }
      }
      #expect(try database.number("SELECT 1") == 1)
    }
  }

  @Test("looks at what it sent ahead after as many statements as its limit says")
  func statementLimit() throws {
    try expectError(afterStatement: 6) { limits in limits.pipelinedStatements = 9 }
  }

  @Test("looks at what it sent ahead after as many bytes as its limit says")
  func byteLimit() throws {
    // 10 bytes a statement, and once its text when it is prepared.
    let preparation = "INSERT INTO t VALUES($1)".utf8.count + "INSERT INTO u VALUES($1)".utf8.count
    try expectError(afterStatement: 6) { limits in limits.pipelinedBytes = preparation + 60 }
  }

  /// The first statement is wrong; the error comes when the limit is reached with the given statement, not before.
  private func expectError(afterStatement last: Int, limits change: (inout PostgreSQLLimits) -> Void) throws {
    var configuration = place.configuration
    change(&configuration.limits)
    let database = try PostgreSQLDatabase(configuration)
    try database.execute("CREATE TABLE t(a TEXT UNIQUE); INSERT INTO t VALUES('0123456789'); CREATE TABLE u(a TEXT)")
    var sent = 0
    let error = #expect(throws: SQLError.self) {
      try database.transaction { () throws(SQLError) in
        sent += 1
        try database.run("INSERT INTO t VALUES(?)", .text("0123456789"))
        while sent < 100 {
          sent += 1
          try database.run("INSERT INTO u VALUES(?)", .text("0123456789"))
        }
      }
    }
    #expect(error?.code == .constraint && error?.statement == "INSERT INTO t VALUES(?)")
    #expect(sent == last)
  }

  @Test("undoes a transaction whose body went on after an error, and throws that error at its end")
  func swallowedError() throws {
    let database = try place.connect()
    try database.execute("CREATE TABLE t(a BIGINT)")
    let error = #expect(throws: SQLError.self) {
      try database.transaction { () throws(SQLError) in
        try database.run("INSERT INTO t VALUES(?)", .integer(1))
        _ = try? database.number("SELECT 1 / CAST(? AS BIGINT)", .integer(0))
        try? database.run("INSERT INTO t VALUES(?)", .integer(2))
      }
    }
    #expect(error?.engineCode == "22012")
    #expect(try database.number("SELECT count(*) FROM t") == 0)
  }

  @Test("throws at the end of a transaction what only its COMMIT finds out")
  func deferredConstraint() throws {
    let database = try place.connect()
    try database.execute("CREATE TABLE t(a BIGINT UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO t VALUES(1)")
    let error = #expect(throws: SQLError.self) {
      try database.transaction { () throws(SQLError) in try database.run("INSERT INTO t VALUES(?)", .integer(1)) }
    }
    #expect(error?.code == .constraint && error?.statement == "COMMIT")
    #expect(try database.number("SELECT count(*) FROM t") == 1)
  }

  @Test("prepares a statement again whose first preparation was skipped after an error")
  func skippedPreparation() throws {
    let database = try place.connect()
    try database.execute("CREATE TABLE t(a BIGINT UNIQUE); INSERT INTO t VALUES(1)")
    for _ in 0..<2 {
      #expect(throws: SQLError.self) {
        try database.transaction { () throws(SQLError) in
          try database.run("INSERT INTO t VALUES(?)", .integer(1))
          try database.run("UPDATE t SET a = ? WHERE a = 1", .integer(5))
        }
      }
    }
    try database.run("UPDATE t SET a = ? WHERE a = 1", .integer(5))
    #expect(try database.number("SELECT a FROM t") == 5)
  }

  @Test("ends a statement that runs for longer than its limit, and can be used after it")
  func statementTimeout() throws {
    var configuration = place.configuration
    configuration.limits.statement = .milliseconds(50)
    let database = try PostgreSQLDatabase(configuration)
    let error = #expect(throws: SQLError.self) { try database.run("SELECT pg_sleep(20)") }
    #expect(error?.code == .timedOut && error?.statement == "SELECT pg_sleep(20)")
    #expect(try database.number("SELECT 1") == 1)
  }

  @Test("says busy when another keeps a lock beyond the limit")
  func lockTimeout() throws {
    var configuration = place.configuration
    configuration.limits.lock = .milliseconds(50)
    let (first, second) = (try place.connect(), try PostgreSQLDatabase(configuration))
    try first.transaction { () throws(SQLError) in
      try first.run("SELECT pg_advisory_xact_lock(1)")
      _ = try first.number("SELECT 1")
      let error = #expect(throws: SQLError.self) { try second.run("SELECT pg_advisory_xact_lock(1)") }
      #expect(error?.code == .busy)
    }
    try second.run("SELECT pg_advisory_xact_lock(1)")
  }

  @Test("says conflict to one of two transactions that wait for each other, and the other one commits")
  func deadlock() throws {
    try place.connect().execute("CREATE TABLE t(a BIGINT, n BIGINT); INSERT INTO t VALUES(1, 0), (2, 0)")
    let (firstHas, secondHas) = (Latch(), Latch())
    let outcomes = [(1, 2, firstHas, secondHas), (2, 1, secondHas, firstHas)].map { own, other, has, awaited in
      let outcome = Awaited<SQLError.Code?>()
      let place = place
      _ = WorkerThread(name: "deadlock") {
        do throws(SQLError) {
          let database = try place.connect()
          try database.transaction { () throws(SQLError) in
            _ = try database.number("UPDATE t SET n = n + 1 WHERE a = ? RETURNING n", .integer(Int64(own)))
            has.set()
            awaited.wait(deadline: .seconds(20))
            _ = try database.number("UPDATE t SET n = n + 1 WHERE a = ? RETURNING n", .integer(Int64(other)))
          }
          outcome.bring(nil)
        } catch {
          outcome.bring(error.code)
        }
      }
      return outcome
    }
    let codes = outcomes.map { $0.get() }
    #expect(codes.contains(.some(.some(.conflict))) && codes.contains(.some(.none)), "\(codes)")
    #expect(try place.connect().number("SELECT sum(n) = 2 FROM t") == 1)
  }

  @Test("gives up a server that takes the connection and then says nothing, and goes on to the next host")
  func silentHost() throws {
    // The kernel accepts for a socket that listens; nobody ever reads from it.
    let silent = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(silent) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listens = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(silent, $0, length) == 0 && listen(silent, 5) == 0 && getsockname(silent, $0, &length) == 0
      }
    }
    try #require(listens)
    var configuration = place.configuration
    configuration.hosts.insert(.init("127.0.0.1", port: UInt16(bigEndian: address.sin_port)), at: 0)
    configuration.limits.connect = .seconds(2)
    #expect(try PostgreSQLDatabase(configuration).number("SELECT 1") == 1)
    configuration.hosts.removeLast()
    let error = #expect(throws: SQLError.self) { try PostgreSQLDatabase(configuration) }
    #expect(error?.code == .cannotOpen && error?.message.contains("timeout expired") == true)
  }

  @Test("finds, of several hosts, the one that answers and takes changes")
  func severalHosts() throws {
    var configuration = place.configuration
    configuration.hosts.insert(.init("127.0.0.1", port: 1), at: 0)
    #expect(try PostgreSQLDatabase(configuration).number("SELECT 1") == 1)
  }

  @Test("takes the session's limits from its configuration, whatever the database says")
  func sessionSettings() throws {
    try place.connect().execute("ALTER DATABASE \(place.name) SET statement_timeout = 1")
    let database = try place.connect()
    let row = try database.prepare(
      """
      SELECT current_setting('statement_timeout'), current_setting('lock_timeout'),
        current_setting('idle_in_transaction_session_timeout'), current_setting('transaction_isolation'),
        current_setting('client_encoding'), current_setting('application_name')
      """)
    #expect(try row.step())
    #expect((0..<6).map(row.text) == ["30s", "10s", "1min", "read committed", "UTF8", "lienthong"])
  }

  @Test("is cheaper sending ahead than waiting for each statement")
  func pipelineGain() throws {
    let database = try place.connect()
    try database.execute("CREATE TABLE t(a BIGINT PRIMARY KEY, b BYTEA)")
    let payload = SQLValue.blob([UInt8](repeating: 7, count: 1_000))
    var next: Int64 = 0
    func seconds(_ insert: (Int64) throws(SQLError) -> Void) throws -> Double {
      let start = ContinuousClock.now
      try database.transaction { () throws(SQLError) in
        for _ in 0..<2_000 {
          next += 1
          try insert(next)
        }
      }
      return (ContinuousClock.now - start) / .seconds(1)
    }
    func ahead(_ key: Int64) throws(SQLError) {
      try database.run("INSERT INTO t VALUES(?, ?)", .integer(key), payload)
    }
    func waiting(_ key: Int64) throws(SQLError) {
      let insert = try database.prepare("INSERT INTO t VALUES(?, ?)")
      try insert.bind(.integer(key), payload)
      _ = try insert.step()
    }
    var best = (ahead: Double.infinity, waiting: Double.infinity)
    for _ in 0..<3 {
      best = (min(best.ahead, try seconds(ahead)), min(best.waiting, try seconds(waiting)))
    }
    print("2,000 inserts: sent ahead \(Int(2_000 / best.ahead))/s, one by one \(Int(2_000 / best.waiting))/s")
    #expect(best.ahead < best.waiting)
  }
}
