import Glibc

/// Files that a site names besides its YAML: certificates and dictionaries.
enum SiteBytes {
  /// Largest such file, in bytes.
  static let limit = 64 * 1_024 * 1_024

  static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }

  static func read(_ path: String) throws(SiteErrors) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SiteErrors(["\(path): \(String(cString: strerror(errno)))"]) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      guard count > 0 || errno == EINTR else { throw SiteErrors(["\(path): \(String(cString: strerror(errno)))"]) }
      if count > 0 { bytes += chunk[..<count] }
      guard bytes.count <= limit else { throw SiteErrors(["\(path): larger than \(limit) bytes"]) }
    }
  }

  static func jsonFiles(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".json") && !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted().map { folder + "/" + $0 }
  }
}
