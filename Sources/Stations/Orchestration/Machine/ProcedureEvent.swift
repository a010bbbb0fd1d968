package import DossierModel
package import ServiceKit

/// Something that happened to an instance of a procedure.
package enum ProcedureEvent: Sendable, Hashable {
  /// The message of this round has reached the agency of the step.
  case delivered(StepID, round: Int)
  case answered(StepID, StepAnswer)
  /// The agency of the step that accepts has given the citizen an appointment, or another one.
  case appointed(StepID, Timestamp)
  /// The citizen has given what was asked for.
  case supplemented
  /// The citizen has paid what was asked for.
  case paid
  case withdrawn
  case cancelled
  /// An operator says who carries out a step.
  case assigned(StepID, PartyID)
  /// Time has passed.
  case clock
  /// Somebody has looked ahead: the answer of this round is expected at this moment.
  case forecast(StepID, round: Int, Timestamp, Holder)
}
