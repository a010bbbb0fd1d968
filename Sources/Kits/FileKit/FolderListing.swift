import Glibc

/// The entries of a folder in alphabetical order, without hidden ones.
package struct FolderListing: Sendable {
  package let files: [String]
  package let folders: [String]

  package init(of path: String) throws(FileError) {
    guard let stream = opendir(path) else { throw FileError(path: path, systemError: errno) }
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

  /// The paths of the files whose names end like this; none when the folder cannot be read.
  package static func files(in folder: String, ending: String) -> [String] {
    guard let listing = try? FolderListing(of: folder) else { return [] }
    return listing.files.filter { $0.hasSuffix(ending) }.map { folder + "/" + $0 }
  }
}
