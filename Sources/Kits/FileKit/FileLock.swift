import Glibc

/// A lock on a file that all threads and processes respect which ask for it; held until it is let go of.
package struct FileLock: ~Copyable {
  private let descriptor: Int32

  /// Waits until nobody else holds the lock, or with `shared` nobody holds it alone. The file is made if it is missing.
  package init(_ path: String, shared: Bool = false) throws(FileError) {
    // Each holder opens the file anew: flock(2) tells open files apart, not threads.
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError(writing: path, systemError: errno) }
    while flock(descriptor, shared ? LOCK_SH : LOCK_EX) != 0 {
      guard errno == EINTR else {
        let error = FileError(writing: path, systemError: errno)
        close(descriptor)
        throw error
      }
    }
  }

  /// Nil at once if anybody else holds the lock.
  package init?(trying path: String) throws(FileError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError(writing: path, systemError: errno) }
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let reason = errno
      if reason == EINTR { continue }
      close(descriptor)
      if reason == EWOULDBLOCK { return nil }
      throw FileError(writing: path, systemError: reason)
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
