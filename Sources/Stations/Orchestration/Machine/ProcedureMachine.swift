import Deadlines
package import ServiceKit

/// Conducts a procedure: an event and the time go in, instructions come out. It has no effects and no clock of its own.
///
/// An event that comes twice does nothing the second time but raise an alarm, and nothing is sent twice in one round.
package struct ProcedureMachine: Sendable {
  package let definition: ProcedureDefinition
  let clock: ProcedureClock

  package init(_ definition: ProcedureDefinition, clock: ProcedureClock) {
    self.definition = definition
    self.clock = clock
  }

  /// A new instance, with what is to be done first.
  package func begin(_ facts: ProcedureFacts, at now: Timestamp) -> (ProcedureInstance, [ProcedureInstruction]) {
    var steps: [StepID: StepRecord] = [:]
    for step in definition.steps {
      var record = StepRecord()
      record.state = facts.applies.contains(step.id) ? .waiting : .skipped
      record.agency = facts.agencies[step.id]
      steps[step.id] = record
    }
    let instance = ProcedureInstance(procedure: definition.version, receivedAt: now, steps: steps)
    var move = ProcedureMove(definition: definition, clock: clock, instance: instance, now: now)
    move.setProcedureTime()
    move.instance.isAccepted = facts.isAccepted
    move.instance.appointment = facts.appointedAt.map { Appointment($0, by: .dossier) }
    if definition.isAcceptedAtOnce { move.accept(nil) }
    move.finish()
    move.promise()
    return (move.instance, move.instructions)
  }

  /// Takes an event in; `instance` is as it is afterwards.
  package func advance(_ instance: inout ProcedureInstance, _ event: ProcedureEvent, at now: Timestamp)
    -> [ProcedureInstruction]
  {
    var move = ProcedureMove(definition: definition, clock: clock, instance: instance, now: now)
    guard instance.outcome == nil else {
      switch event {
      case .clock, .forecast: return []
      default: return [.alarm(.afterTheEnd)]
      }
    }
    switch event {
    case .delivered(let step, let round): move.delivered(step, round: round)
    case .answered(let step, let answer): move.answered(step, answer)
    case .appointed(let step, let moment): move.appointed(step, moment)
    case .supplemented: move.supplemented()
    case .paid: move.paid()
    case .withdrawn: move.abort(.withdrawn, telling: .withdrawn)
    case .cancelled: move.abort(.cancelled, telling: .stopped)
    case .assigned(let step, let party): move.assigned(step, to: party)
    case .clock: move.clockTicked()
    case .forecast(let step, let round, let expected, let holder):
      move.forecast(step, round: round, expected, holder)
    }
    move.finish()
    move.promise()
    instance = move.instance
    return move.instructions
  }
}
