import Glibc

/// Files that are on the disk, whole and under their name, when writing them returns.
package enum DurableFile {
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
    let draft = try FileDraft(in: folder(of: path))
    let error = bytes.withUnsafeBytes { bytes -> FileError? in
      do throws(FileError) {
        try draft.append(bytes)
        return nil
      } catch {
        return error
      }
    }
    if let error { throw error }
    try draft.keep(as: path)
  }

  /// Brings the name of a file to the disk: a name is there when its folder is.
  package static func synchroniseFolder(of path: String) throws(FileError) {
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
}
