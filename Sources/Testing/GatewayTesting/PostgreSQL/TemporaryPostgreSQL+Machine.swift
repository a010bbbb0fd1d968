import Glibc

// What the machine has to give for a server: programs, a user, a folder, a port.
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

  static func makeFolder() -> String {
    var template = Array("/tmp/lienthong-pg-XXXXXX".utf8CString)
    let path = template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, let made = mkdtemp(base) else {
        preconditionFailure("no temporary folder can be made below /tmp")
      }
      return String(cString: made)
    }
    give(path)
    return path
  }

  /// Runs one of the server's programs to its end; traps with its words when it fails.
  package static func run(_ name: String, _ arguments: String...) {
    let run = ProgramRun(asServerUser + [program(name)] + arguments)
    precondition(run.exitCode == 0, "\(name) failed: \(run.text)\(run.errorText)")
  }

  /// A port of loopback that nobody has at the moment.
  static func freePort() -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    precondition(isBound, "no port of 127.0.0.1 can be had")
    return UInt16(bigEndian: address.sin_port)
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
