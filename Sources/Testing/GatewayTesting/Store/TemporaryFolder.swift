import Glibc

/// A folder of a test's own, removed with everything in it when the value goes.
package final class TemporaryFolder: Sendable {
  package let path: String

  /// `inMemory`: where a sync costs nothing, for what is not about the disk; on the disk where there is no such place.
  package init(inMemory: Bool = false) {
    let base = inMemory && access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(base)/lienthong-test-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, let made = mkdtemp(base) else {
        preconditionFailure("no temporary folder can be made")
      }
      return String(cString: made)
    }
  }

  deinit { Self.remove(path) }

  /// Writes a file into it and gives its path.
  package func file(_ name: String, _ text: String) -> String {
    let path = path + "/" + name
    TestFiles.write(text, to: path)
    return path
  }

  private static func remove(_ path: String) {
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      let inner = path + "/" + name
      if unlink(inner) != 0 { remove(inner) }
    }
    closedir(folder)
    rmdir(path)
  }
}
