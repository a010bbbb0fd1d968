import DossierModel
import DossierStore
import GatewayTesting
import SQLKit
import ServiceKit

/// One of several gateways' stores on a database, under a role of its own: so it can be cut off from the database while
/// it lives, and let in again.
final class TestNode: Sendable {
  /// Short enough for a test; long enough for a busy machine.
  static var limits: NodeLimits {
    var limits = NodeLimits()
    limits.renewal = .milliseconds(100)
    limits.lease = .seconds(3)
    limits.margin = .seconds(1)
    return limits
  }

  let store: SQLDossierStore
  private let database: TemporaryPostgreSQLDatabase
  private let role: String

  init(_ name: String, on database: TemporaryPostgreSQLDatabase, limits: NodeLimits = TestNode.limits) throws {
    self.database = database
    role = "\(name)_of_\(database.name)"
    try Self.asAdministrator(database, "CREATE ROLE \(role) LOGIN SUPERUSER")
    var configuration = database.localConfiguration
    configuration.user = role
    store = try SQLDossierStore(.postgresql(configuration, limits), at: SystemTimeSource().now())
  }

  /// Ends all its connections and lets it make no new one.
  func cutOff() throws {
    try Self.asAdministrator(database, "ALTER ROLE \(role) NOLOGIN")
    try Self.asAdministrator(
      database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '\(role)'")
  }

  func letIn() throws { try Self.asAdministrator(database, "ALTER ROLE \(role) LOGIN") }

  /// Whatever it did, the database and the role can be dropped afterwards.
  func close() { store.close() }

  private static func asAdministrator(_ database: TemporaryPostgreSQLDatabase, _ sql: String) throws {
    try PostgreSQLDatabase(database.localConfiguration).execute(sql)
  }
}
