import DossierModel
package import HTTPKit
package import ServiceKit
import XMLKit

/// Reads a partner's answer by the rules of its profile: status, fields and bytes in, a verdict out, nothing else.
///
/// What HTTP itself says comes first: 429 and 5xx mean "later", 401 and 403 speak about the credential, and an answer
/// of those is only looked at by rules that name the status. Everything else is the partner's word, read by the rules
/// from the top. A "yes" needs evidence: an empty answer, a proxy's web page or half a document is never one.
package struct AnswerReader: Sendable {
  package let rules: AnswerRules
  package let limits: AnswerLimits
  /// By what a status came, for the journal.
  private let protocolName: String

  package init(rules: AnswerRules, limits: AnswerLimits = .standard, protocolName: String = "HTTP") {
    self.rules = rules
    self.protocolName = protocolName
    self.limits = limits
  }

  /// - Parameter variantsLeft: the operation's variants that this attempt has not sent; a rule that would switch to
  ///   another one does not apply.
  package func read(_ answer: HTTPResponse, variantsLeft: [String] = [], now: Timestamp) -> AnswerReading {
    var content = AnswerContent(answer.body, format: rules.format, limits: limits)
    for (index, rule) in rules.rules.enumerated() {
      guard Self.looks(rule, at: answer.status) else { continue }
      if case .switchVariant(let name) = rule.outcome, !variantsLeft.contains(name) { continue }
      if rule.needsContent, !content.isReadable() { continue }
      guard Self.holds(rule, for: &content) else { continue }
      return AnswerReading(
        verdict: verdict(of: rule.outcome, answer, now: now),
        note: "\(protocolName) \(answer.status), answer rule \(index + 1)")
    }
    return withoutRule(answer, &content, now: now)
  }

  /// Whether a rule is meant for a status.
  private static func looks(_ rule: AnswerRule, at status: Int) -> Bool {
    guard rule.statuses.isEmpty else { return rule.statuses.contains { $0.contains(status) } }
    switch status {
    case 200...299: return true
    // About us, not about the message.
    case 401, 403, 408, 425, 429: return false
    // A body that looks like "yes" under an error status is none.
    case 400...499: return rule.outcome != .accepted
    default: return false
    }
  }

  private static func holds(_ rule: AnswerRule, for content: inout AnswerContent) -> Bool {
    if let when = rule.when {
      // An expression that cannot be evaluated (its cost has a limit) is a condition that does not hold.
      guard let root = content.root(), (try? when.boolean(at: root)) == true else { return false }
    }
    guard !rule.contains.isEmpty else { return true }
    let text: String?
    if let searched = rule.searched {
      text = content.root().flatMap { try? searched.string(at: $0) }
    } else {
      text = content.text()
    }
    guard let text else { return false }
    return rule.contains.contains { $0.occurs(in: text) }
  }

  private func verdict(of outcome: AnswerRule.Outcome, _ answer: HTTPResponse, now: Timestamp) -> AnswerVerdict {
    switch outcome {
    case .accepted: .accepted
    case .alreadyThere: .alreadyThere
    case .absent: .absent
    case .switchVariant(let name): .switchVariant(name)
    case .sessionExpired: .credentialRejected
    case .retry: .retry(.businessRetry, notBefore: Self.retryAfter(answer, now: now))
    case .refused: .refused
    case .unreadable: .unreadable
    }
  }

  private func withoutRule(
    _ answer: HTTPResponse, _ content: inout AnswerContent, now: Timestamp
  ) -> AnswerReading {
    func reading(_ verdict: AnswerVerdict, _ reason: String) -> AnswerReading {
      AnswerReading(verdict: verdict, note: "\(protocolName) \(answer.status), \(reason)")
    }
    let later = Self.retryAfter(answer, now: now)
    switch answer.status {
    case 200...299:
      guard !answer.body.isEmpty else { return reading(.unreadable, "an empty answer") }
      guard content.isReadable() else { return reading(.unreadable, "the answer is no \(rules.format.rawValue)") }
      return switch rules.otherwise {
      case .retry: reading(.retry(.businessRetry, notBefore: later), "no answer rule applies")
      case .refused: reading(.refused, "no answer rule applies")
      case .unreadable: reading(.unreadable, "no answer rule applies")
      }
    case 401, 403: return reading(.credentialRejected, "the partner does not let us in")
    case 408, 425, 429, 503: return reading(.retry(.throttled, notBefore: later), "the partner asks to come later")
    case 500...599: return reading(.retry(.serverError, notBefore: later), "the partner's system failed")
    // The message itself is not wanted, and would not be next time (RFC 9110 §15.5.1, .10, .14, .21).
    case 400, 409, 413, 422: return reading(.refused, "the partner refuses the message")
    // Address, method, media type, a redirect: ours to mend, and the message is not at fault.
    default: return reading(.retry(.clientError, notBefore: nil), "the request does not suit the partner's address")
    }
  }

  private static func retryAfter(_ answer: HTTPResponse, now: Timestamp) -> Timestamp? {
    answer.headers["Retry-After"].flatMap { RetryAfter.moment(of: $0, now: now) }
  }
}
