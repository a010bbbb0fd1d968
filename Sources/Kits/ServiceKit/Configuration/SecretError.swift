import Glibc

/// Says why a secret could not be fetched; names its place and never a part of it.
package struct SecretError: Error, Sendable, Equatable, CustomStringConvertible, LoggableError {
  package enum Code: String, Sendable {
    case unreadable
    case variableNotSet
    case empty
    case tooLong
  }

  package let code: Code
  package let reference: SecretReference
  /// What the system said; 0 where it had no part in it.
  package let systemError: Int32

  init(_ code: Code, _ reference: SecretReference, systemError: Int32 = 0) {
    self.code = code
    self.reference = reference
    self.systemError = systemError
  }

  package var description: String {
    switch code {
    case .unreadable:
      "the secret \(reference) cannot be read: \(String(cString: strerror(systemError)))"
        + " (check the path and that the service's user may read it)"
    case .variableNotSet: "the secret \(reference) is not set (set the variable in the service's environment)"
    case .empty: "the secret \(reference) is empty"
    case .tooLong: "the secret \(reference) has more than \(Secret.bytesLimit) bytes"
    }
  }

  package var logFields: [LogField] {
    switch reference.place {
    case .file(let path): [.errorCode(code.rawValue), .path(path), .systemError(systemError)]
    case .environment(let name): [.errorCode(code.rawValue), .path("env:\(name)")]
    }
  }
}
