/// Why an attempt did not end in `accepted`: the closed list that retry policy, metrics and operators share.
package enum FailureClass: String, Sendable, CaseIterable {
  case resolve
  case connect
  case tls
  /// No answer in time, and the request had not left completely.
  case timeoutBeforeSend
  /// No answer in time, and the partner may have the request.
  case timeoutAfterSend
  /// The connection broke after the request may have reached the partner.
  case brokenAfterSend
  /// 429 or 503: come again later.
  case throttled
  /// Any other 5xx.
  case serverError
  /// A 4xx that is about us: authentication, address, method.
  case clientError
  /// The session or token was not taken although just renewed.
  case authentication
  /// An answer that cannot be read as the partner's tongue.
  case unreadableAnswer
  /// An answer larger than the limit.
  case answerTooLarge
  /// The partner's own "try again".
  case businessRetry
  /// The partner's own "no".
  case businessRefusal
  /// Not sent: its quiet hours or a maintenance had begun when its turn came.
  case outOfHours
  /// Our own configuration makes an attempt impossible (a secret file is missing, an address is no address).
  case configuration

  /// Whether the partner may have taken the message all the same.
  package var isAfterSend: Bool {
    switch self {
    case .timeoutAfterSend, .brokenAfterSend, .unreadableAnswer, .answerTooLarge: true
    case .resolve, .connect, .tls, .timeoutBeforeSend, .throttled, .serverError, .clientError, .authentication,
      .businessRetry, .businessRefusal, .outOfHours, .configuration:
      false
    }
  }
}
