import GatewayTesting

/// A PostgreSQL server for a measurement: Debian's, with more memory than it comes with and its promises as they are.
enum BenchPostgreSQL {
  static func start() -> TemporaryPostgreSQL {
    TemporaryPostgreSQL(settings: ["shared_buffers = '512MB'", "max_wal_size = '4GB'"])
  }

  /// `store:` of a site on this database.
  static func site(_ database: TemporaryPostgreSQLDatabase) -> String {
    """
    store:
      engine: postgresql
      host: 127.0.0.1
      port: \(database.server.port)
      database: \(database.name)
      user: \(TemporaryPostgreSQL.user)
      passwordFile: \(database.server.passwordFile)

    """
  }
}
