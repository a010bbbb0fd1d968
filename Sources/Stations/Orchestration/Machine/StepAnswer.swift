/// What an agency says about its step. Reasons and papers stay in its message.
package enum StepAnswer: Sendable, Hashable {
  /// It has the dossier and works on it.
  case taken
  case done(results: [String: String])
  case refused
  case supplementRequested
  case paymentRequested
  /// It gives the dossier back to an earlier step.
  case returned(to: StepID)
}
