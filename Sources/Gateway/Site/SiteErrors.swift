package import DocumentKit

/// Everything that is wrong with a site's files.
package struct SiteErrors: Error, Sendable, CustomStringConvertible {
  package let findings: [SiteFinding]

  init(_ findings: [SiteFinding]) { self.findings = findings }

  /// One line for each: `file:line:column: sentence (remedy)`.
  package func text(in language: Language) -> String {
    findings.map { $0.line(in: language) }.joined(separator: "\n")
  }

  package var description: String { text(in: .english) }
}
