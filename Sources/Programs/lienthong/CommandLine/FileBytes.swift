import Glibc

/// The bytes of a file, or of standard input for `-`.
enum FileBytes {
  /// Largest file a command reads, in bytes.
  static let limit = 256 * 1_024 * 1_024

  static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .unusable("cannot read '\(path)': \(String(cString: strerror(errno)))")
    }
    defer { if path != "-" { close(descriptor) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw .unusable("cannot read '\(path)': \(String(cString: strerror(errno)))")
      }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw .unusable("'\(path)' has more than \(limit) bytes") }
    }
  }
}
