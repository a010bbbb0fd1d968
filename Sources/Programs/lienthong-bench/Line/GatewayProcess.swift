import Glibc

/// The gateway under measurement, a process of its own, and what the kernel knows of it.
final class GatewayProcess {
  let pid: pid_t
  let port: Int

  convenience init(program: String, site: BenchSite) throws {
    try self.init(program: program, folder: site.folder, data: site.data)
  }

  init(program: String, folder: String, data: String) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let log = folder + "/log"
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let arguments = [program, "serve", folder, "--data", data]
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var started = pid_t()
    let result = posix_spawn(&started, program, &actions, nil, &words, environ)
    guard result == 0 else { throw BenchError("\(program) cannot be started: \(String(cString: strerror(result)))") }
    pid = started
    guard let found = Self.waitForPort(in: log) else {
      kill(started, SIGKILL)
      waitpid(started, nil, 0)
      throw BenchError("the gateway did not come up:\n" + Self.text(log))
    }
    port = found
  }

  func stop() {
    kill(pid, SIGTERM)
    waitpid(pid, nil, 0)
  }

  var cpuSeconds: Double { ProcessTime.seconds(of: pid) }

  /// Resident memory, in KiB.
  var residentKibibytes: Int { ProcessTime.kibibytes("VmRSS:", of: pid) }
  /// The most resident memory there has been, in KiB.
  var peakKibibytes: Int { ProcessTime.kibibytes("VmHWM:", of: pid) }

  /// Lets the kernel count the peak from now on: what the start needed is over (proc(5), clear_refs).
  func forgetPeak() {
    guard let file = fopen("/proc/\(pid)/clear_refs", "w") else { return }
    fputs("5", file)
    fclose(file)
  }

  private static func waitForPort(in log: String) -> Int? {
    for _ in 0..<3_000 {
      for line in text(log).split(separator: "\n") where line.contains("event=listening") {
        if let port = line.split(separator: " ").first(where: { $0.hasPrefix("port=") }) {
          return Int(port.dropFirst(5))
        }
      }
      usleep(20_000)
    }
    return nil
  }

  private static func text(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 262_144)
    return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
  }
}
