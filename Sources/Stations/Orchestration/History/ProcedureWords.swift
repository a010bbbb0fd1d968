import DossierModel
import ServiceKit

// The closed word of each thing that happens or is done.

extension ProcedureEvent {
  var word: ProcedureWord {
    switch self {
    case .delivered: .delivered
    case .answered(_, let answer): answer.word
    case .appointed: .appointed
    case .supplemented: .supplemented
    case .paid: .paid
    case .withdrawn: .withdrawn
    case .cancelled: .cancelled
    case .assigned: .assigned
    case .clock: .clock
    case .forecast: .forecast
    }
  }

  var step: StepID? {
    switch self {
    case .delivered(let step, _), .answered(let step, _), .appointed(let step, _), .assigned(let step, _),
      .forecast(let step, _, _, _):
      step
    case .supplemented, .paid, .withdrawn, .cancelled, .clock: nil
    }
  }
}

extension StepAnswer {
  fileprivate var word: ProcedureWord {
    switch self {
    case .taken: .answeredTaken
    case .done: .answeredDone
    case .refused: .answeredRefused
    case .supplementRequested: .answeredSupplementRequested
    case .paymentRequested: .answeredPaymentRequested
    case .returned: .answeredReturned
    }
  }
}

extension ProcedureInstruction {
  var isAlarm: Bool { if case .alarm = self { true } else { false } }

  var tellsTheWhole: Bool { if case .inform(let information) = self { information.isWhole } else { false } }

  var word: ProcedureWord {
    switch self {
    case .send: .send
    case .tell(_, let notice): notice.word
    case .inform(let information): information.word
    case .alarm(let alarm): alarm.word
    }
  }

  var step: StepID? {
    switch self {
    case .send(let step, _, _), .tell(let step, _): step
    case .inform(let information): information.step
    case .alarm(let alarm): alarm.step
    }
  }
}

extension ProcedureInstruction.Notice {
  fileprivate var word: ProcedureWord {
    switch self {
    case .paid: .tellPaid
    case .withdrawn: .tellWithdrawn
    case .stopped: .tellStopped
    case .completed: .tellCompleted
    case .returned: .tellReturned
    }
  }

  /// The status that says it.
  var status: DossierStatus {
    switch self {
    case .paid: .processing
    case .withdrawn: .withdrawn
    case .stopped: .stopped
    case .completed: .completed
    case .returned: .returned
    }
  }
}

extension ProcedureInstruction.Information {
  var word: ProcedureWord {
    switch self {
    case .accepted: .informAccepted
    case .appointed: .informAppointed
    case .supplementRequested: .informSupplementRequested
    case .paymentRequested: .informPaymentRequested
    case .supplementLapsed: .informSupplementLapsed
    case .refused: .informRefused
    case .givenBack: .informGivenBack
    case .onItsWay: .informOnItsWay
    case .ended(let outcome): outcome.word
    }
  }

  var step: StepID? {
    switch self {
    case .accepted(let step): step
    case .appointed(let step, _), .supplementRequested(let step, _), .paymentRequested(let step),
      .supplementLapsed(let step), .refused(let step), .givenBack(let step, _), .onItsWay(let step):
      step
    case .ended: nil
    }
  }

  var isEnd: Bool { if case .ended = self { true } else { false } }

  /// Whether it gives the citizen an appointment.
  var isAppointment: Bool {
    switch self {
    case .accepted, .appointed: true
    case .supplementRequested, .paymentRequested, .supplementLapsed, .refused, .givenBack, .onItsWay, .ended: false
    }
  }

  /// Whether the citizen has to do something.
  var isRequest: Bool {
    switch self {
    case .supplementRequested, .paymentRequested: true
    case .accepted, .appointed, .supplementLapsed, .refused, .givenBack, .onItsWay, .ended: false
    }
  }

  /// Whether it tells the dossier as a whole, with every result.
  var isWhole: Bool {
    switch self {
    case .accepted, .appointed, .ended, .onItsWay: true
    case .supplementRequested, .paymentRequested, .supplementLapsed, .refused, .givenBack: false
    }
  }

  var until: Timestamp? {
    if case .supplementRequested(_, let until) = self { until } else { nil }
  }

  /// The status of the whole that says it: a step that is refused or given back does not end the whole, whose end is told by
  /// itself.
  var status: DossierStatus { word.status() ?? .processing }
}

extension ProcedureOutcome {
  fileprivate var word: ProcedureWord {
    switch self {
    case .completed: .informEndedCompleted
    case .partlyCompleted: .informEndedPartlyCompleted
    case .refused: .informEndedRefused
    case .withdrawn: .informEndedWithdrawn
    case .cancelled: .informEndedCancelled
    }
  }
}

extension ProcedureInstruction.Alarm {
  var word: ProcedureWord {
    switch self {
    case .blocked: .alarmBlocked
    case .withoutAgency: .alarmWithoutAgency
    case .dueSoon: .alarmDueSoon
    case .late(_, let holder): .late(holder)
    case .cannotMakeIt(_, _, let holder): .cannotMakeIt(holder)
    case .unexpected: .alarmUnexpected
    case .tooManySupplements: .alarmTooManySupplements
    case .resultMissing: .alarmResultMissing
    case .tooManyRounds: .alarmTooManyRounds
    case .afterTheEnd: .alarmAfterTheEnd
    case .withoutDeadline: .alarmWithoutDeadline
    }
  }

  var step: StepID? {
    switch self {
    case .blocked(let step, _), .withoutAgency(let step), .unexpected(let step, _), .tooManySupplements(let step),
      .resultMissing(let step, _), .tooManyRounds(let step):
      step
    case .dueSoon(let step), .late(let step, _), .cannotMakeIt(let step, _, _), .withoutDeadline(let step): step
    case .afterTheEnd: nil
    }
  }
}
