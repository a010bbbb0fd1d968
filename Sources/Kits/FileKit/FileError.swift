import Glibc

/// Why a file or folder could not be read or written: its path and the system's reason.
package struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// There is no such file or folder.
    case missing
    /// It is there and may not or cannot be read.
    case unreadable
    /// It has more bytes than the caller takes.
    case tooLarge
    /// It cannot be made or written.
    case unwritable
    /// Its content is not what it must be.
    case damaged
  }

  package let code: Code
  package let path: String
  /// One sentence with the remedy, without the path.
  package let message: String

  init(path: String, systemError: Int32) {
    code = systemError == ENOENT ? .missing : .unreadable
    self.path = path
    message = String(cString: strerror(systemError))
  }

  init(writing path: String, systemError: Int32) {
    code = .unwritable
    self.path = path
    message = String(cString: strerror(systemError))
  }

  package init(_ code: Code, path: String, message: String) {
    self.code = code
    self.path = path
    self.message = message
  }

  init(path: String, limit: Int) {
    code = .tooLarge
    self.path = path
    message = "it has more than \(limit) bytes; split it, or raise the limit"
  }

  package var description: String { "\(path): \(message)" }
}
