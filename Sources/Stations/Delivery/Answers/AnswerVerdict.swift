package import DossierModel
package import ServiceKit

/// What a partner's answer means for the attempt it answers.
package enum AnswerVerdict: Sendable, Equatable {
  case accepted
  case alreadyThere
  /// Asked, the partner says that it does not have it.
  case absent
  case switchVariant(String)
  /// The partner does not take the token.
  case credentialRejected
  /// Try again later, not before the given moment when the partner named one.
  case retry(FailureClass, notBefore: Timestamp?)
  case refused
  /// Something came back and it says nothing: never a yes.
  case unreadable
}
