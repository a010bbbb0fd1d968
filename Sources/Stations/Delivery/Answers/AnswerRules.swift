/// How a partner's answers are read: a list of rules, the first that matches wins.
package struct AnswerRules: Sendable {
  package enum Format: String, Sendable, CaseIterable {
    case json
    case xml
    /// Plain text: rules look for pieces of it.
    case text
  }

  /// What an answer that no rule knows means.
  package enum Otherwise: String, Sendable, CaseIterable {
    case retry
    case refused
    case unreadable
  }

  package var format: Format
  package var rules: [AnswerRule]
  package var otherwise: Otherwise

  package init(format: Format, rules: [AnswerRule], otherwise: Otherwise) {
    self.format = format
    self.rules = rules
    self.otherwise = otherwise
  }
}
