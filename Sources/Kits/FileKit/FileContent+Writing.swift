import Glibc

extension FileContent {
  /// Puts `bytes` in the place of the file at `path`, whole or not at all: they are written beside it first.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    var template = Array((path + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileError(path: path, systemError: errno) }
    let temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let failure = write(bytes, descriptor)
    // mkstemp makes files that only their owner reads; what an engineer keeps is read by colleagues.
    let mode = mode_t(0o644)
    let failed = failure ?? (fchmod(descriptor, mode) == 0 ? nil : errno)
    guard close(descriptor) == 0, failed == nil, rename(temporary, path) == 0 else {
      let error = failed ?? errno
      unlink(temporary)
      throw FileError(path: path, systemError: error)
    }
  }

  /// Whether there is a file at `path` that may be read.
  package static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }

  /// The system's error; nil if everything was written.
  private static func write(_ bytes: [UInt8], _ descriptor: Int32) -> Int32? {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + start, $0.count - start) }
      if count > 0 {
        start += count
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }
}
