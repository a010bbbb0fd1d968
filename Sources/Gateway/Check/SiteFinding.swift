package import DocumentKit

/// One thing that `lienthong check` has to say of a site, with its place and the remedy.
package struct SiteFinding: Sendable, Hashable, CustomStringConvertible {
  package enum Level: String, Sendable, CaseIterable {
    /// The gateway starts, and something is not as it should be.
    case warning
    /// The gateway does not start, or one of its rules is about nothing.
    case error
  }

  /// What can be found of a site that could be started; the names are stable.
  package enum Rule: String, Sendable, CaseIterable {
    /// A condition asks for what no canonical document has.
    case condition
    /// A mapping that the site does not use has a mistake.
    case unusedMapping = "unused-mapping"
    /// A party is given addresses of files that serve whoever has them.
    case unboundAddress = "unbound-address"
  }

  package let level: Level
  package let rule: Rule
  package let position: YAMLPosition
  /// One sentence without its full stop.
  package let message: String
  /// What to write instead; empty where the message says all.
  package let remedy: String

  init(_ level: Level, _ rule: Rule, at position: YAMLPosition, _ message: String, remedy: String) {
    self.level = level
    self.rule = rule
    self.position = position
    self.message = message
    self.remedy = remedy
  }

  /// `file:line:column: sentence (remedy)`; a warning says so before the sentence.
  package var description: String {
    "\(position): " + (level == .warning ? "warning: " : "") + message + (remedy.isEmpty ? "" : " (\(remedy))")
  }
}
