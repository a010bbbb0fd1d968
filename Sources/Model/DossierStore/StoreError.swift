package import SQLKit

/// Why the store could not do what was asked.
package struct StoreError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// The disk or the database does not take changes now. Nothing was acknowledged; the same request may come again.
    case unavailable
    /// More changes wait for the disk than may wait (`StoreLimits`). Nothing of this one was kept; it may come again.
    case overloaded
    /// The connection broke during the commit, and the store was closed before the database could be asked: it may be
    /// stored or not. The same request under the same key finds out.
    case uncertain
    /// The store is closed or closing.
    case closed
    /// The file is damaged or of a shape this program does not know.
    case unusable
    /// A defect of ours: a statement that is wrong or breaks the schema's rules.
    case `internal` = "internal"
  }

  package let code: Code
  package let message: String
  package let cause: SQLError?

  package init(code: Code, message: String, cause: SQLError? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }

  init(_ cause: SQLError) {
    switch cause.code {
    case .inputOutput, .full, .busy, .readOnly, .cannotOpen, .settings, .conflict, .connectionLost,
      .timedOut:
      self.init(
        code: .unavailable,
        message: "the database takes no changes now; check that it runs, its disk, its space and its rights",
        cause: cause)
    case .commitUnknown:
      self.init(
        code: .uncertain, message: "it is not known whether this was stored; send it again with the same key",
        cause: cause)
    case .corrupt, .migration:
      self.init(code: .unusable, message: "the database cannot be used; restore the last backup", cause: cause)
    case .constraint, .statement, .other:
      self.init(code: .internal, message: "the store was used wrongly; please report this with the cause", cause: cause)
    }
  }

  package var description: String {
    var text = "StoreError: \(code.rawValue)\n├─ Reason: \(message)"
    if let cause { text += "\n└─ Cause: " + cause.description.split(separator: "\n").joined(separator: "\n   ") }
    return text
  }
}
