import CryptographyKit
package import FileKit
import Glibc

/// The files of a site, each kept once under the SHA-256 of its bytes: `<folder>/ab/abcdef…`.
///
/// A file that was taken is on the disk, with its name, when taking it returns, so a message that names it may be
/// acknowledged afterwards. Files never change. Several threads and processes may use one folder.
package final class FileFolder: Sendable {
  package let path: String

  /// The folder is made when the first file is taken.
  package init(_ path: String) { self.path = path }

  // MARK: In

  /// Takes bytes that lie in memory.
  package func claim(_ bytes: [UInt8]) throws(FileError) -> FileReference {
    let reference = FileReference(of: bytes)
    if try touch(reference) { return reference }
    let intake = try take()
    let error = bytes.withUnsafeBytes { bytes -> FileError? in
      do throws(FileError) {
        try intake.receive(bytes)
        return nil
      } catch {
        return error
      }
    }
    if let error { throw error }
    return try intake.finish().reference
  }

  /// Takes a file piece by piece.
  package func take() throws(FileError) -> FileIntake {
    try DurableFile.makeFolder(path)
    return FileIntake(in: self, draft: try FileDraft(in: path))
  }

  /// Gives a draft its name, unless its bytes are here already. Whether the file is new.
  func keep(_ draft: FileDraft, as reference: FileReference) throws(FileError) -> Bool {
    if try touch(reference) { return false }
    try draft.synchronise()
    try DurableFile.makeFolder(subfolder(of: reference.sha256))
    // A sweep that is about to remove an older file of this name waits, looks again and finds this one young.
    let lock = try lock(shared: true)
    try draft.keep(as: path(of: reference.sha256))
    _ = lock
    return true
  }

  /// Whether the file is here, whole; if so its grace begins anew, and it is on the disk with its name.
  package func touch(_ reference: FileReference) throws(FileError) -> Bool {
    let path = path(of: reference.sha256)
    // Looked at first without the lock, which would make the folder of a site that never sees a file.
    guard size(of: reference.sha256) == reference.byteCount else { return false }
    do {
      let lock = try lock(shared: true)
      guard size(of: reference.sha256) == reference.byteCount, utimensat(AT_FDCWD, path, nil, 0) == 0 else {
        return false
      }
      _ = lock
    }
    // Whoever wrote the file may not have got as far as this with its folder.
    try DurableFile.synchroniseFolder(of: path)
    return true
  }

  // MARK: Out

  /// The size of a file in bytes; nil if it is not here.
  package func size(of sha256: String) -> Int? {
    var status = stat()
    guard stat(path(of: sha256), &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Opens a file for reading; the caller owns the descriptor. nil if it is not here.
  package func open(_ sha256: String) throws(FileError) -> (descriptor: Int32, byteCount: Int)? {
    let path = path(of: sha256)
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      guard errno == ENOENT else {
        throw FileError(.unreadable, path: path, message: String(cString: strerror(errno)))
      }
      return nil
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let reason = String(cString: strerror(errno))
      close(descriptor)
      throw FileError(.unreadable, path: path, message: reason)
    }
    return (descriptor, Int(status.st_size))
  }

  /// The bytes of a file, `limit` at most; nil if it is not here. A file whose bytes are not what its name says is damaged
  /// and an error, never handed out.
  package func content(of reference: FileReference, limit: Int) throws(FileError) -> [UInt8]? {
    let path = path(of: reference.sha256)
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileContent.read(path, limit: limit)
    } catch {
      guard error.code == .missing else { throw error }
      return nil
    }
    guard FileReference(of: bytes) == reference else {
      throw FileError(.damaged, path: path, message: "its bytes are not those its name says; restore it from a backup")
    }
    return bytes
  }

  // MARK: Places

  /// Held shared by whoever relies on a file to stay, alone by whoever removes one.
  func lock(shared: Bool) throws(FileError) -> FileLock { try FileLock(path + "/.lock", shared: shared) }

  func subfolder(of sha256: String) -> String { path + "/" + sha256.prefix(2) }
  func path(of sha256: String) -> String { subfolder(of: sha256) + "/" + sha256 }
}
