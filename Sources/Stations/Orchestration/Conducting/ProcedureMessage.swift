import DossierModel
import ServiceKit

/// What a message says to the procedure of its dossier, read on the line and understood where the procedure stands.
struct ProcedureMessage: Sendable {
  var kind: MessageKind
  /// A word that the canonical document does not have is none.
  var status: DossierStatus?
  /// Whether it tells the dossier as a whole, so that it can be sent on.
  var isComplete: Bool
  /// Whether it is the dossier of a procedure under way, handed in again by its sender: no route tells the others, the procedure does.
  var isHandedInAgain = false
  /// The step it is about, where its sender names one.
  var step: StepID?
  /// The step to which its sender gives the dossier back.
  var returnsTo: StepID?
  /// The appointment that it gives the citizen.
  var appointedAt: Timestamp?
  /// Whether it says that the citizen has paid.
  var isPaid: Bool
  /// Steps of its sender of which it says in words of its own that they are done, or refused.
  var done: Set<StepID> = []
  var refused: Set<StepID> = []
  /// What the steps of its sender yield, as far as it tells.
  var results: [StepID: [String: String]]
  /// The procedure that it begins, unless one is under way already.
  var beginning: Beginning?
  /// The code of the national platform that it has beside its own.
  var nationalCode: DossierCode?

  struct Beginning: Sendable {
    var procedure: ProcedureVersion
    var facts: ProcedureFacts
  }
}
