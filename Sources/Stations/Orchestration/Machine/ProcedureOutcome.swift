/// How an instance of a procedure ended.
package enum ProcedureOutcome: Sendable, Hashable {
  /// Every step that belongs to the dossier is done, or went without its agency's answer by rule.
  case completed
  /// Some steps are done, others were refused.
  case partlyCompleted
  /// The refusal of this step ended it.
  case refused(StepID)
  /// The citizen withdrew the dossier.
  case withdrawn
  /// An operator cancelled it.
  case cancelled
}
