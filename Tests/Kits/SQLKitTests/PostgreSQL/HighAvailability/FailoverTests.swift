import GatewayTesting
import SQLKit
import Testing

@Suite("The high-availability set-up of Deploy/postgres", .serialized)
struct FailoverTests {
  @Test("loses nothing it acknowledged when the primary dies under load and its standby takes over")
  func failover() throws {
    let servers = try DeployedServers()
    let first = servers.first
    // First the demand, then the copy: what ALTER SYSTEM says is copied with the data.
    servers.demandStandby(on: first)
    let second = try servers.makeStandby(of: first, machine: "pg_b")
    wait("the standby is synchronous") {
      servers.run(on: first, "SELECT application_name, sync_state FROM pg_stat_replication") == "pg_b|quorum"
    }
    #expect(servers.watch(first).allSatisfy { $0.hasSuffix("|good") }, "\(servers.watch(first))")
    var configuration = servers.configuration(first, second)
    configuration.limits.answer = .seconds(2)
    try LedgerWriter.makeTable(configuration)
    let writers = (0..<4).map { [configuration] in LedgerWriter($0, configuration) }
    defer { writers.forEach { $0.stop() } }
    wait("the writers are at work") { writers.allSatisfy { $0.acknowledged >= 100 } }

    first.kill()
    wait("the writers notice") { writers.allSatisfy { !$0.seenErrors.isEmpty } }
    let promised = writers.map(\.acknowledged)
    let promotion = ContinuousClock().measure { second.promote() }
    for (writer, promised) in promised.enumerated() {
      let found = servers.count(
        on: second, "SELECT count(*) FROM ledger WHERE writer = \(writer) AND row < \(promised)")
      #expect(found == promised, "writer \(writer)")
    }
    // Alone the new primary acknowledges nothing, and neither does the former one that somebody starts by mistake.
    first.start()
    #expect(servers.watch(second).contains("synchronous standbys|0|nothing is acknowledged"))
    wait("both primaries were tried") { writers.allSatisfy { ($0.seenErrors[.commitUnknown] ?? 0) >= 2 } }
    for (writer, promised) in zip(writers, promised) { #expect(writer.acknowledged == promised) }

    first.kill()
    let rejoining = ContinuousClock().measure { servers.rejoin(first, following: second) }
    print("promotion took \(promotion), rewinding and starting the former primary \(rejoining)")
    wait("the line goes on by itself") { zip(writers, promised).allSatisfy { $0.acknowledged >= $1 + 100 } }
    writers.forEach { $0.stop() }
    for (number, writer) in writers.enumerated() {
      let count = "SELECT count(*) FROM ledger WHERE writer = \(number) AND row < \(writer.acknowledged)"
      #expect(servers.count(on: second, count) == writer.acknowledged, "writer \(number)")
      // On the standby it is on the disk and is applied a moment later.
      wait("the standby has it, too") { servers.count(on: first, count) == writer.acknowledged }
      #expect(Set(writer.seenErrors.keys).isSubset(of: [.connectionLost, .commitUnknown, .cannotOpen]))
    }

    // By decision of the operator the site goes on with one machine.
    first.kill()
    servers.run(on: second, "ALTER SYSTEM SET synchronous_standby_names = ''")
    servers.run(on: second, "SELECT pg_reload_conf()")
    wait("the watch tells it") { servers.watch(second).contains("machines demanded||one machine only by decision") }
    let refused = #expect(throws: SQLError.self) {
      _ = try PostgreSQLDatabase(configuration)
    }
    #expect(refused?.code == .settings)
    configuration.requiresSynchronousStandby = false
    let alone = try PostgreSQLDatabase(configuration)
    try alone.transaction { () throws(SQLError) in try alone.run("INSERT INTO ledger VALUES(99, 0, '')") }
  }

  @Test("goes on with three machines as soon as the second standby follows the promoted one")
  func threeMachines() throws {
    let servers = try DeployedServers(machines: "pg_a, pg_b, pg_c")
    let first = servers.first
    servers.demandStandby(on: first)
    let standbys = [
      try servers.makeStandby(of: first, machine: "pg_b"), try servers.makeStandby(of: first, machine: "pg_c"),
    ]
    wait("both standbys follow") { servers.watch(first).contains("synchronous standbys|2|good") }
    var configuration = servers.configuration(first, standbys[0], standbys[1])
    configuration.limits.answer = .seconds(2)
    try LedgerWriter.makeTable(configuration)
    let writers = (0..<2).map { [configuration] in LedgerWriter($0, configuration) }
    defer { writers.forEach { $0.stop() } }
    wait("the writers are at work") { writers.allSatisfy { $0.acknowledged >= 100 } }
    // One standby may be away.
    standbys[1].kill()
    let before = writers.map(\.acknowledged)
    wait("the line goes on with one standby") { zip(writers, before).allSatisfy { $0.acknowledged >= $1 + 50 } }
    standbys[1].start()
    wait("it follows again") { servers.watch(first).contains("synchronous standbys|2|good") }

    first.kill()
    wait("the writers notice") { writers.allSatisfy { !$0.seenErrors.isEmpty } }
    let promised = writers.map(\.acknowledged)
    let behind =
      "SELECT pg_last_wal_receive_lsn() < '\(servers.run(on: standbys[1], "SELECT pg_last_wal_receive_lsn()"))'"
    let (chosen, other) =
      servers.run(on: standbys[0], behind) == "t" ? (standbys[1], standbys[0]) : (standbys[0], standbys[1])
    chosen.promote()
    servers.redirect(other, to: chosen)
    wait("the line goes on without the first") { zip(writers, promised).allSatisfy { $0.acknowledged >= $1 + 100 } }
    writers.forEach { $0.stop() }
    for (number, writer) in writers.enumerated() {
      let count = "SELECT count(*) FROM ledger WHERE writer = \(number) AND row < \(writer.acknowledged)"
      #expect(servers.count(on: chosen, count) == writer.acknowledged, "writer \(number)")
    }
  }

  @Test("comes back from a backup and the archive with everything up to the last archived segment")
  func backup() throws {
    let servers = try DeployedServers()
    var configuration = servers.configuration(servers.first)
    configuration.requiresSynchronousStandby = false
    try LedgerWriter.makeTable(configuration)
    let database = try PostgreSQLDatabase(configuration)
    func store(_ rows: Range<Int64>) throws {
      try database.transaction { () throws(SQLError) in
        for row in rows { try database.run("INSERT INTO ledger VALUES(0, ?, '')", .integer(row)) }
      }
    }
    try store(0..<10)
    let backup = servers.backUp(servers.first)
    try store(10..<30)
    let segment = servers.run(on: servers.first, "SELECT pg_walfile_name(pg_switch_wal())")
    wait("the segment is in the archive") {
      servers.run(on: servers.first, "SELECT last_archived_wal >= '\(segment)' FROM pg_stat_archiver") == "t"
    }
    servers.first.kill()
    let restored = try servers.restore(backup)
    wait("the archive is applied") { servers.run(on: restored, "SELECT pg_is_in_recovery()") == "f" }
    #expect(servers.count(on: restored, "SELECT count(*) FROM ledger") == 30)
  }

  @Test("says nothing of rows in the server's log")
  func quietLog() throws {
    let servers = try DeployedServers()
    var configuration = servers.configuration(servers.first)
    configuration.requiresSynchronousStandby = false
    let database = try PostgreSQLDatabase(configuration)
    try database.execute("CREATE TABLE t(a TEXT PRIMARY KEY, b TEXT NOT NULL)")
    try database.run("INSERT INTO t VALUES(?, '')", .text("001299000001"))
    #expect(throws: SQLError.self) { try database.run("INSERT INTO t VALUES(?, '')", .text("001299000001")) }
    #expect(throws: SQLError.self) { try database.run("INSERT INTO t VALUES(?, NULL)", .text("001299000002")) }
    #expect(servers.first.log.contains("duplicate key value violates unique constraint"))
    #expect(!servers.first.log.contains("00129900000"))
  }

  @Test("archives a segment once, again when it is the same, and never over another one")
  func archive() {
    let folder = TemporaryFolder()
    let script = TestFiles.projectRoot + "/Deploy/postgres/archive-wal"
    let (segment, other) = (folder.file("segment", "WAL"), folder.file("other", "another WAL"))
    TestFiles.write("", to: folder.path + "/archive/.keep")
    func archive(_ path: String) -> Int32? { ProgramRun([script, path, "0001", folder.path + "/archive"]).exitCode }
    #expect(archive(segment) == 0)
    #expect(archive(segment) == 0)
    #expect(archive(other) == 1)
    #expect(TestFiles.read(folder.path + "/archive/0001") == Array("WAL".utf8))
    #expect(ProgramRun(["ls", "-A", folder.path + "/archive"]).lines == [".keep", "0001"])
    #expect(ProgramRun([script, segment, "0001", folder.path + "/missing"]).exitCode != 0)
  }

  /// Waits until something holds; half a minute at most.
  private func wait(_ what: Comment, until holds: () -> Bool) {
    for _ in 0..<6_000 {
      if holds() { return }
      shortRest()
    }
    Issue.record(what)
  }
}

extension DeployedServers {
  func count(on server: TemporaryPostgreSQL, _ sql: String) -> Int? {
    var configuration = configuration(server)
    configuration.access = .any
    return (try? PostgreSQLDatabase(configuration).number(sql)).flatMap { $0 }.map(Int.init)
  }
}
