import Deadlines
import DossierModel
import ServiceKit

// What each event does to the step it is about.

extension ProcedureMove {
  mutating func delivered(_ id: StepID, round: Int) {
    guard instance[id].round == round, instance[id].deliveredAt == nil, instance[id].state.isWithAgency else { return }
    change(id) { [now] in $0.deliveredAt = now }
  }

  mutating func assigned(_ id: StepID, to party: PartyID) {
    let state = instance[id].state
    guard state == .waiting || state == .blocked else { return instruct(.alarm(.unexpected(id, state))) }
    change(id) { $0.agency = party }
  }

  mutating func answered(_ id: StepID, _ answer: StepAnswer) {
    let state = instance[id].state
    guard let step = definition[id], state.isWithAgency else { return instruct(.alarm(.unexpected(id, state))) }
    // An answer proves that the message has come, whatever became of its delivery.
    if instance[id].deliveredAt == nil { change(id) { [now] in $0.deliveredAt = now } }
    switch answer {
    case .taken: return
    case .done(let results): done(step, results)
    case .refused: refused(step)
    case .supplementRequested: supplementRequested(step)
    case .paymentRequested: paymentRequested(step)
    case .returned(let target): returned(step, to: target)
    }
  }

  private mutating func done(_ step: StepDefinition, _ results: [String: String]) {
    end(step.id, as: .done)
    for name in step.results.keys.sorted() {
      guard let value = results[name], !value.isEmpty else {
        instruct(.alarm(.resultMissing(step.id, name)))
        continue
      }
      instance.results[name] = value
    }
    if step.accepts { accept(step.id) }
  }

  /// Tells once that the dossier is accepted: a dossier that is given back and checked again has been accepted before.
  mutating func accept(_ step: StepID?) {
    guard !instance.isAccepted else { return }
    instance.isAccepted = true
    instruct(.inform(.accepted(step)))
  }

  /// Tells an appointment that nobody knows yet; before a step accepts the dossier it is told with the acceptance.
  mutating func appointed(_ step: StepID, _ moment: Timestamp) {
    guard instance.keep(Appointment(moment, by: .agency)),
      instance.isAccepted || !definition.steps.contains(where: \.accepts)
    else { return }
    instruct(.inform(.appointed(step, moment)))
  }

  /// Where nobody gave an appointment, the acceptance promises what the procedure's time comes to.
  mutating func promise() {
    guard instance.appointment == nil, let dueAt = instance.dueAt,
      instructions.contains(where: { if case .inform(.accepted) = $0 { true } else { false } })
    else { return }
    instance.appointment = Appointment(dueAt, by: .time)
  }

  private mutating func refused(_ step: StepDefinition) {
    end(step.id, as: .refused)
    instruct(.inform(.refused(step.id)))
    if step.refusal == .procedure { abort(.refused(step.id), telling: .stopped) }
  }

  /// Ends the procedure. Nothing is rolled back: who has the dossier is told, and so is who is done and wants to know.
  mutating func abort(_ outcome: ProcedureOutcome, telling notice: ProcedureInstruction.Notice) {
    for step in definition.steps {
      let state = instance[step.id].state
      if state.isWithAgency || (state.isFulfilled && step.isCompensated) { instruct(.tell(step.id, notice)) }
      if !state.isEnd { end(step.id, as: .abandoned) }
    }
    end(outcome)
  }

  // MARK: Supplements and payments

  private mutating func supplementRequested(_ step: StepDefinition) {
    guard instance[step.id].state == .active else {
      return instruct(.alarm(.unexpected(step.id, instance[step.id].state)))
    }
    let number = instance[step.id].supplements + 1
    if number > step.supplements.count { instruct(.alarm(.tooManySupplements(step.id))) }
    let allowed = step.supplements.isEmpty ? nil : step.supplements[min(number, step.supplements.count) - 1]
    let until = allowed.flatMap { deadline($0, from: now)?.dueAt }
    stand(step.id, as: .supplementing)
    change(step.id) { record in
      record.supplements = number
      record.supplementDueAt = until
    }
    instruct(.inform(.supplementRequested(step.id, until: until)))
  }

  private mutating func paymentRequested(_ step: StepDefinition) {
    guard instance[step.id].state == .active else {
      return instruct(.alarm(.unexpected(step.id, instance[step.id].state)))
    }
    stand(step.id, as: .paying)
    instruct(.inform(.paymentRequested(step.id)))
  }

  /// Its agency waits for the citizen: its clock stands.
  mutating func stand(_ id: StepID, as state: StepState) {
    let pause = Pause(from: now, until: nil)
    change(id) { record in
      record.state = state
      record.dueAt = nil
      record.warnAt = nil
      if let pause, record.pauses.count < DeadlineLimits.standard.pauses { record.pauses.append(pause) }
    }
  }

  private mutating func endPause(of id: StepID) {
    change(id) { [now] record in
      record.state = .active
      record.isForecastLate = false
      record.supplementDueAt = nil
      if let last = record.pauses.last, last.until == nil { record.pauses[record.pauses.count - 1] = last.ended(now) }
    }
  }

  mutating func supplemented() {
    let waiting = definition.steps.filter { instance[$0.id].state == .supplementing }
    for step in waiting {
      endPause(of: step.id)
      send(step, .supplemented)
    }
  }

  mutating func paid() {
    let waiting = definition.steps.filter { instance[$0.id].state == .paying }
    for step in waiting {
      guard step.exchange != .payment else {
        end(step.id, as: .done)
        continue
      }
      endPause(of: step.id)
      setTime(of: step)
      instruct(.tell(step.id, .paid))
    }
  }

  // MARK: Giving back

  /// The earlier step is carried out again, and so is what stands between the two or works with what comes from them. What
  /// is done elsewhere stays done.
  private mutating func returned(_ step: StepDefinition, to target: StepID) {
    guard step.returnsTo.contains(target), let earlier = definition[target], instance[target].state == .done else {
      return instruct(.alarm(.unexpected(step.id, instance[step.id].state)))
    }
    let before = definition.ancestors(of: step.id)
    var again = definition.steps.filter { between in
      before.contains(between.id) && definition.ancestors(of: between.id).contains(target)
        && instance[between.id].state.isFulfilled
    }
    again += [step, earlier]
    // Who works with a result that is no longer one gets the dossier again, with the new one.
    let gone = Set(again.flatMap(\.results.keys))
    again += definition.steps.filter { other in
      instance[other.id].state.isWithAgency && !gone.isDisjoint(with: other.needs) && other.id != step.id
    }
    for step in again { takeBack(step) }
    instruct(.inform(.givenBack(step.id, to: target)))
  }

  private mutating func takeBack(_ step: StepDefinition) {
    for name in step.results.keys { instance.results[name] = nil }
    change(step.id) { record in
      record.state = .waiting
      record.endedAt = nil
      record.dueAt = nil
      record.warnAt = nil
      record.supplementDueAt = nil
    }
  }

  // MARK: Time

  /// Tells once of each round of a step, and once of the whole, that the time it has is not enough.
  mutating func forecast(_ id: StepID, round: Int, _ expected: Timestamp, _ holder: Holder) {
    guard let step = definition[id], case let record = instance[id], record.state == .active, record.round == round
    else { return }
    if let due = record.dueAt, !record.isLate, !record.isForecastLate, step.expiry == .late, expected > due {
      change(id) { $0.isForecastLate = true }
      instruct(.alarm(.cannotMakeIt(id, expected, holder)))
    }
    if step.isInProcedureTime, let due = instance.dueAt, !instance.isLate, !instance.isForecastLate, expected > due {
      instance.isForecastLate = true
      instruct(.alarm(.cannotMakeIt(nil, expected, holder)))
    }
  }

  mutating func clockTicked() {
    for step in definition.steps {
      let record = instance[step.id]
      if record.state == .supplementing, let until = record.supplementDueAt, until <= now {
        instruct(.inform(.supplementLapsed(step.id)))
        refused(step)
      } else if record.state == .active {
        tick(step, record)
      }
      if instance.outcome != nil { return }
    }
    if let warnAt = instance.warnAt, warnAt <= now {
      instance.warnAt = nil
      instruct(.alarm(.dueSoon(nil)))
    }
    if !instance.isLate, let dueAt = instance.dueAt, dueAt <= now {
      instance.isLate = true
      let active = definition.steps.filter { $0.isInProcedureTime && instance[$0.id].state == .active }
      let isUnderWay = !active.isEmpty && active.allSatisfy { instance[$0.id].deliveredAt == nil }
      instruct(.alarm(.late(nil, isUnderWay ? .transport : .agency)))
    }
  }

  private mutating func tick(_ step: StepDefinition, _ record: StepRecord) {
    if let warnAt = record.warnAt, warnAt <= now {
      change(step.id) { $0.warnAt = nil }
      instruct(.alarm(.dueSoon(step.id)))
    }
    guard !record.isLate, let dueAt = record.dueAt, dueAt <= now else { return }
    switch step.expiry {
    case .late:
      change(step.id) { $0.isLate = true }
      instruct(.alarm(.late(step.id, record.deliveredAt == nil ? .transport : .agency)))
    case .consent: end(step.id, as: .consented)
    case .pass: end(step.id, as: .passed)
    }
  }
}
