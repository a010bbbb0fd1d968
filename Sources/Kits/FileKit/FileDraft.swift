import Glibc
import Synchronization

/// A file while it is written, piece by piece, in the folder where it will be: it has a hidden name until it is whole.
///
/// Letting go of a draft that was not kept removes it. What a crash leaves behind is hidden and begins with
/// ``namePrefix``; whoever owns the folder removes such files by their age.
package final class FileDraft: @unchecked Sendable {
  // It may go from thread to thread, but it has one owner at a time, who calls it one call after another.

  package static let namePrefix = ".draft-"

  /// Written bytes are handed to the disk in steps of this size, so that little is left to wait for at the end.
  private static let flushStep = 8 * 1024 * 1024
  /// Tells the drafts of this process apart.
  private static let counter = Atomic<Int>(0)

  private let path: String
  private var descriptor: Int32
  private var flushed = 0
  private var isSynchronised = false
  package private(set) var byteCount = 0

  package init(in folder: String) throws(FileError) {
    let number = Self.counter.add(1, ordering: .relaxed).newValue
    path = "\(folder)/\(Self.namePrefix)\(getpid())-\(number)"
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError(writing: path, systemError: errno) }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(path)
  }

  /// Removes every draft in a folder, for who knows that nobody writes one there; how many it was.
  @discardableResult
  package static func removeAll(in folder: String) -> Int {
    guard let stream = opendir(folder) else { return 0 }
    defer { closedir(stream) }
    var count = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name.hasPrefix(namePrefix), unlink("\(folder)/\(name)") == 0 { count += 1 }
    }
    return count
  }

  package func append(_ piece: UnsafeRawBufferPointer) throws(FileError) {
    var rest = piece
    while !rest.isEmpty {
      let count = write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileError(writing: path, systemError: errno) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    byteCount += piece.count
    if byteCount - flushed >= Self.flushStep {
      // Starts writing and does not wait; whether it worked is asked by the fsync at the end.
      _ = posix_fadvise(descriptor, off_t(flushed), off_t(byteCount - flushed), Int32(POSIX_FADV_DONTNEED))
      flushed = byteCount
    }
  }

  /// Brings the bytes to the disk, which takes as long as the disk takes; ``keep(as:)`` does it if it was not done.
  package func synchronise() throws(FileError) {
    guard !isSynchronised else { return }
    guard fsync(descriptor) == 0 else { throw FileError(writing: path, systemError: errno) }
    isSynchronised = true
  }

  /// Gives the file its name, in the same file system: when this returns, the file and its name are on the disk. A draft
  /// is kept once, and gets no bytes afterwards.
  package func keep(as path: String) throws(FileError) {
    precondition(descriptor >= 0, "a draft is kept once")
    try synchronise()
    guard rename(self.path, path) == 0 else { throw FileError(writing: path, systemError: errno) }
    close(descriptor)
    descriptor = -1
    try DurableFile.synchroniseFolder(of: path)
  }
}
