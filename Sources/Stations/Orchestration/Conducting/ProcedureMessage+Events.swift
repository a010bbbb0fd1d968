import DossierModel

extension ProcedureMessage {
  /// What it means where the procedure stands; nothing for what only tells what is known.
  func events(from sender: PartyID, in instance: ProcedureInstance, of definition: ProcedureDefinition)
    -> [ProcedureEvent]
  {
    if status == .withdrawn { return [.withdrawn] }
    let own = definition.steps.filter { instance[$0.id].agency == sender }
    let appointed = appointment(among: own, in: instance)
    if let answering = answering(among: own, in: instance) {
      let answer = answer(of: answering)
      return (answer.goesOn ? appointed : []) + [.answered(answering.id, answer)]
    }
    if !appointed.isEmpty, status?.isRefusal != true { return appointed }
    // Whoever is no agency that is waited for speaks for the citizen.
    let states = instance.steps.values.map(\.state)
    if kind == .dossier, states.contains(.supplementing), status != .supplementRequested { return [.supplemented] }
    let paying = definition.steps.filter { instance[$0.id].state == .paying }
    // That a payment was made online is said by whom it went through.
    let isTold = kind == .progress && status == .processing && paying.allSatisfy { $0.exchange == .none }
    if !paying.isEmpty, isPaid || isTold { return [.paid] }
    // An agency that is done and speaks again is told to operators, unless it only repeats what is known.
    let had = own.filter { instance[$0.id].round > 0 }
    guard let last = had.first(where: { $0.id == step }) ?? had.last, let status, status.ends(last),
      !instance[last.id].state.isFulfilled || status.isRefusal
    else { return [] }
    return [.answered(last.id, answer(of: last))]
  }

  /// That its sender, whose step appoints, gives the citizen an appointment that it has not given before.
  private func appointment(among own: [StepDefinition], in instance: ProcedureInstance) -> [ProcedureEvent] {
    guard let appointedAt, let desk = own.last(where: { $0.givesAppointment && instance[$0.id].round > 0 }),
      instance.appointment != Appointment(appointedAt, by: .agency)
    else { return [] }
    return [.appointed(desk.id, appointedAt)]
  }

  /// The step that its sender names, or the first that waits for its sender.
  private func answering(among own: [StepDefinition], in instance: ProcedureInstance) -> StepDefinition? {
    let waiting = own.filter { instance[$0.id].state.isWithAgency }
    return waiting.first { $0.id == step } ?? waiting.first
  }

  private func answer(of step: StepDefinition) -> StepAnswer {
    if let returnsTo { return .returned(to: returnsTo) }
    if done.contains(step.id) { return .done(results: results[step.id] ?? [:]) }
    if refused.contains(step.id) { return .refused }
    guard let status else { return .taken }
    if step.doneBy.contains(status) { return .done(results: results[step.id] ?? [:]) }
    switch status {
    case .notAccepted, .stopped: return .refused
    case .supplementRequested: return .supplementRequested
    case .paymentRequested: return .paymentRequested
    case .registered, .accepted, .processing, .interoperating, .withdrawn, .completed, .returned: return .taken
    }
  }
}

extension DossierStatus {
  fileprivate var isRefusal: Bool { self == .notAccepted || self == .stopped }

  fileprivate func ends(_ step: StepDefinition) -> Bool { isRefusal || step.doneBy.contains(self) }
}

extension StepAnswer {
  /// Whether the step goes on, or is done.
  fileprivate var goesOn: Bool {
    switch self {
    case .taken, .done: true
    case .refused, .supplementRequested, .paymentRequested, .returned: false
    }
  }
}
