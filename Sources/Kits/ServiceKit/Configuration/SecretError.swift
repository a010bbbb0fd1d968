package import DocumentKit
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

  package var message: Sentence {
    switch code {
    case .unreadable:
      Sentence(
        "the secret \(reference) cannot be read: \(String(cString: strerror(systemError)))",
        "không đọc được bí mật \(reference): \(String(cString: strerror(systemError)))")
    case .variableNotSet: Sentence("the secret \(reference) is not set", "bí mật \(reference) chưa được đặt")
    case .empty: Sentence("the secret \(reference) is empty", "bí mật \(reference) để trống")
    case .tooLong:
      Sentence(
        "the secret \(reference) has more than \(Secret.bytesLimit) bytes",
        "bí mật \(reference) dài hơn \(Secret.bytesLimit) byte")
    }
  }

  /// Empty where the message says all.
  package var remedy: Sentence {
    switch code {
    case .unreadable:
      Sentence(
        "check the path and that the service's user may read it",
        "hãy kiểm tra đường dẫn và quyền đọc của người dùng chạy dịch vụ")
    case .variableNotSet:
      Sentence(
        "set the variable in the service's environment", "hãy đặt biến trong môi trường của dịch vụ")
    case .empty, .tooLong: .none
    }
  }

  package var description: String { message.text(in: .english, remedy: remedy) }

  package var logFields: [LogField] {
    switch reference.place {
    case .file(let path): [.errorCode(code.rawValue), .path(path), .systemError(systemError)]
    case .environment(let name): [.errorCode(code.rawValue), .path("env:\(name)")]
    }
  }
}
