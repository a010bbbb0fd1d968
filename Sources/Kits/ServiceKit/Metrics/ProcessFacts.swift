import Glibc

/// Reads what the kernel tells of this process; nil where /proc is not there.
enum ProcessFacts {
  static func residentBytes() -> Double? {
    // statm: size, resident, … in pages.
    guard let fields = read("/proc/self/statm")?.split(separator: " "), fields.count > 1, let pages = Double(fields[1])
    else { return nil }
    return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
  }

  static func openDescriptors() -> Double? {
    guard let folder = opendir("/proc/self/fd") else { return nil }
    defer { closedir(folder) }
    var entries = 0
    while readdir(folder) != nil { entries += 1 }
    // Not counted: ".", ".." and the descriptor of this reading.
    return Double(entries - 3)
  }

  static func startSeconds() -> Double? {
    // The name in the second field may hold blanks and brackets, so the fields are counted from the last bracket on:
    // starttime, the 22nd, is the 20th behind it, in clock ticks since the machine started.
    guard let stat = read("/proc/self/stat"), let bracket = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[stat.index(after: bracket)...].split(separator: " ")
    guard fields.count > 19, let ticks = Double(fields[19]) else { return nil }
    let bootLine = read("/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
    guard let bootLine, let boot = Double(bootLine.dropFirst(6)) else { return nil }
    return boot + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  private static func read(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 * 1024)
    while text.count < 1024 * 1024 {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      guard count > 0 else { break }
      text += chunk.prefix(count)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
