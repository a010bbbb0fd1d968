package import SQLKit

/// An empty database of a temporary server, dropped with the value.
package final class TemporaryPostgreSQLDatabase: Sendable {
  package let server: TemporaryPostgreSQL
  package let name: String

  init(server: TemporaryPostgreSQL, name: String) {
    self.server = server
    self.name = name
    do throws(SQLError) {
      try PostgreSQLDatabase(server.localConfiguration(database: "postgres")).execute("CREATE DATABASE \(name)")
    } catch {
      preconditionFailure("a test's database cannot be made: \(error)")
    }
  }

  deinit {
    // A server that the test has ended has nothing left to drop.
    try? PostgreSQLDatabase(server.localConfiguration(database: "postgres"))
      .execute("DROP DATABASE \(name) WITH (FORCE)")
  }

  /// How to log in, over TCP with the password.
  package var configuration: PostgreSQLConfiguration { server.configuration(database: name) }
  /// How to log in, through the Unix socket.
  package var localConfiguration: PostgreSQLConfiguration { server.localConfiguration(database: name) }

  /// A new connection.
  package func connect() throws(SQLError) -> PostgreSQLDatabase { try PostgreSQLDatabase(configuration) }
}
