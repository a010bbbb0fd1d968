/// An operation of a profile, laid out for one party.
struct DestinationOperation: Sendable {
  struct Variant: Sendable {
    let name: String
    let call: ResolvedCall
    let envelope: ResolvedEnvelope
  }

  /// The first is tried first; never empty.
  let variants: [Variant]
  /// Parameters for the signature, where requests are signed.
  let signed: [(name: String, value: ResolvedText)]
  /// Nil when messages go one by one.
  let batch: PartnerBatch?
  /// Nil when the partner cannot be asked.
  let question: DestinationQuestion?
  let answers: AnswerReader

  func index(of variant: String) -> Int? { variants.firstIndex { $0.name == variant } }
}
