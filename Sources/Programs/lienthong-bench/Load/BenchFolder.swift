import Glibc

/// A folder for files that another program reads; removed when the measurement is done.
struct BenchFolder {
  let path: String

  /// `inMemory`: where a sync costs nothing; on the disk where there is no such place.
  init(inMemory: Bool = false) throws {
    let base = inMemory && access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(base)/lienthong-bench-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw BenchError("no temporary folder can be made") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func write(_ bytes: [UInt8], as name: String) throws -> String {
    let file = path + "/" + name
    guard let stream = fopen(file, "w") else { throw BenchError("\(file) cannot be written") }
    defer { fclose(stream) }
    guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else { throw BenchError("\(file) cannot be written") }
    return file
  }

  func remove() { Self.remove(path) }

  /// Removes a folder with everything in it.
  static func remove(_ path: String) {
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      if entry.pointee.d_type == UInt8(DT_DIR) { remove(path + "/" + name) } else { unlink(path + "/" + name) }
    }
    closedir(folder)
    rmdir(path)
  }
}
