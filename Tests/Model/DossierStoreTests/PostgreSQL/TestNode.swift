import DossierModel
import DossierStore
import GatewayTesting
import SQLKit
import ServiceKit

/// One of several gateways' stores on a database, under a role of its own: so it can be cut off from the database while
/// it lives, and let in again.
final class TestNode: Sendable {
  /// Hears of the others soon, and counts nobody as gone while a test runs.
  static var patient: NodeLimits {
    var limits = NodeLimits()
    limits.renewal = .milliseconds(100)
    limits.lease = .seconds(120)
    return limits
  }

  /// Counts the others as gone soon: short for a test, and long for a thread to wait on a busy machine.
  static var brief: NodeLimits {
    var limits = patient
    limits.lease = .seconds(6)
    limits.margin = .seconds(1)
    return limits
  }

  let store: SQLDossierStore
  private let database: TemporaryPostgreSQLDatabase
  private let role: String

  init(
    _ name: String, on database: TemporaryPostgreSQLDatabase, limits: NodeLimits = TestNode.patient,
    place: String? = nil
  )
    throws
  {
    self.database = database
    role = "\(name)_of_\(database.name)"
    try Self.asAdministrator(database, "CREATE ROLE \(role) LOGIN SUPERUSER")
    var configuration = database.localConfiguration
    configuration.user = role
    store = try SQLDossierStore(.postgresql(configuration, limits), place: place, at: SystemTimeSource().now())
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
