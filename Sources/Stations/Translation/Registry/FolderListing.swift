import Glibc

/// The entries of a folder in alphabetical order, without hidden ones.
struct FolderListing {
  struct Unreadable: Error {
    /// The system's `errno`.
    let code: Int32

    var sentence: String { String(cString: strerror(code)) }
  }

  let files: [String]
  let folders: [String]

  init(of path: String) throws(Unreadable) {
    guard let stream = opendir(path) else { throw Unreadable(code: errno) }
    defer { closedir(stream) }
    var files: [String] = []
    var folders: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      // The entry's own type is optional in POSIX and a symbolic link counts as what it leads to.
      var status = stat()
      guard stat(path + "/" + name, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR { folders.append(name) } else { files.append(name) }
    }
    self.files = files.sorted()
    self.folders = folders.sorted()
  }
}
