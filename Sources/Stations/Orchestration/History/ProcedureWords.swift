import DossierModel
import ServiceKit

// One closed word for each thing that happens or is done, for JSON and logs.

extension ProcedureEvent {
  var word: String {
    switch self {
    case .delivered: "delivered"
    case .answered(_, let answer): "answered.\(answer.word)"
    case .supplemented: "supplemented"
    case .paid: "paid"
    case .withdrawn: "withdrawn"
    case .cancelled: "cancelled"
    case .assigned: "assigned"
    case .clock: "clock"
    case .forecast: "forecast"
    }
  }

  var step: StepID? {
    switch self {
    case .delivered(let step, _), .answered(let step, _), .assigned(let step, _), .forecast(let step, _, _, _): step
    case .supplemented, .paid, .withdrawn, .cancelled, .clock: nil
    }
  }
}

extension StepAnswer {
  var word: String {
    switch self {
    case .taken: "taken"
    case .done: "done"
    case .refused: "refused"
    case .supplementRequested: "supplementRequested"
    case .paymentRequested: "paymentRequested"
    case .returned: "returned"
    }
  }
}

extension ProcedureInstruction {
  var isAlarm: Bool { if case .alarm = self { true } else { false } }

  var tellsTheWhole: Bool { if case .inform(let information) = self { information.isWhole } else { false } }

  var word: String {
    switch self {
    case .send: "send"
    case .tell(_, let notice): "tell.\(notice.rawValue)"
    case .inform(let information): "inform.\(information.word)"
    case .alarm(let alarm): "alarm.\(alarm.word)"
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
  /// The status that says it.
  var status: DossierStatus {
    switch self {
    case .paid: .processing
    case .withdrawn: .withdrawn
    case .stopped: .stopped
    }
  }
}

extension ProcedureInstruction.Information {
  var word: String {
    switch self {
    case .supplementRequested: "supplementRequested"
    case .paymentRequested: "paymentRequested"
    case .supplementLapsed: "supplementLapsed"
    case .refused: "refused"
    case .givenBack: "givenBack"
    case .onItsWay: "onItsWay"
    case .ended(let outcome): "ended.\(outcome.name)"
    }
  }

  var step: StepID? {
    switch self {
    case .supplementRequested(let step, _), .paymentRequested(let step), .supplementLapsed(let step),
      .refused(let step), .givenBack(let step, _), .onItsWay(let step):
      step
    case .ended: nil
    }
  }

  var isEnd: Bool { if case .ended = self { true } else { false } }

  /// Whether the citizen has to do something.
  var isRequest: Bool {
    switch self {
    case .supplementRequested, .paymentRequested: true
    case .supplementLapsed, .refused, .givenBack, .onItsWay, .ended: false
    }
  }

  /// Whether it tells the dossier as a whole, with every result.
  var isWhole: Bool {
    switch self {
    case .ended, .onItsWay: true
    case .supplementRequested, .paymentRequested, .supplementLapsed, .refused, .givenBack: false
    }
  }

  var until: Timestamp? {
    if case .supplementRequested(_, let until) = self { until } else { nil }
  }

  /// The status of the whole that says it: a step that is refused or given back does not end the whole, whose end is told by
  /// itself.
  var status: DossierStatus {
    switch self {
    case .supplementRequested: .supplementRequested
    case .paymentRequested: .paymentRequested
    case .supplementLapsed, .refused, .givenBack: .processing
    case .onItsWay: .completed
    case .ended(.completed), .ended(.partlyCompleted): .completed
    case .ended(.refused), .ended(.cancelled): .stopped
    case .ended(.withdrawn): .withdrawn
    }
  }
}

extension ProcedureInstruction.Alarm {
  var word: String {
    switch self {
    case .blocked: "blocked"
    case .withoutAgency: "withoutAgency"
    case .dueSoon: "dueSoon"
    case .late(_, let holder): "late.\(holder.rawValue)"
    case .cannotMakeIt(_, _, let holder): "cannotMakeIt.\(holder.rawValue)"
    case .unexpected: "unexpected"
    case .tooManySupplements: "tooManySupplements"
    case .resultMissing: "resultMissing"
    case .tooManyRounds: "tooManyRounds"
    case .afterTheEnd: "afterTheEnd"
    case .withoutDeadline: "withoutDeadline"
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
