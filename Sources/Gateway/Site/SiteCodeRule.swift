package import ServiceKit
package import Validation

/// A rule about codes that a site sets for messages of a shipped profile: one of `codes` of gateway.yaml.
package struct SiteCodeRule: Sendable {
  /// Name of the message type.
  package var message: String
  package var rule: CodeRule

  /// `{ message: PROFILE/MESSAGE, value: …, in: … }`; nil after a note.
  package init?(reading section: ConfigurationSection) {
    message = section.string("message")
    guard let rule = CodeRule(reading: section) else { return nil }
    self.rule = rule
  }
}
