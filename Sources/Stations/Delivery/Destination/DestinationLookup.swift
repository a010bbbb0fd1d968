/// A lookup of a profile, laid out for one party.
struct DestinationLookup: Sendable {
  let call: ResolvedCall
  /// nil for a question without a body.
  let envelope: ResolvedEnvelope?
  let answers: AnswerReader
  let timeout: Duration
  let parameters: [PartnerLookup.Parameter]
}
