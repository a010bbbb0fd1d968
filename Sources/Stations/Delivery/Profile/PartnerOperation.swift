/// How one kind of message is handed to a partner: where, and in which wrapping.
package struct PartnerOperation: Sendable {
  /// A way of making the call that differs in its path or its wrapping, such as "create" and "update".
  package struct Variant: Sendable {
    package var name: String
    package var path: TextTemplate
    package var envelope: PayloadEnvelope
  }

  /// Name of the `MessageType`, `<profile>/<message>`.
  package var message: String
  package var method: String
  package var headers: [HeaderTemplate]
  /// What the request says beside its document and signs, where requests are signed; in this order.
  package var signed: [NamedTemplate]
  package var contentType: String
  /// In the order of the profile; the first one is tried first. An operation without variants has one without a name.
  package var variants: [Variant]
  /// Nil for an operation whose messages go one by one.
  package var batch: PartnerBatch?
  /// Asked before anything is sent that may have arrived; nil for a partner that is sent it again with the same key.
  package var question: PartnerQuestion?
  /// How its answers are read; nil for the profile's own rules.
  package var answers: AnswerRules?
}
