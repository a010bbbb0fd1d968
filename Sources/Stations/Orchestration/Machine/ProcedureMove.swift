import Deadlines
import DossierModel
import ServiceKit

/// One move of the machine: an instance on its way from one event to the next, and what is to be done because of it.
struct ProcedureMove {
  let definition: ProcedureDefinition
  let clock: ProcedureClock
  var instance: ProcedureInstance
  let now: Timestamp
  private(set) var instructions: [ProcedureInstruction] = []

  init(definition: ProcedureDefinition, clock: ProcedureClock, instance: ProcedureInstance, now: Timestamp) {
    self.definition = definition
    self.clock = clock
    self.instance = instance
    self.now = now
  }

  mutating func instruct(_ instruction: ProcedureInstruction) { instructions.append(instruction) }

  mutating func change(_ step: StepID, _ body: (inout StepRecord) -> Void) {
    body(&instance.steps[step, default: StepRecord()])
  }

  mutating func end(_ step: StepID, as state: StepState) {
    change(step) { [now] record in
      // Silence that has a meaning is no lateness.
      if state != .consented, state != .passed { record.overdue = record.overdue(at: now) }
      record.state = state
      record.endedAt = now
      record.dueAt = nil
      record.warnAt = nil
      record.supplementDueAt = nil
    }
  }

  // MARK: After the event

  /// Begins what can begin, lets the clock of the whole stand or run, and ends the procedure when nothing is left.
  mutating func finish() {
    guard instance.outcome == nil else { return }
    // Each turn changes the state of at least one step, and only forward: it ends.
    while let step = definition.steps.first(where: { canMove($0) }) { move(step) }
    guard instance.outcome == nil else { return }
    if instance.steps.values.allSatisfy(\.state.isEnd) {
      let isPartial = instance.steps.values.contains { $0.state == .refused || $0.state == .abandoned }
      tellTheEnd()
      return end(isPartial ? .partlyCompleted : .completed)
    }
    letProcedureTimeRun(definition.steps.contains { $0.isInProcedureTime && instance[$0.id].state == .active })
  }

  mutating func end(_ outcome: ProcedureOutcome) {
    instance.overdue = instance.overdue(at: now)
    instance.outcome = outcome
    instance.dueAt = nil
    instance.warnAt = nil
    if let last = instance.pauses.last, last.until == nil {
      instance.pauses[instance.pauses.count - 1] = last.ended(now)
    }
    instruct(.inform(.ended(outcome)))
  }

  /// Tells each agency that wants to know it, and has done its part, once.
  private mutating func tellTheEnd() {
    var told: Set<PartyID> = []
    for step in definition.steps where step.isToldTheEnd && instance[step.id].state.isFulfilled {
      guard let agency = instance[step.id].agency, told.insert(agency).inserted else { continue }
      instruct(.tell(step.id, definition.hasReturned(instance) ? .returned : .completed))
    }
  }

  private enum Turn { case stay, begin, abandon }

  private func canMove(_ step: StepDefinition) -> Bool {
    switch instance[step.id].state {
    case .waiting: turn(step) != .stay
    case .blocked: missing(step).isEmpty && instance[step.id].agency != nil
    default: false
    }
  }

  private mutating func move(_ step: StepDefinition) {
    if instance[step.id].state == .waiting, turn(step) == .abandon { return end(step.id, as: .abandoned) }
    let missing = missing(step)
    if !missing.isEmpty {
      change(step.id) { $0.state = .blocked }
      return instruct(.alarm(.blocked(step.id, missing: missing)))
    }
    guard instance[step.id].agency != nil else {
      change(step.id) { $0.state = .blocked }
      return instruct(.alarm(.withoutAgency(step.id)))
    }
    send(step, instance[step.id].round == 0 ? .first : .givenBack)
  }

  private func turn(_ step: StepDefinition) -> Turn {
    let before = predecessors(of: step).map { instance[$0].state }
    guard !before.isEmpty else { return .begin }
    switch step.join {
    case .all:
      if before.allSatisfy(\.isFulfilled) { return .begin }
      return before.contains { $0.isEnd && !$0.isFulfilled } ? .abandon : .stay
    case .any:
      if before.contains(where: \.isFulfilled) { return .begin }
      return before.allSatisfy(\.isEnd) ? .abandon : .stay
    case .ended: return before.allSatisfy(\.isEnd) ? .begin : .stay
    }
  }

  /// The steps it waits for: behind one that is left out stand those before that.
  private func predecessors(of step: StepDefinition) -> Set<StepID> {
    var found: Set<StepID> = []
    for id in step.after {
      if instance[id].state == .skipped, let skipped = definition[id] {
        found.formUnion(predecessors(of: skipped))
      } else {
        found.insert(id)
      }
    }
    return found
  }

  private func missing(_ step: StepDefinition) -> [String] {
    step.needs.filter { instance.results[$0] == nil }
  }

  /// Sends the dossier to the agency of the step, which begins its next round.
  mutating func send(_ step: StepDefinition, _ occasion: ProcedureInstruction.Occasion) {
    guard instance[step.id].round < ProcedureLimits.rounds else {
      change(step.id) { $0.state = .blocked }
      return instruct(.alarm(.tooManyRounds(step.id)))
    }
    change(step.id) { [now] record in
      record.state = .active
      record.round += 1
      record.deliveredAt = nil
      record.endedAt = nil
      if occasion != .supplemented {
        record.sentAt = now
        record.pauses = []
        record.isLate = false
        record.overdue = nil
      }
      record.isForecastLate = false
    }
    setTime(of: step)
    instruct(.send(step.id, round: instance[step.id].round, occasion))
    if step.exchange == .payment {
      stand(step.id, as: .paying)
      instruct(.inform(.paymentRequested(step.id)))
    } else if step.takesResult, definition.isOnlyReturning(instance) {
      instruct(.inform(.onItsWay(step.id)))
    }
  }

  // MARK: Time

  /// Counts a term from a moment; a term that cannot be counted has no end, and somebody is told.
  func deadline(_ allowed: TimeAllowed, from moment: Timestamp, pauses: [Pause] = []) -> Deadline? {
    try? clock.counter(allowed.office).deadline(of: allowed.term, from: moment, by: allowed.rule, pauses: pauses)
  }

  private func warning(_ allowed: TimeAllowed, before due: Timestamp?) -> Timestamp? {
    guard allowed.warningHours > 0, let due else { return nil }
    let moment = try? clock.counter(allowed.office).moment(.seconds(allowed.warningHours * 3_600), before: due)
    return moment.flatMap { $0 > now ? $0 : nil }
  }

  /// Counts the deadline of a step that its agency has, over its pauses.
  mutating func setTime(of step: StepDefinition) {
    guard let allowed = step.time, let sentAt = instance[step.id].sentAt else { return }
    guard let deadline = deadline(allowed, from: sentAt, pauses: instance[step.id].pauses) else {
      return instruct(.alarm(.withoutDeadline(step.id)))
    }
    let warnAt = warning(allowed, before: deadline.dueAt)
    change(step.id) { record in
      record.dueAt = deadline.dueAt
      record.warnAt = warnAt
      record.calendar = deadline.calendar
    }
  }

  mutating func setProcedureTime() {
    guard let allowed = definition.time else { return }
    guard let deadline = deadline(allowed, from: instance.receivedAt, pauses: instance.pauses) else {
      return instruct(.alarm(.withoutDeadline(nil)))
    }
    instance.dueAt = deadline.dueAt
    instance.warnAt = warning(allowed, before: deadline.dueAt)
    instance.calendar = deadline.calendar
  }

  /// The clock of the whole runs while a step whose time belongs to it is being worked on.
  private mutating func letProcedureTimeRun(_ runs: Bool) {
    guard definition.time != nil else { return }
    let last = instance.pauses.last
    let stands = last.map { $0.until == nil } ?? false
    if runs, stands, let last {
      instance.pauses[instance.pauses.count - 1] = last.ended(now)
    } else if !runs, !stands, instance.pauses.count < DeadlineLimits.standard.pauses,
      let pause = Pause(from: now, until: nil)
    {
      instance.pauses.append(pause)
    } else {
      return
    }
    if !instance.isLate { setProcedureTime() }
  }
}

extension Pause {
  /// The same, ended; a clock that was set back makes it empty.
  func ended(_ moment: Timestamp) -> Pause { Pause(from: from, until: max(from, moment)) ?? self }
}
