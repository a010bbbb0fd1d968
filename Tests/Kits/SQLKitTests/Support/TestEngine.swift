import GatewayTesting
import Glibc
import SQLKit
import Testing

/// The engines, each of which keeps what `SQLDatabase` promises.
enum TestEngine: String, CaseIterable, CustomTestStringConvertible {
  case sqlite, postgresql

  var testDescription: String { rawValue }

  /// The engine's name for the type of bytes.
  var bytes: String { self == .sqlite ? "BLOB" : "BYTEA" }

  func make() -> TestDatabase {
    switch self {
    case .sqlite: TestDatabase(file: TemporaryFolder())
    case .postgresql: TestDatabase(server: TemporaryPostgreSQL.shared.makeDatabase())
    }
  }
}

/// An empty database, removed with the value.
struct TestDatabase {
  private let file: TemporaryFolder?
  private let server: TemporaryPostgreSQLDatabase?

  init(file: TemporaryFolder) {
    self.file = file
    server = nil
  }

  init(server: TemporaryPostgreSQLDatabase) {
    self.server = server
    file = nil
  }

  func connect() throws -> any SQLDatabase {
    if let file { return try SQLiteDatabase(path: file.path + "/test.sqlite") }
    guard let server else { preconditionFailure("a database is one of the two") }
    return try server.connect()
  }
}

extension SQLDatabase {
  /// The first column of the first row.
  func number(_ sql: String, _ values: SQLValue...) throws(SQLError) -> Int64? {
    let row = try prepare(sql)
    defer { row.reset() }
    try row.bind(values)
    return try row.step() ? row.optionalInteger(0) : nil
  }
}

/// A short rest before something is looked at again.
func shortRest() { usleep(5_000) }
