import Glibc
import Synchronization

/// Files that are on the disk, whole and under their name, when writing them returns.
package enum DurableFile {
  /// Tells the writes of this process apart while they have no name yet.
  private static let counter = Atomic<Int>(0)

  /// Makes a folder for this user alone, and its name durable; one that is there already is left as it is.
  package static func makeFolder(_ path: String) throws(FileError) {
    guard mkdir(path, 0o700) == 0 else {
      guard errno == EEXIST else { throw FileError(writing: path, systemError: errno) }
      return
    }
    try synchroniseFolder(of: path)
  }

  /// Writes a file beside its place, and then gives it its name: nobody ever sees half of it.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let number = counter.add(1, ordering: .relaxed).newValue
    let draft = folder(of: path) + "/." + name(of: path) + ".\(getpid()).\(number)"
    do throws(FileError) {
      try writeDraft(bytes, draft)
      guard rename(draft, path) == 0 else { throw FileError(writing: path, systemError: errno) }
    } catch {
      unlink(draft)
      throw error
    }
    try synchroniseFolder(of: path)
  }

  private static func writeDraft(_ bytes: [UInt8], _ path: String) throws(FileError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError(writing: path, systemError: errno) }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      // The slice begins at `written` and write(2) reads no further than its end.
      let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileError(writing: path, systemError: errno) }
      written += count
    }
    guard fsync(descriptor) == 0 else { throw FileError(writing: path, systemError: errno) }
  }

  /// A name is on the disk when its folder is.
  private static func synchroniseFolder(of path: String) throws(FileError) {
    let folder = folder(of: path)
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(writing: folder, systemError: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileError(writing: folder, systemError: errno) }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }
}
