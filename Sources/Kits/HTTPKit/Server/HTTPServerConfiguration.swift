import Glibc

/// Where a server listens, with how many threads and which limits.
package struct HTTPServerConfiguration: Sendable {
  /// A name or an address; the first address it resolves to is listened on.
  package var host: String
  /// 0 lets the kernel choose; see ``HTTPServer/port``.
  package var port: UInt16
  /// Threads that receive, handle and answer; each has as many of the connections as the others.
  package var threads: Int
  package var limits: HTTPServerLimits
  /// Nil serves plain HTTP.
  package var tls: ServerTLS?

  package init(
    host: String = "127.0.0.1", port: UInt16 = 0, threads: Int = HTTPServerConfiguration.coreCount,
    limits: HTTPServerLimits = .standard, tls: ServerTLS? = nil
  ) {
    self.host = host
    self.port = port
    self.threads = threads
    self.limits = limits
    self.tls = tls
  }

  /// The processors this machine has online.
  package static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// The first option that cannot work, as a sentence.
  var complaint: String? {
    if threads < 1 || threads > 256 { return "threads must be between 1 and 256" }
    if host.isEmpty || host.utf8.contains(0) { return "host must be a name or an address" }
    return limits.complaint
  }
}
