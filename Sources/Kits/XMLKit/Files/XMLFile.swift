import Glibc

/// Reads the schema and stylesheet files of the installation.
enum XMLFile {
  /// The whole content of a file of at most `limit` bytes.
  static func read(_ path: String, limit: Int) throws(XMLError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw unreadable(path, errno)
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= limit else {
        throw XMLError(.limitExceeded, "the file exceeds the limit fileBytes = \(limit)", path: path)
      }
    }
  }

  /// The path without links and dots, so that a folder's border cannot be crossed by either.
  static func resolved(_ path: String) throws(XMLError) -> String {
    guard let resolved = realpath(path, nil) else { throw unreadable(path, errno) }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The folder of a resolved path.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func unreadable(_ path: String, _ code: Int32) -> XMLError {
    XMLError(.fileUnreadable, "the file cannot be read: \(String(cString: strerror(code)))", path: path)
  }
}
