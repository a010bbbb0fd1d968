package import ServiceKit

/// Everything that is wrong with a site's files, one line for each: `file:line:column: sentence (remedy)`.
package struct SiteErrors: Error, Sendable, CustomStringConvertible {
  package private(set) var lines: [String]

  package init(_ lines: [String]) { self.lines = lines }
  package init(_ errors: ConfigurationErrors) { lines = errors.errors.map(\.description) }

  package var description: String { lines.joined(separator: "\n") }
}
