import GatewayTesting
import Glibc
import SQLKit
import Testing

/// The servers of a site, set up from the files of `Deploy/postgres` as its README says.
///
/// Only what has to differ on one machine is replaced: addresses, paths, sizes.
final class DeployedServers {
  static let password = "mot-mat-khau"
  static let replicationPassword = "mot-mat-khau-khac"

  /// What the machines share here: the authority's certificate, keys, passwords, the archive.
  private let shared: TemporaryFolder
  private let passfile: String
  private let passwordFile: String
  let archive: String
  /// What each of them is told to wait for.
  private let machines: String
  let first: TemporaryPostgreSQL

  /// Sets up the first of the named machines; the others are made from it.
  init(machines: String = "pg_a, pg_b") throws {
    self.machines = machines
    let authority = TestAuthority()
    let signed = authority.makeServer()
    let shared = TemporaryFolder()
    self.shared = shared
    TemporaryPostgreSQL.give(shared.path)
    func install(_ name: String, _ text: String, mode: mode_t) -> String {
      let path = shared.file(name, text)
      chmod(path, mode)
      TemporaryPostgreSQL.give(path)
      return path
    }
    _ = install("authority.pem", String(decoding: authority.certificate, as: UTF8.self), mode: 0o644)
    _ = install("server.pem", String(decoding: signed.certificate, as: UTF8.self), mode: 0o644)
    _ = install("server.key", String(decoding: signed.key, as: UTF8.self), mode: 0o600)
    _ = install("archive-wal", Self.file("archive-wal"), mode: 0o755)
    let roles = install("roles.sql", Self.file("roles.sql"), mode: 0o644)
    passfile = install("passfile", "*:*:*:lienthong_replication:\(Self.replicationPassword)\n", mode: 0o600)
    passwordFile = install("gateway", Self.password + "\n", mode: 0o600)
    archive = shared.path + "/archive"
    mkdir(archive, 0o700)
    TemporaryPostgreSQL.give(archive)
    first = TemporaryPostgreSQL(
      settings: try Self.settings(machine: "pg_a", of: machines, shared: shared.path), access: try Self.access(),
      superuser: "postgres")
    // A server without its standby acknowledges nothing, so the first one is set up alone.
    run(on: first, "ALTER SYSTEM SET synchronous_standby_names = ''")
    run(on: first, "SELECT pg_reload_conf()")
    TemporaryPostgreSQL.run(
      "psql", "--host", first.folder, "--port", String(first.port), "--username", "postgres", "--dbname", "postgres",
      "--file", roles, "--set", "gateway_password=\(Self.password)", "--set",
      "replication_password=\(Self.replicationPassword)")
  }

  /// Makes another machine a standby of a server.
  func makeStandby(of primary: TemporaryPostgreSQL, machine: String) throws -> TemporaryPostgreSQL {
    TemporaryPostgreSQL(
      following: replication(to: primary),
      settings: try Self.settings(machine: machine, of: machines, shared: shared.path),
      access: try Self.access())
  }

  /// Lets the settings file speak again: from here on a commit is on two machines.
  func demandStandby(on primary: TemporaryPostgreSQL) {
    run(on: primary, "ALTER SYSTEM RESET synchronous_standby_names")
    run(on: primary, "SELECT pg_reload_conf()")
  }

  /// Makes a standby follow another server from now on.
  func redirect(_ standby: TemporaryPostgreSQL, to primary: TemporaryPostgreSQL) {
    run(on: standby, "ALTER SYSTEM SET primary_conninfo = '\(replication(to: primary))'")
    run(on: standby, "SELECT pg_reload_conf()")
  }

  /// Makes a former primary a standby of the server that took its place.
  func rejoin(_ former: TemporaryPostgreSQL, following primary: TemporaryPostgreSQL) {
    // pg_rewind would otherwise find the primary's timeline of before the promotion and think there is nothing to do.
    run(on: primary, "CHECKPOINT")
    TemporaryPostgreSQL.run(
      "pg_rewind", "--target-pgdata", former.dataFolder, "--config-file", former.settingsFile, "--source-server",
      replication(to: primary) + " dbname=postgres", "--write-recovery-conf", "--no-sync")
    former.start()
  }

  func backUp(_ primary: TemporaryPostgreSQL) -> String {
    let path = shared.path + "/backup"
    TemporaryPostgreSQL.run(
      "pg_basebackup", "--pgdata", path, "--dbname", replication(to: primary), "--checkpoint", "fast", "--no-sync")
    return path
  }

  func restore(_ backup: String) throws -> TemporaryPostgreSQL {
    TemporaryPostgreSQL(
      restoring: backup,
      settings: try Self.settings(machine: "pg_c", of: machines, shared: shared.path) + [
        "synchronous_standby_names = ''"
      ],
      access: try Self.access())
  }

  /// How the gateway is told where its database is.
  func configuration(_ servers: TemporaryPostgreSQL...) -> PostgreSQLConfiguration {
    var configuration = PostgreSQLConfiguration(
      hosts: servers.map { .init("127.0.0.1", port: $0.port) }, database: "lienthong", user: "lienthong",
      password: .file(passwordFile), tls: .verified(authorities: shared.path + "/authority.pem"))
    configuration.requiresSynchronousStandby = true
    return configuration
  }

  /// One statement as the machine's administrator, and what it says.
  @discardableResult
  func run(on server: TemporaryPostgreSQL, _ sql: String) -> String {
    let run = ProgramRun([
      "psql", "--host", server.folder, "--port", String(server.port), "--username", "postgres", "--dbname", "postgres",
      "--no-psqlrc", "--tuples-only", "--no-align", "--command", sql,
    ])
    precondition(run.exitCode == 0, "\(sql): \(run.errorText)")
    return run.text.split(separator: "\n").joined(separator: "\n")
  }

  /// The lines of `watch.sql`.
  func watch(_ server: TemporaryPostgreSQL) -> [String] {
    let run = ProgramRun(
      [
        "psql", "--host", server.folder, "--port", String(server.port), "--username", "postgres", "--dbname",
        "postgres",
        "--no-psqlrc", "--tuples-only", "--no-align",
      ], input: Self.file("watch.sql"))
    precondition(run.exitCode == 0, "watch.sql: \(run.errorText)")
    return run.lines
  }

  private func replication(to server: TemporaryPostgreSQL) -> String {
    "host=127.0.0.1 port=\(server.port) user=lienthong_replication passfile=\(passfile) sslmode=verify-full "
      + "sslrootcert=\(shared.path)/authority.pem"
  }

  private static func file(_ name: String) -> String {
    String(decoding: TestFiles.read(TestFiles.projectRoot + "/Deploy/postgres/" + name), as: UTF8.self)
  }

  private static func settings(machine: String, of machines: String, shared: String) throws -> [String] {
    try [
      replace(
        in: file("lienthong.conf"),
        [
          "/usr/local/lib/lienthong/archive-wal": shared + "/archive-wal",
          "/srv/lienthong-archive": shared + "/archive", "'1GB'": "'64MB'",
          "'ANY 1 (pg_a, pg_b, pg_c)'": "'ANY 1 (\(machines))'",
        ]),
      replace(
        in: file("machine.conf"),
        ["'pg_a'": "'\(machine)'", "127.0.0.1, 10.20.30.11": "127.0.0.1", "/etc/lienthong-postgres": shared]),
    ]
  }

  private static func access() throws -> String {
    try replace(in: file("pg_hba.conf"), ["10.20.30.0/24": "127.0.0.0/8", "peer": "trust"])
  }

  private static func replace(in text: String, _ replacements: [String: String]) throws -> String {
    try replacements.reduce(text) { text, replacement in
      let parts = text.split(separator: replacement.key, omittingEmptySubsequences: false)
      try #require(parts.count > 1, "Deploy/postgres no longer says \(replacement.key)")
      return parts.joined(separator: replacement.value)
    }
  }
}
