package import DossierModel

/// What an operator does with a procedure under way.
package struct ProcedureOrder: Sendable {
  package enum Action: Sendable, Hashable {
    case assign(StepID, PartyID)
    case cancel
    /// The citizen withdrew, and said so elsewhere.
    case withdraw
    /// The agency answered on paper or by telephone.
    case answer(StepID, StepAnswer)
    /// The citizen gave at the desk what was asked for; the dossier goes on as the gateway has it.
    case supplemented
    /// The citizen paid, and showed it elsewhere.
    case paid
  }

  package var action: Action
  package var actor: String
  package var reason: String

  package init(_ action: Action, actor: String, reason: String) {
    self.action = action
    self.actor = actor
    self.reason = reason
  }

  var event: ProcedureEvent {
    switch action {
    case .assign(let step, let party): .assigned(step, party)
    case .cancel: .cancelled
    case .withdraw: .withdrawn
    case .answer(let step, let answer): .answered(step, answer)
    case .supplemented: .supplemented
    case .paid: .paid
    }
  }
}
