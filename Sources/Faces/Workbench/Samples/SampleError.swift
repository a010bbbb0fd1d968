package import DocumentKit

/// Why a schema has no samples: what stands in the way and what to do about it.
package struct SampleError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// The schema cannot be read or used.
    case schema
    /// No text could be made for a place.
    case text
    /// What was made breaks the schema, and every repair did too.
    case invalid
  }

  package let code: Code
  /// One sentence with the remedy.
  package let message: String
  /// What the last attempt broke.
  package let findings: [Finding]

  init(_ code: Code, _ message: String, findings: [Finding] = []) {
    self.code = code
    self.message = message
    self.findings = findings
  }

  package var description: String {
    ([message] + findings.map { "  \($0.path): \($0.rule): \($0.messageEnglish)" }).joined(separator: "\n")
  }
}
