import CCrypto

/// Says what libcrypto or a strict decoder refused, with libcrypto's whole error stack.
package struct CryptographyError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: String, Sendable, CaseIterable {
    /// The text is not PEM, or not PEM of the wanted kind.
    case notPEM
    /// The bytes are not DER of the wanted kind.
    case notDER
    /// The certificate is readable and holds something this project does not accept.
    case badCertificate
    case badHexadecimal
    case badBase64
    case badPasswordHash
    case badParameter
  }

  package let code: Code
  /// What is wrong, with the remedy where there is one.
  package let message: String
  /// libcrypto's own error stack, the oldest first; empty where libcrypto had no part in it.
  package let stack: [CryptographyStackEntry]

  init(_ code: Code, _ message: String, stack: [CryptographyStackEntry] = []) {
    self.code = code
    self.message = message
    self.stack = stack
  }

  /// The sentence, then each entry of the stack on a line of its own.
  package var description: String {
    ([message] + stack.map { "  ← \($0)" }).joined(separator: "\n")
  }

  /// Copies and clears libcrypto's error stack of this thread: a forgotten entry would be told with the next failure.
  static func fromLibrary(_ code: Code, _ message: String) -> CryptographyError {
    CryptographyError(code, message, stack: CryptographyStackEntry.takeAll())
  }

  /// For failures that are no one's input: a missing algorithm or no memory.
  static func stop(_ message: String) -> Never {
    fatalError(fromLibrary(.badParameter, message).description)
  }
}
