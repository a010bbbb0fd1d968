package import DossierModel
package import XMLKit

/// One step of a procedure: what which agency does, when it may begin, and what may come of it.
package struct StepDefinition: Sendable {
  package let id: StepID
  package var title: String
  package var agency: AgencyChoice
  /// The steps it stands behind; none for those that begin with the procedure.
  package var after: [StepID] = []
  package var join = Join.all
  /// True at the root of the canonical dossier where the step belongs to it; nil: to every dossier.
  package var condition: XPathExpression?
  /// The sub-procedure that the citizen must have chosen for it.
  package var choice: String?
  /// Names of results of earlier steps, without which it cannot be carried out.
  package var needs: [String] = []
  /// What it yields: by name, an expression on the canonical document with which its agency tells that it is done.
  package var results: [String: XPathExpression] = [:]
  /// The statuses with which its agency says that it is done.
  package var doneBy: Set<DossierStatus> = [.completed, .returned]
  /// True at the root of a canonical message with which it says that it is done, where it has no word of the canonical statuses.
  package var doneWhen: XPathExpression?
  /// The same for a refusal.
  package var refusedWhen: XPathExpression?
  /// Whether the sender and the portal are told that the dossier is accepted when its agency is done.
  package var accepts = false
  /// Whether its agency gives the citizen the appointment, beside one that `accepts`.
  package var appoints = false
  package var exchange = StepExchange.none
  /// Whether its agency hands the result over to the citizen: the dossier is handled when nothing but this is left.
  package var handsOver = false
  package var time: TimeAllowed?
  package var expiry = Expiry.late
  /// Whether its time belongs to the procedure's own; the tax office's does not.
  package var isInProcedureTime = true
  /// How long the citizen has for each supplement that is asked for; as many as the rule allows.
  package var supplements: [TimeAllowed] = []
  /// Earlier steps to which its agency may give the dossier back.
  package var returnsTo: Set<StepID> = []
  package var refusal = RefusalEffect.procedure
  /// Whether its agency is told when the procedure ends otherwise after the step was done.
  package var isCompensated = false
  /// Whether its agency, whose step was done, is told once that the whole has come to its end.
  package var isToldTheEnd = false

  /// Whether it only takes the result to the citizen, by post or over the desk.
  package var takesResult: Bool { handsOver || exchange == .post }

  /// Whether a date that its agency gives is the citizen's appointment.
  package var givesAppointment: Bool { accepts || appoints }

  package init(_ id: StepID, title: String, agency: AgencyChoice) {
    self.id = id
    self.title = title
    self.agency = agency
  }
}
