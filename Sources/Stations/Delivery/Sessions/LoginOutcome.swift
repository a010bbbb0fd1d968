package import HTTPKit

/// How a login ended, told to everybody who waited for it.
package enum LoginOutcome: Sendable {
  /// There is a token now.
  case renewed
  /// The partner answered without one; a sentence without its words.
  case refused(String)
  case unanswered(HTTPClientFailure)
}
