import SQLKit

extension TemporaryPostgreSQLDatabase {
  /// The lines of `gateway.yaml` with which a site keeps its store here.
  package var siteSection: String {
    let configuration = configuration
    return """
      store:
        engine: postgresql
        host: \(configuration.hosts[0].name)
        port: \(configuration.hosts[0].port)
        database: \(configuration.database)
        user: \(configuration.user)
        passwordFile: \(server.passwordFile)
      """
  }
}
