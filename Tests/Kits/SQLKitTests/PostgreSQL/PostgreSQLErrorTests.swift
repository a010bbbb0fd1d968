import GatewayTesting
import Glibc
import SQLKit
import Testing

@Suite("An error of PostgreSQL")
struct PostgreSQLErrorTests {
  private static let citizen = "001299000001"
  let place = TemporaryPostgreSQL.shared.makeDatabase()

  @Test("never repeats a value, whatever was wrong with it")
  func noValues() throws {
    let database = try place.connect()
    try database.execute(
      """
      CREATE TABLE t(key TEXT PRIMARY KEY, small SMALLINT, short VARCHAR(3), must TEXT NOT NULL DEFAULT '',
        CONSTRAINT not_this CHECK (must <> '\(Self.citizen)'), parent TEXT REFERENCES t(key))
      """)
    try database.run("INSERT INTO t(key) VALUES(?)", .text(Self.citizen))
    let value = SQLValue.text(Self.citizen)
    let wrong: [(StaticString, SQLError.Code, String)] = [
      ("INSERT INTO t(key) VALUES(?)", .constraint, "23505"),
      ("INSERT INTO t(key, must) VALUES('a', ?)", .constraint, "23514"),
      ("INSERT INTO t(key, must) VALUES(? || 'b', NULL)", .constraint, "23502"),
      ("INSERT INTO t(key, parent) VALUES('c', ? || 'x')", .constraint, "23503"),
      ("INSERT INTO t(key, short) VALUES('d', ?)", .statement, "22001"),
      ("INSERT INTO t(key, small) VALUES('e', CAST(CAST(? AS TEXT) AS BIGINT))", .statement, "22003"),
      ("SELECT CAST('x' || CAST(? AS TEXT) AS BIGINT)", .statement, "22P02"),
    ]
    for (sql, code, state) in wrong {
      let error = #expect(throws: SQLError.self) { try database.run(sql, value) }
      #expect(error?.code == code && error?.engineCode == state, "\(sql)")
      #expect(error?.description.contains(Self.citizen) == false, "\(error?.description ?? "")")
    }
    let nul = #expect(throws: SQLError.self) { try database.run("INSERT INTO t(key) VALUES(?)", .text("12\u{0}34")) }
    #expect(nul?.engineCode == "22021")
    #expect(try database.number("SELECT count(*) FROM t") == 1)
  }

  @Test("names the broken rule, its table and the SQLSTATE")
  func names() throws {
    let database = try place.connect()
    try database.execute("CREATE TABLE t(a TEXT CONSTRAINT only_once UNIQUE)")
    try database.run("INSERT INTO t VALUES('x')")
    let error = #expect(throws: SQLError.self) { try database.run("INSERT INTO t VALUES('x')") }
    #expect(
      error?.description == """
        SQLError: constraint
        ├─ Reason: a rule of the schema was broken: constraint only_once, table t
        ├─ Statement: INSERT INTO t VALUES('x')
        └─ Engine code: 23505
        """)
  }

  @Test("says readOnly when the server takes no changes")
  func readOnly() throws {
    let database = try place.connect()
    try database.execute("CREATE TABLE t(a BIGINT); SET default_transaction_read_only = on")
    let error = #expect(throws: SQLError.self) { try database.run("INSERT INTO t VALUES(1)") }
    #expect(error?.code == .readOnly && error?.engineCode == "25006")
  }

  @Test("of a login says what to look at and not the password")
  func login() throws {
    let folder = TemporaryFolder()
    var configuration = place.configuration
    configuration.password = .file(folder.file("wrong", "not-the-password\n"))
    let wrong = #expect(throws: SQLError.self) { try PostgreSQLDatabase(configuration) }
    #expect(wrong?.code == .cannotOpen)
    #expect(wrong?.message.contains("password authentication failed for user \"lienthong\"") == true)
    #expect(wrong?.description.contains("not-the-password") == false)
    configuration.password = .file(folder.path + "/missing")
    let missing = #expect(throws: SQLError.self) { try PostgreSQLDatabase(configuration) }
    #expect(missing?.code == .cannotOpen && missing?.message.contains("/missing") == true)
    configuration.password = .file(folder.file("empty", "\n"))
    #expect(throws: SQLError.self) { try PostgreSQLDatabase(configuration) }
    for (bytes, reason) in [(4_096, "password authentication failed"), (4_097, "more than 4096 bytes")] {
      configuration.password = .file(folder.file("long", String(repeating: "x", count: bytes)))
      let long = #expect(throws: SQLError.self) { try PostgreSQLDatabase(configuration) }
      #expect(long?.message.contains(reason) == true)
    }
    let passfile = folder.file("pass", "127.0.0.1:*:*:lienthong:" + #"mật khẩu thử ' \\ 1"# + "\n")
    configuration.password = .passfile(passfile)
    #expect(throws: SQLError.self, "a passfile open to others is not used") { try PostgreSQLDatabase(configuration) }
    chmod(passfile, 0o600)
    #expect(try PostgreSQLDatabase(configuration).number("SELECT 1") == 1)
  }
}
