package import ServiceKit

/// How one attempt ended, as a value that steers what happens next.
package enum DeliveryOutcome: Sendable, Equatable {
  /// The partner has it; `alreadyThere` when it said that it had it before.
  case accepted(alreadyThere: Bool)
  /// The partner said no for good.
  case refused
  /// Try again, not before `notBefore` when the partner said when (`Retry-After`).
  case postponed(FailureClass, notBefore: Timestamp?)
  /// The bytes went out, no readable answer came.
  case answerMissing(FailureClass)

  package var event: DeliveryEvent {
    switch self {
    case .accepted: .accepted
    case .refused: .refused
    case .postponed: .postponed
    case .answerMissing: .answerMissing
    }
  }
}
