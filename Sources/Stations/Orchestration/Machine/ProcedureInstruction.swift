package import DossierModel
package import ServiceKit

/// What is to be done because of an event, once.
package enum ProcedureInstruction: Sendable, Hashable {
  package enum Occasion: String, Sendable, CaseIterable {
    case first
    case supplemented
    case givenBack
  }

  /// What an agency is told about a step that it has or had.
  package enum Notice: String, Sendable, CaseIterable {
    case paid
    case withdrawn
    case stopped
    /// The whole has ended.
    case completed
    /// The citizen has the result.
    case returned

    /// Whether it tells what the sender and the portal are told as well.
    var isEnd: Bool { self == .completed || self == .returned }
  }

  /// What the sender of the dossier, and the portal, are told.
  package enum Information: Sendable, Hashable {
    /// The dossier is accepted, by the step or as soon as the procedure began.
    case accepted(StepID?)
    /// The citizen is given this appointment, after the dossier was accepted.
    case appointed(StepID, Timestamp)
    case supplementRequested(StepID, until: Timestamp?)
    case paymentRequested(StepID)
    case supplementLapsed(StepID)
    case refused(StepID)
    case givenBack(StepID, to: StepID)
    /// The dossier is handled; the step takes the result to the citizen.
    case onItsWay(StepID)
    case ended(ProcedureOutcome)
  }

  /// What an operator should know.
  package enum Alarm: Sendable, Hashable {
    case blocked(StepID, missing: [String])
    case withoutAgency(StepID)
    case dueSoon(StepID?)
    case late(StepID?, Holder)
    /// As it looks now the answer comes at this moment, which is too late.
    case cannotMakeIt(StepID?, Timestamp, Holder)
    /// An answer that is not expected where the step stands; nothing came of it.
    case unexpected(StepID, StepState)
    case tooManySupplements(StepID)
    case resultMissing(StepID, String)
    case tooManyRounds(StepID)
    case afterTheEnd
    /// The calendar leaves no day on which it could be due.
    case withoutDeadline(StepID?)
  }

  /// Sends the dossier to the agency of the step.
  case send(StepID, round: Int, Occasion)
  case tell(StepID, Notice)
  case inform(Information)
  case alarm(Alarm)
}
