package import DossierModel

/// What a conductor keeps of a procedure from one occasion to the next.
package struct ConductedState: Sendable, Equatable {
  package internal(set) var instance: ProcedureInstance
  /// Under which it began.
  package let code: DossierCode
  /// Who began it.
  package let sender: PartyID
  /// Who is told what becomes of it: its sender first, then those to whom its first message was routed.
  package internal(set) var informed: [PartyID]
  /// The latest complete message of the citizen's side: what agencies get.
  package internal(set) var dossier: MessageID
  /// By step, the message with which its agency was done: what results are taken from.
  package internal(set) var answers: [StepID: MessageID] = [:]
  /// By agency, the message of the dossier that it got last.
  var given: [PartyID: MessageID] = [:]
  /// Outputs made so far that are not named by their round.
  var outputs = 0

  /// What the dossier for a round of a step is called among what is owed.
  package static func sendName(_ step: StepID, _ round: Int) -> String { "send \(step) \(round)" }

  /// Whoever may say something that moves it: its sender, those that are told of it, and its agencies.
  var participants: Set<PartyID> {
    Set(informed).union([sender]).union(instance.steps.values.compactMap(\.agency))
  }

  init(instance: ProcedureInstance, code: DossierCode, sender: PartyID, informed: [PartyID], dossier: MessageID) {
    self.instance = instance
    self.code = code
    self.sender = sender
    self.informed = informed
    self.dossier = dossier
  }
}
