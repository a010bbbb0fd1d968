/// What became of a question to a partner.
package enum LookupResult: Sendable, Equatable {
  /// The answer, in the partner's tongue.
  case found([UInt8])
  /// The partner says that it has nothing of the kind.
  case notFound
  /// The partner will not answer this question, now or later.
  case refused
  /// No answer, or none that says anything; asking again later may bring one. The word is for logs and metrics.
  case unavailable(Reason)
  /// Too many questions to this partner are under way, or as many requests as it takes in a time have gone to it.
  case busy

  package enum Reason: String, Sendable {
    case unreachable
    case timeout
    case unreadable
    case login
    case later
  }

  /// What an answer means; nil where the partner does not take the token any more.
  init?(_ verdict: AnswerVerdict, _ body: [UInt8]) {
    switch verdict {
    case .accepted, .alreadyThere: self = .found(body)
    case .absent: self = .notFound
    case .refused: self = .refused
    case .retry: self = .unavailable(.later)
    case .unreadable, .switchVariant: self = .unavailable(.unreadable)
    case .credentialRejected: return nil
    }
  }

  /// One word, the same in metrics and log.
  package var word: String {
    switch self {
    case .found: "found"
    case .notFound: "notFound"
    case .refused: "refused"
    case .unavailable(let reason): reason.rawValue
    case .busy: "busy"
    }
  }
}
