import CPostgreSQL

extension PostgreSQLDatabase {
  static let oldestVersion: Int32 = 150_000

  /// Refuses a server under whose settings an acknowledged commit could be lost, and keeps what it found for the session.
  ///
  /// https://www.postgresql.org/docs/15/runtime-config-wal.html
  func checkSettings() throws(SQLError) {
    guard PQserverVersion(connection.handle) >= Self.oldestVersion else {
      throw refusal("it is older than PostgreSQL 15", "upgrade it")
    }
    let encoding = PQparameterStatus(connection.handle, "server_encoding").map { String(cString: $0) } ?? "unknown"
    guard encoding == "UTF8" else {
      throw refusal("its encoding is \(encoding)", "create the database with ENCODING 'UTF8'")
    }
    guard configuration.access == .readWrite else { return }
    let row = try prepare(
      """
      SELECT current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_standby_names'),
        set_config('synchronous_commit', current_setting('synchronous_commit'), false)
      """)
    defer { row.reset() }
    guard try row.step() else { throw refusal("it does not tell its settings", "look at its log") }
    guard row.text(0) == "on" else {
      throw refusal("fsync is \(row.text(0)): a power cut destroys the database", "set fsync = on")
    }
    guard row.text(1) == "on" else {
      throw refusal(
        "full_page_writes is \(row.text(1)): a power cut can leave torn pages", "set full_page_writes = on")
    }
    let hasStandby = !row.text(2).isEmpty
    if configuration.requiresSynchronousStandby, !hasStandby {
      throw refusal(
        "synchronous_standby_names is empty: a commit is acknowledged before a second machine has it",
        "name the standby there, or say that this site does without one")
    }
    switch row.text(3) {
    case "on", "remote_apply", "remote_write": break
    case "local" where !hasStandby: break
    case let value:
      throw refusal(
        "synchronous_commit is \(value): an acknowledged commit can be lost", "set synchronous_commit = on")
    }
  }

  private func refusal(_ reason: String, _ remedy: String) -> SQLError {
    SQLError(
      code: .settings,
      message: "the PostgreSQL server of \(configuration.place) is not used because \(reason); \(remedy)")
  }
}
