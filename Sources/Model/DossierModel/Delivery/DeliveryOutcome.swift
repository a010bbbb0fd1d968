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
  /// An earlier attempt may have reached the partner, and this one did not tell: to be tried again like `postponed`.
  case leftUnknown(FailureClass, notBefore: Timestamp?)

  /// The outcome of an attempt for a delivery that an earlier attempt may have brought: only the partner's own word ends
  /// that doubt, and a failure does not turn it into "not sent".
  package var inDoubt: DeliveryOutcome {
    guard case .postponed(let failure, let notBefore) = self else { return self }
    return .leftUnknown(failure, notBefore: notBefore)
  }
}
