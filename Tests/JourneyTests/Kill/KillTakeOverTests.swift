import GatewayTesting
import Testing

/// What others have to make good: the database's server is killed, or one of two gateways is killed or stands still.
@Suite("Others killed at random under load, with a flaky partner", .serialized, .timeLimit(.minutes(60)))
struct KillTakeOverTests {
  @Test("a gateway goes on by itself when PostgreSQL is killed and started again")
  func server() async throws {
    let server = TemporaryPostgreSQL()
    let site = try KillSite("PostgreSQL itself killed", seed: KillPlan.seed, database: server.makeDatabase())
    for _ in 0..<(KillPlan.rounds.map { max(1, $0 / 4) } ?? 3) { try await site.kill(server) }
    _ = try await site.settle()
  }

  @Test("two gateways on one PostgreSQL go on when one is killed, or stands still for longer than its lease")
  func twoGateways() async throws {
    let database = TemporaryPostgreSQL.shared.makeDatabase()
    let site = try KillSite("One of two gateways killed or frozen", seed: KillPlan.seed, nodes: 2, database: database)
    for _ in 0..<(KillPlan.rounds.map { max(1, $0 / 2) } ?? 3) { try await site.killGateway() }
    for _ in 0..<(KillPlan.rounds.map { max(1, $0 / 40) } ?? 1) { try await site.freezeGateway(for: .seconds(18)) }
    let ledger = try await site.settle()
    #expect(ledger.repetitions > 0, "nobody had anything in its hands")
  }
}
