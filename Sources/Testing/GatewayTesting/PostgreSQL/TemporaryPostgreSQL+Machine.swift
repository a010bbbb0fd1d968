import Glibc

// What the machine has to give for a server: programs, a user, a folder.
extension TemporaryPostgreSQL {
  /// The path of one of the server's programs.
  static func program(_ name: String) -> String {
    let path = "/usr/lib/postgresql/15/bin/" + name
    guard access(path, X_OK) == 0 else {
      preconditionFailure("\(path) is missing; install it with: apt-get install postgresql-15")
    }
    return path
  }

  /// PostgreSQL refuses to run as root; under root these users exist for it.
  private static var serverUser: passwd? {
    guard geteuid() == 0 else { return nil }
    guard let found = getpwnam("postgres") ?? getpwnam("nobody") else {
      preconditionFailure("there is neither a user postgres nor nobody to run PostgreSQL as")
    }
    return found.pointee
  }

  /// Words in front of a command that make it run as the server's user.
  static var asServerUser: [String] {
    guard let user = serverUser else { return [] }
    return ["setpriv", "--reuid=\(user.pw_uid)", "--regid=\(user.pw_gid)", "--clear-groups", "--reset-env", "--"]
  }

  /// Makes the server's user the owner of a file or folder.
  package static func give(_ path: String) {
    guard let user = serverUser else { return }
    precondition(chown(path, user.pw_uid, user.pw_gid) == 0, "\(path) cannot be given to the server's user")
  }

  static func makeFolder(inMemory: Bool) -> String {
    let base = inMemory && hasMemory ? "/dev/shm" : "/tmp"
    var template = Array("\(base)/lienthong-pg-XXXXXX".utf8CString)
    let path = template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, let made = mkdtemp(base) else {
        preconditionFailure("no temporary folder can be made in /dev/shm or /tmp")
      }
      return String(cString: made)
    }
    give(path)
    return path
  }

  /// Whether a server with hundreds of small databases fits into memory; a container often has 64 MiB there.
  private static var hasMemory: Bool {
    var space = statvfs()
    guard access("/dev/shm", W_OK) == 0, statvfs("/dev/shm", &space) == 0 else { return false }
    return UInt64(space.f_bavail) * UInt64(space.f_frsize) > 4 << 30
  }

  /// Runs one of the server's programs to its end; traps with its words when it fails.
  package static func run(_ name: String, _ arguments: String...) {
    let run = ProgramRun(asServerUser + [program(name)] + arguments)
    precondition(run.exitCode == 0, "\(name) failed: \(run.text)\(run.errorText)")
  }

  /// The processes a process has started.
  static func children(of pid: Int32) -> [Int32] {
    String(decoding: TestFiles.read("/proc/\(pid)/task/\(pid)/children"), as: UTF8.self)
      .split(separator: " ").compactMap { Int32($0) }
  }

  /// Dead, and only waiting for its parent to notice.
  static func isZombie(_ pid: Int32) -> Bool {
    String(decoding: TestFiles.read("/proc/\(pid)/status"), as: UTF8.self).contains("State:\tZ")
  }
}
