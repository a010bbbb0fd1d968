package import DossierModel
package import ServiceKit

/// What an output of a procedure is to say, kept until it is written.
package struct OutputErrand: Sendable, Equatable {
  package enum Purpose: String, Sendable, CaseIterable {
    /// The dossier for the agency of a step.
    case send
    /// A word to an agency about a step that it has or had.
    case tell
    /// A word to the sender of the dossier and the portal.
    case inform
  }

  package var purpose: Purpose
  package var procedure: ProcedureVersion
  /// Of the dossier for everybody.
  package var code: DossierCode
  /// The step it is about; nil for the whole.
  package var step: StepID?
  /// Which time the step is sent, from 1.
  package var round: Int
  /// The step that gave the dossier back to this one, whose reason is in the last of `answers`; nil where none did.
  package var givenBackBy: StepID?
  /// Whether the agency had the dossier before, and it was handed in again since then.
  package var isHandedInAgain: Bool
  package var status: DossierStatus
  package var at: Timestamp
  /// The sentence for people.
  package var text: String
  /// Until when a supplement is awaited.
  package var supplementDueAt: Timestamp?
  /// The appointment, where this gives the citizen one; for an agency that gets the dossier anew, when the whole is due or,
  /// where that has no time, its step.
  package var dueAt: Timestamp?
  /// What the citizen was promised, in all that tells the whole: a document without it would take it away.
  package var appointedAt: Timestamp?
  /// When it was handled, where it is told that the result was taken to the citizen since.
  package var finishedAt: Timestamp?
  /// Who did what it tells of; nil where it was the gateway.
  package var party: PartyID?
  /// The dossier as its sender told it.
  package var dossier: MessageID
  /// Messages of agencies whose results it passes on, the latest last.
  package var answers: [MessageID]
  /// Results of earlier steps, by name. They are of the citizen: not for logs.
  package var results: [String: String]
}
