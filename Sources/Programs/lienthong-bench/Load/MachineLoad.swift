/// How busy the machine is besides, without which no figure can be read.
enum MachineLoad {
  /// The load averages of one and five minutes, as the kernel counts them; this program's own load is in them.
  static var text: String {
    guard let bytes = try? BenchFile.read("/proc/loadavg") else { return "unknown" }
    return String(decoding: bytes, as: UTF8.self).split(separator: " ").prefix(2).joined(separator: ", ")
  }
}
