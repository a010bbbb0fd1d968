package import JSONKit

/// A question that the partner answers while the asker waits: a register, a store of results, the state of a payment.
///
/// Nothing of it is stored. What comes back is the partner's word at that moment, read by a mapping into the canonical
/// document.
package struct PartnerLookup: Sendable {
  package struct Parameter: Sendable {
    package var name: String
    /// What its text must be, from end to end.
    package var pattern: JSONKit.TextPattern
    /// Whether the asker may leave it out; it is empty then.
    package var isOptional: Bool
  }

  /// What the question is, without the profile's name.
  package var name: String
  package var title: String
  package var parameters: [Parameter]
  package var method: String
  package var path: TextTemplate
  package var headers: [HeaderTemplate]
  /// Members of the JSON object that is the body; nil for a question without one.
  package var members: [PayloadEnvelope.Member]?
  /// How long the partner may take, where the party's own limit is not shorter.
  package var timeout: Duration
  /// Bytes of an answer.
  package var largest: Int
  /// Their outcomes are `accepted` (found), `absent`, `sessionExpired`, `retry` and `refused`.
  package var answers: AnswerRules
  /// Of the answer, below `Schemas`.
  package var schema: String
  /// The mapping that reads it.
  package var toCanonical: String
}
