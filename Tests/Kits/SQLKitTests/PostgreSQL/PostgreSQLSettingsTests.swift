import GatewayTesting
import SQLKit
import Testing

@Suite("The settings of a PostgreSQL server", .serialized)
struct PostgreSQLSettingsTests {
  private static let server = TemporaryPostgreSQL()

  @Test(
    "are refused when an acknowledged commit could be lost",
    arguments: [
      ("fsync = off", "fsync is off"), ("full_page_writes = off", "full_page_writes is off"),
      ("synchronous_commit = off", "synchronous_commit is off"),
      ("synchronous_standby_names = 'b'\nsynchronous_commit = local", "synchronous_commit is local"),
    ])
  func refused(setting: String, reason: String) throws {
    let usual = "fsync = on\nfull_page_writes = on\nsynchronous_commit = on\nsynchronous_standby_names = ''"
    let configuration = Self.server.configuration(database: "postgres")
    try change(to: usual, until: { (try? PostgreSQLDatabase(configuration)) != nil })
    try change(to: setting) {
      do throws(SQLError) {
        _ = try PostgreSQLDatabase(configuration)
        return false
      } catch {
        #expect(error.code == .settings)
        return error.message.contains(reason) && error.message.contains("127.0.0.1")
      }
    }
    try change(to: usual, until: { (try? PostgreSQLDatabase(configuration)) != nil })
  }

  @Test("are taken with synchronous_commit = local where there is no standby, and then kept for the session")
  func localWithoutStandby() throws {
    let place = Self.server.makeDatabase()
    let database = try place.connect()
    try database.execute("ALTER DATABASE \(place.name) SET synchronous_commit = local")
    let other = try place.connect()
    let row = try other.prepare("SELECT source FROM pg_settings WHERE name = 'synchronous_commit'")
    #expect(try row.step() && row.text(0) == "session")
  }

  @Test("are refused without a synchronous standby where the site demands one")
  func standbyDemanded() {
    var configuration = Self.server.configuration(database: "postgres")
    configuration.requiresSynchronousStandby = true
    let error = #expect(throws: SQLError.self) { try PostgreSQLDatabase(configuration) }
    #expect(error?.code == .settings && error?.message.contains("synchronous_standby_names is empty") == true)
  }

  @Test("are refused where the database's encoding is not UTF-8")
  func encoding() throws {
    let admin = try PostgreSQLDatabase(Self.server.configuration(database: "postgres"))
    try admin.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    let error = #expect(throws: SQLError.self) { try PostgreSQLDatabase(Self.server.configuration(database: "latin")) }
    #expect(error?.code == .settings && error?.message.contains("LATIN1") == true)
  }

  /// Writes settings and waits until new sessions have them.
  private func change(to settings: String, until isThere: () -> Bool) throws {
    Self.server.configure([settings])
    Self.server.reload()
    for _ in 0..<400 {
      if isThere() { return }
      shortRest()
    }
    Issue.record("the server does not take the settings \(settings)")
  }
}
