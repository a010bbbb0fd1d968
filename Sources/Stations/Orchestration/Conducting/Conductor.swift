package import DossierModel
package import ServiceKit

/// Conducts the procedures of a site: what a message, an operator or the clock means to one, and what is owed to whom because
/// of it.
///
/// An agency gets the dossier in its turn; the sender and those to whom its first message was routed are told what becomes of
/// it. Agencies' own words go to nobody as they are: the status of the whole is not that of a step.
package struct Conductor: ProcedureConductor {
  private let procedures: ConductedProcedures
  /// Which kinds of message each party can be told; one that is not here can be told nothing.
  private let receivers: [PartyID: Set<MessageKind>]

  package init(_ procedures: ConductedProcedures, receivers: [PartyID: Set<MessageKind>]) {
    self.procedures = procedures
    self.receivers = receivers
  }

  package func conduct(_ occasion: ConductOccasion, state bytes: [UInt8]?, at now: Timestamp) -> ConductedMove? {
    guard let bytes else { return begin(occasion, at: now) }
    // What retention left of a procedure that is over has nothing to move; so has one whose edition a site took away,
    // which the site's check forbids.
    guard let state = ConductedState(json: bytes), let machine = procedures[state.instance.procedure] else {
      return nil
    }
    var course = ConductedCourse(state, machine, receivers: receivers)
    switch occasion {
    case .message(let message, let context): course.take(Self.content(of: message), message.codes, context, at: now)
    case .timer(let delivered): course.tick(delivered: delivered, at: now)
    case .forecast(let forecasts): course.lookAhead(forecasts, at: now)
    case .order(let order): course.carryOut(Self.order(order), at: now)
    }
    return course.move
  }

  private func begin(_ occasion: ConductOccasion, at now: Timestamp) -> ConductedMove? {
    guard case .message(let message, let context) = occasion,
      let beginning = Self.content(of: message).beginning, let machine = procedures[beginning.procedure]
    else { return nil }
    let (instance, instructions) = machine.begin(beginning.facts, at: now)
    let agencies = Set(beginning.facts.agencies.values)
    let others = context.recipients.filter { $0 != context.sender && !agencies.contains($0) }
    let state = ConductedState(
      instance: instance, code: context.dossier, sender: context.sender, informed: [context.sender] + others,
      dossier: context.id)
    var course = ConductedCourse(state, machine, receivers: receivers)
    course.begin(Self.content(of: message), context, instructions, at: now)
    return course.move
  }

  private static func content(of message: ConductedMessage) -> ProcedureMessage {
    guard let content = message.content as? ProcedureMessage else {
      preconditionFailure("only the recognition of procedures makes conducted messages")
    }
    return content
  }

  private static func order(_ order: any Sendable) -> ProcedureOrder {
    guard let order = order as? ProcedureOrder else {
      preconditionFailure("an order for a procedure is a ProcedureOrder")
    }
    return order
  }
}
