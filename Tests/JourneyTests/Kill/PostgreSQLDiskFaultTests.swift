import GatewayTesting
import Testing

/// The database server's own disk fails under load, through `strace`: the gateway sees what the server makes of it.
@Suite("A daemon whose database server's disk is full or fails for a while", .serialized, .timeLimit(.minutes(20)))
struct PostgreSQLDiskFaultTests {
  @Test(
    "answers 503 with Retry-After, keeps what it acknowledged, and goes on by itself when the disk is well",
    arguments: FailingServerDisk.Fault.allCases)
  func comesBack(_ fault: FailingServerDisk.Fault) async throws {
    let server = TemporaryPostgreSQL()
    let site = try KillSite("PostgreSQL's disk: \(fault)", seed: KillPlan.seed, database: server.makeDatabase())
    for _ in 0..<(KillPlan.rounds.map { max(1, $0 / 20) } ?? 1) { try await site.fail(fault, under: server) }
    #expect(server.hasLogged(fault), "\(fault): the server met something else: \(server.log.suffix(2_000))")
    _ = try await site.settle()
  }
}

extension TemporaryPostgreSQL {
  /// Whether its log since the last start says what this fault does to a server.
  fileprivate func hasLogged(_ fault: FailingServerDisk.Fault) -> Bool {
    switch fault {
    case .fullForTables: log.contains("could not extend file")
    // Of a server that ended and was started again this stands in the log before.
    case .fullForLog, .failingLog: log.contains("PANIC:") || log.contains("automatic recovery in progress")
    }
  }
}
