import Glibc

/// What the kernel has counted for a process.
enum ProcessTime {
  /// Seconds of processor used so far, by the process itself and by the kernel for it; 0 for one that is gone.
  static func seconds(of pid: pid_t) -> Double {
    guard let bytes = try? BenchFile.read("/proc/\(pid)/stat") else { return 0 }
    // The name in the second field may hold spaces; it ends at the last parenthesis.
    let fields = String(decoding: bytes, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// One of the lines of `/proc/…/status` that are in KiB: `VmRSS:` or `VmHWM:`; 0 for a process that is gone.
  static func kibibytes(_ name: String, of pid: pid_t) -> Int {
    guard let bytes = try? BenchFile.read("/proc/\(pid)/status") else { return 0 }
    let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix(name) }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
  }
}
