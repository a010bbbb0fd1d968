/// Why a server or a client could not be set up or started.
package struct HTTPError: Error, Equatable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// A limit or an option has a value that cannot work.
    case invalidConfiguration
    /// The host name or the address to listen on cannot be resolved.
    case unknownHost
    /// The address is taken, or may not be listened on.
    case cannotListen
    /// A certificate, a key or an authority cannot be used.
    case unusableCredentials
    /// The library or the system refused to start threads or descriptors.
    case cannotStart
    /// `start` was called on a server that is running or was stopped.
    case alreadyStarted
  }

  package let code: Code
  /// A sentence with the remedy.
  package let message: String
  /// `errno` of the call that failed, where there was one.
  package let systemError: Int32?

  package init(code: Code, message: String, systemError: Int32? = nil) {
    self.code = code
    self.message = message
    self.systemError = systemError
  }

  package var description: String { "\(code.rawValue): \(message)" }
}
