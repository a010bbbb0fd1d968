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
  /// Too many questions to this partner are under way.
  case busy

  package enum Reason: String, Sendable {
    case unreachable
    case timeout
    case unreadable
    case login
    case later
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
