/// How a partner is asked whether it has a delivery that an earlier attempt may have brought.
///
/// Only for partners that can tell about this very message: one that merely knows the dossier would call an update
/// there that never arrived.
package struct PartnerQuestion: Sendable {
  package var method: String
  package var path: TextTemplate
  package var headers: [HeaderTemplate]
  /// Members of the JSON object that is the body; nil for a question without one.
  package var members: [PayloadEnvelope.Member]?
  /// Their outcomes are `alreadyThere`, `absent`, `sessionExpired` and `retry`.
  package var answers: AnswerRules
}
