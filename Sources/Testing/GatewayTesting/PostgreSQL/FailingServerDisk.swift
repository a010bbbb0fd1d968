import Glibc

/// A disk that fails under a running server, from its making until `mend`: the kernel's errors, through `strace` attached to
/// all of the server's processes and to those that they start.
package final class FailingServerDisk {
  /// Which writing fails.
  package enum Fault: String, Sendable, CaseIterable {
    /// There is no room for the tables: the server says so and lives.
    case fullForTables
    /// There is no room for the log, without which the server cannot live.
    case fullForLog
    /// The log cannot be synced, after which the server trusts nothing that it has in memory.
    case failingLog
  }

  /// How long attaching may take, in tries of 20 ms.
  private static let patience = 500

  private let tracer: ChildProcess

  package init(_ fault: Fault, under server: TemporaryPostgreSQL) {
    let pids = server.processes
    let (calls, error) =
      fault == .failingLog ? ("fdatasync", "EIO") : ("write,pwrite64,pwritev,fallocate", "ENOSPC")
    let files: [String] =
      switch fault {
      case .fullForTables: Self.tableFiles(of: server)
      case .fullForLog: Self.logFiles(of: server)
      // Nothing else is synced by this call.
      case .failingLog: []
      }
    tracer = ChildProcess(
      ["strace", "-f", "-q", "-o", "/dev/null", "-e", "trace=\(calls)", "-e", "inject=\(calls):error=\(error)"]
        + files.flatMap { ["-P", $0] } + pids.flatMap { ["-p", String($0)] }, output: server.folder + "/strace")
    for _ in 1...Self.patience {
      if pids.allSatisfy(Self.isTraced) { return }
      usleep(20_000)
    }
    preconditionFailure(
      "strace cannot attach to the server; where kernel.yama.ptrace_scope is 1, that takes root: \(tracer.output)")
  }

  /// Lets the disk be well again.
  package func mend() {
    tracer.signal(SIGINT)
    precondition(tracer.wait() != nil, "strace does not let the server go")
  }

  private static func isTraced(_ pid: Int32) -> Bool {
    let status = String(decoding: TestFiles.read("/proc/\(pid)/status"), as: UTF8.self)
    // A process that has ended meanwhile has nothing to write.
    return status.isEmpty || (status.contains("TracerPid:") && !status.contains("TracerPid:\t0\n"))
  }

  /// Of the tables that users have made, in every database, with their indexes.
  private static func tableFiles(of server: TemporaryPostgreSQL) -> [String] {
    let databases = server.dataFolder + "/base"
    return names(in: databases).flatMap { database in
      // Smaller numbers are the server's own (https://www.postgresql.org/docs/15/system-catalog-initial-data.html).
      names(in: "\(databases)/\(database)").filter { (Int($0) ?? 0) >= 16_384 }.map { "\(databases)/\(database)/\($0)" }
    }
  }

  /// A segment of the log has 24 digits.
  private static func logFiles(of server: TemporaryPostgreSQL) -> [String] {
    let folder = server.dataFolder + "/pg_wal"
    return names(in: folder).filter { $0.count == 24 }.map { "\(folder)/\($0)" }
  }

  private static func names(in folder: String) -> [String] {
    guard let entries = opendir(folder) else { preconditionFailure("\(folder) cannot be read") }
    defer { closedir(entries) }
    var names: [String] = []
    while let entry = readdir(entries) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}
