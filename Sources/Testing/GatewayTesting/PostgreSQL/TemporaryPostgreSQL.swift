import Glibc
package import SQLKit
import Synchronization

/// A PostgreSQL server of a test's own, on loopback and a Unix socket in a temporary folder, with its settings as they
/// come: a commit is synced.
///
/// It is Debian's `postgresql-15`. Under root it runs as `postgres` or `nobody`, because PostgreSQL refuses root. It ends
/// with the value, and also when the test process dies in whatever way (`PostgreSQLWatcher`). Anything that goes wrong
/// while it is set up traps with the reason: without the server no test about it can say anything.
package final class TemporaryPostgreSQL: Sendable {
  /// One server for all tests of a process that do nothing to the server itself; in memory where the machine has enough.
  package static let shared = TemporaryPostgreSQL(inMemory: true)

  package static let user = "lienthong"
  /// Asked for on TCP, not on the Unix socket.
  package static let password = "mật khẩu thử ' \\ 1"

  /// Where its socket, its settings and the folder `data` are.
  package let folder: String
  package let port: UInt16
  let watcher: PostgreSQLWatcher
  let process = Mutex<ChildProcess?>(nil)
  private let databasesMade = Atomic<Int>(0)

  package var dataFolder: String { folder + "/data" }
  /// As on Debian, settings and login rules lie beside the data and are not copied with it.
  package var settingsFile: String { folder + "/postgresql.conf" }
  var accessFile: String { folder + "/pg_hba.conf" }
  package var passwordFile: String { folder + "/password" }

  /// Starts a new, empty server; `settings` are lines of `postgresql.conf`, `access` those of `pg_hba.conf`.
  ///
  /// `inMemory`: with its data where a sync costs nothing, for what is not about the disk.
  package convenience init(
    settings: [String] = [], access: String? = nil, superuser: String = TemporaryPostgreSQL.user, inMemory: Bool = false
  ) {
    self.init(settings: settings, access: access, inMemory: inMemory) { folder in
      TestFiles.write(Self.password + "\n", to: folder + "/password")
      Self.give(folder + "/password")
      Self.run(
        "initdb", "--pgdata", folder + "/data", "--username", superuser, "--pwfile", folder + "/password",
        "--auth-local", "trust", "--auth-host", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8",
        "--data-checksums", "--no-sync", "--no-instructions")
    }
  }

  /// Starts a standby: a copy of the server that `connection` (libpq's words) leads to, which goes on following it.
  package convenience init(following connection: String, settings: [String] = [], access: String? = nil) {
    self.init(settings: settings, access: access) { folder in
      Self.run(
        "pg_basebackup", "--pgdata", folder + "/data", "--dbname", connection, "--wal-method", "stream",
        "--checkpoint", "fast", "--write-recovery-conf", "--no-sync")
    }
  }

  /// Starts a server from a backup that `pg_basebackup` made: it fetches WAL with the settings' `restore_command` up to
  /// the end of the archive and then takes changes.
  package convenience init(restoring backup: String, settings: [String] = [], access: String? = nil) {
    self.init(settings: settings, access: access) { folder in
      let copied = ProgramRun(Self.asServerUser + ["cp", "-a", backup, folder + "/data"])
      precondition(copied.exitCode == 0, "\(backup) cannot be copied: \(copied.errorText)")
      TestFiles.write("", to: folder + "/data/recovery.signal")
      Self.give(folder + "/data/recovery.signal")
    }
  }

  /// Starts a server whose data folder `make` fills.
  private init(settings: [String], access: String?, inMemory: Bool = false, _ make: (_ folder: String) -> Void) {
    folder = Self.makeFolder(inMemory: inMemory)
    watcher = PostgreSQLWatcher(folder: folder)
    port = Loopback.freePort()
    make(folder)
    TestFiles.write(
      access ?? "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n", to: accessFile)
    configure(
      [
        "hba_file = '\(accessFile)'", "unix_socket_directories = '\(folder)'",
        "listen_addresses = '127.0.0.1'", "port = \(port)", "max_connections = 200", "shared_buffers = '64MB'",
        "log_error_verbosity = terse",
      ] + settings)
    for path in [settingsFile, accessFile] { Self.give(path) }
    start()
  }

  deinit { stop() }

  /// How to log in to `database` over TCP with the password.
  package func configuration(database: String) -> PostgreSQLConfiguration {
    PostgreSQLConfiguration(
      hosts: [.init("127.0.0.1", port: port)], database: database, user: Self.user, password: .file(passwordFile))
  }

  /// How to log in to `database` through the Unix socket.
  package func localConfiguration(database: String) -> PostgreSQLConfiguration {
    PostgreSQLConfiguration(hosts: [.init(folder, port: port)], database: database, user: Self.user)
  }

  /// A new, empty database, dropped with the value.
  package func makeDatabase() -> TemporaryPostgreSQLDatabase {
    let number = databasesMade.add(1, ordering: .relaxed).newValue
    return TemporaryPostgreSQLDatabase(server: self, name: "test_\(number)")
  }

  /// Appends lines to `postgresql.conf`; they hold from the next start, or from `reload`.
  package func configure(_ lines: [String]) {
    let before = String(decoding: TestFiles.read(settingsFile), as: UTF8.self)
    TestFiles.write(before + lines.map { $0 + "\n" }.joined(), to: settingsFile)
  }

  /// Makes the server read `postgresql.conf` again.
  package func reload() { process.withLock { $0?.signal(SIGHUP) } }

  /// Starts the server and waits until it answers; after a `kill` it first recovers.
  package func start() {
    process.withLock { process in
      let started = ChildProcess(
        Self.asServerUser + [Self.program("postgres"), "-D", dataFolder, "-c", "config_file=\(settingsFile)"],
        output: folder + "/log", watcher: nil)
      let isReady: Bool? = started.waitForLine(seconds: 60) { line in
        line.contains("database system is ready to accept") ? true : nil
      }
      guard isReady == true else { preconditionFailure("PostgreSQL does not start: \(started.output)") }
      process = started
    }
  }

  /// Ends the server and all its processes at once, as a power cut would: without a word to anybody.
  package func kill() {
    process.withLock { process in
      guard let pid = process?.pid else { return }
      // The postmaster stands still first, so that it neither starts nor mourns anybody.
      Glibc.kill(pid, SIGSTOP)
      let children = Self.children(of: pid)
      for pid in [pid] + children { Glibc.kill(pid, SIGKILL) }
      _ = process?.wait()
      for child in children { while Glibc.kill(child, 0) == 0, !Self.isZombie(child) { usleep(1_000) } }
      process = nil
    }
  }

  /// Starts the server again if it has ended by itself, as whoever supervises it would; says whether it had.
  package func restartIfEnded() -> Bool {
    let hasEnded = process.withLock { process in
      guard process?.wait(seconds: 0) != nil else { return false }
      process = nil
      return true
    }
    if hasEnded { start() }
    return hasEnded
  }

  /// The server's processes: the first of them, and those that it has started.
  package var processes: [Int32] {
    process.withLock { process in
      guard let pid = process?.pid else { return [] }
      return [pid] + Self.children(of: pid)
    }
  }

  /// Makes a standby the primary and waits until it is.
  package func promote() {
    Self.run("pg_ctl", "promote", "--pgdata", dataFolder, "--wait", "--timeout", "60")
  }

  /// The server's log since its last start.
  package var log: String { String(decoding: TestFiles.read(folder + "/log"), as: UTF8.self) }

  /// Leaves the server to its watcher, as the sudden end of this process would.
  package func abandon() { watcher.abandon() }

  /// Ends the server without keeping anything, and removes its folder.
  package func stop() {
    process.withLock { process in
      process?.signal(SIGQUIT)
      _ = process?.wait()
      process = nil
    }
    watcher.finish()
  }
}
