/// The question of an operation, laid out for one party.
struct DestinationQuestion: Sendable {
  let call: ResolvedCall
  /// nil for a question without a body.
  let envelope: ResolvedEnvelope?
  let answers: AnswerReader
}
