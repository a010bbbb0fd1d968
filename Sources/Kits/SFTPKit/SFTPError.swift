/// Why something could not be done on an SFTP server.
package struct SFTPError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable, CaseIterable {
    /// The host's name has no address.
    case resolve
    case connect
    /// The server showed none of the host keys that it is known by; nothing was told to it.
    case hostKey
    case authentication
    /// Before any byte of a file was sent.
    case timeoutBeforeSend
    case timeoutAfterSend
    /// The connection broke, or the server failed, after bytes of a file were sent.
    case broken
    /// There is no such file, or no such folder.
    case notFound
    case denied
    /// The server has no room.
    case full
    /// The server failed before the file had its name: it is not there.
    case notTaken
    /// A file is larger than it may be.
    case tooLarge
    /// A file could not be given its name.
    case renameRefused
    case cancelled
    /// libcurl cannot be used so.
    case invalid
  }

  package let code: Code
  /// What happened, with the host key that was shown where that is why; never a file's content.
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { "\(message) (\(code.rawValue))" }
}
