import GatewayTesting
import Testing

/// The built daemon killed at random moments under load, again and again; `make kill` runs it for long.
@Suite("Killed at random under load, with a flaky partner", .serialized, .timeLimit(.minutes(60)))
struct KillRoundsTests {
  @Test("a gateway on SQLite loses nothing it acknowledged, does nothing twice, and keeps each dossier's order")
  func sqlite() async throws {
    let site = try KillSite("SQLite, gateway killed", seed: KillPlan.seed)
    for _ in 0..<(KillPlan.rounds ?? 8) { try await site.killGateway() }
    _ = try await site.settle()
  }

  @Test("a gateway on PostgreSQL loses nothing it acknowledged, does nothing twice, and keeps each dossier's order")
  func postgresql() async throws {
    let database = TemporaryPostgreSQL.shared.makeDatabase()
    let site = try KillSite("PostgreSQL, gateway killed", seed: KillPlan.seed, database: database)
    for _ in 0..<(KillPlan.rounds ?? 8) { try await site.killGateway() }
    _ = try await site.settle()
  }
}
