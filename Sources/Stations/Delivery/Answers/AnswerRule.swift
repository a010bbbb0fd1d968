package import XMLKit

/// One line of an answer table: when it applies and what the answer then means. All conditions given must hold.
package struct AnswerRule: Sendable {
  package enum Outcome: Sendable, Equatable {
    case accepted
    case alreadyThere
    /// In answers to a question only: the partner does not have it.
    case absent
    /// The same delivery is sent again at once in another variant of the operation. Does not apply when the operation has
    /// no such variant or this attempt has sent it, so two variants can never send each other back and forth.
    case switchVariant(String)
    /// The token is renewed and the delivery sent again, once per attempt.
    case sessionExpired
    case retry
    case refused
    case unreadable
  }

  package var outcome: Outcome
  /// HTTP status codes for which the rule is looked at; empty for 2xx and those 4xx that speak about the message.
  package var statuses: [ClosedRange<Int>]
  /// True at the root of the answer.
  package var when: XPathExpression?
  /// One of these pieces of text occurs in the answer.
  package var contains: [TextPattern]
  /// Where `contains` looks; nil for the text of the whole answer.
  package var searched: XPathExpression?

  package init(
    _ outcome: Outcome, statuses: [ClosedRange<Int>] = [], when: XPathExpression? = nil, contains: [TextPattern] = [],
    in searched: XPathExpression? = nil
  ) {
    self.outcome = outcome
    self.statuses = statuses
    self.when = when
    self.contains = contains
    self.searched = searched
  }

  /// Whether the rule looks into the answer's tree and not only at its status.
  var needsContent: Bool { when != nil || !contains.isEmpty }
}
