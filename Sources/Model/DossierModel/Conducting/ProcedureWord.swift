/// What a line of a procedure's history says, in one closed word. Stored, shown and logged as it stands here.
package enum ProcedureWord: String, Sendable, CaseIterable {
  // What happened.
  case began
  case delivered
  case answeredTaken = "answered.taken"
  case answeredDone = "answered.done"
  case answeredRefused = "answered.refused"
  case answeredSupplementRequested = "answered.supplementRequested"
  case answeredPaymentRequested = "answered.paymentRequested"
  case answeredReturned = "answered.returned"
  case appointed
  case supplemented
  case paid
  case withdrawn
  case cancelled
  case assigned
  case order
  case clock
  case forecast

  // What was done because of it.
  case send
  case tellPaid = "tell.paid"
  case tellWithdrawn = "tell.withdrawn"
  case tellStopped = "tell.stopped"
  case tellCompleted = "tell.completed"
  case tellReturned = "tell.returned"
  case informAccepted = "inform.accepted"
  case informAppointed = "inform.appointed"
  case informSupplementRequested = "inform.supplementRequested"
  case informPaymentRequested = "inform.paymentRequested"
  case informSupplementLapsed = "inform.supplementLapsed"
  case informRefused = "inform.refused"
  case informGivenBack = "inform.givenBack"
  case informOnItsWay = "inform.onItsWay"
  case informEndedCompleted = "inform.ended.completed"
  case informEndedPartlyCompleted = "inform.ended.partlyCompleted"
  case informEndedRefused = "inform.ended.refused"
  case informEndedWithdrawn = "inform.ended.withdrawn"
  case informEndedCancelled = "inform.ended.cancelled"

  // At what somebody should look.
  case alarmBlocked = "alarm.blocked"
  case alarmWithoutAgency = "alarm.withoutAgency"
  case alarmDueSoon = "alarm.dueSoon"
  case alarmLateTransport = "alarm.late.transport"
  case alarmLateAgency = "alarm.late.agency"
  case alarmCannotMakeItTransport = "alarm.cannotMakeIt.transport"
  case alarmCannotMakeItAgency = "alarm.cannotMakeIt.agency"
  case alarmUnexpected = "alarm.unexpected"
  case alarmTooManySupplements = "alarm.tooManySupplements"
  case alarmResultMissing = "alarm.resultMissing"
  case alarmTooManyRounds = "alarm.tooManyRounds"
  case alarmAfterTheEnd = "alarm.afterTheEnd"
  case alarmWithoutDeadline = "alarm.withoutDeadline"

  /// The status of the whole dossier from then on; nil for what leaves it as it is.
  ///
  /// - Parameter isOnItsWay: whether it was completed before, and since then only had to be taken to the citizen.
  package func status(isOnItsWay: Bool = false) -> DossierStatus? {
    switch self {
    case .informAccepted: .accepted
    case .informSupplementRequested: .supplementRequested
    case .informPaymentRequested: .paymentRequested
    case .supplemented, .paid: .processing
    case .informOnItsWay: .completed
    case .informEndedCompleted, .informEndedPartlyCompleted: isOnItsWay ? .returned : .completed
    case .informEndedRefused, .informEndedCancelled: .stopped
    case .informEndedWithdrawn: .withdrawn
    default: nil
    }
  }

  /// That something is overdue, by who had the dossier then.
  package static func late(_ holder: Holder) -> ProcedureWord {
    switch holder {
    case .transport: .alarmLateTransport
    case .agency: .alarmLateAgency
    }
  }

  /// That a deadline will be missed, by whose time it is.
  package static func cannotMakeIt(_ holder: Holder) -> ProcedureWord {
    switch holder {
    case .transport: .alarmCannotMakeItTransport
    case .agency: .alarmCannotMakeItAgency
    }
  }
}
