package import SQLKit

/// Why a store was not copied. Whatever the reason, the target is as empty as before.
package struct StoreCopyError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// A gateway or another program has the source open.
    case sourceInUse
    /// The target holds something, or a gateway lives on it.
    case targetNotEmpty
    /// What was read back from the target is not what was written.
    case different
    /// One of the databases failed.
    case database
  }

  package let code: Code
  package let message: String
  package let cause: SQLError?

  package init(code: Code, message: String, cause: SQLError? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }

  package var description: String {
    var text = "StoreCopyError: \(code.rawValue)\n├─ Reason: \(message)"
    if let cause { text += "\n└─ Cause: " + cause.description.split(separator: "\n").joined(separator: "\n   ") }
    return text
  }
}
