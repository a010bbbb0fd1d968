package import XMLKit

/// How a partner takes files that go by themselves, before the message that names them.
package struct PartnerUpload: Sendable {
  package var method: String
  package var path: TextTemplate
  package var headers: [HeaderTemplate]
  /// The field of `multipart/form-data` that carries the file; nil for a body that is the file.
  package var field: String?
  /// Of the file.
  package var contentType: String
  package var format: AnswerRules.Format
  /// True when the partner has the file; nil takes any 2xx answer with an id.
  package var success: XPathExpression?
  /// What the partner calls the file; an empty one is no success.
  package var id: XPathExpression
  /// The hash that the partner gives with it.
  package var hash: XPathExpression?
}
