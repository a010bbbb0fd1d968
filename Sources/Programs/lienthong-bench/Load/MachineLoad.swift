import Glibc

/// How busy the machine is besides, without which no figure can be read, and when that was.
enum MachineLoad {
  /// The day and the minute in UTC: `2026-11-21 13:05 UTC`.
  static var moment: String {
    var now = time(nil)
    var parts = tm()
    guard gmtime_r(&now, &parts) != nil else { return "unknown" }
    func two(_ number: Int32) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(parts.tm_year + 1_900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)) UTC"
  }

  /// The load averages of one and five minutes, as the kernel counts them; this program's own load is in them.
  static var text: String {
    guard let bytes = try? BenchFile.read("/proc/loadavg") else { return "unknown" }
    return String(decoding: bytes, as: UTF8.self).split(separator: " ").prefix(2).joined(separator: ", ")
  }
}
