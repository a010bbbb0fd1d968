package import XMLKit

/// The login request of a partner with sessions, and how its answer is read.
package struct SessionLogin: Sendable {
  package enum Body: Sendable {
    case none
    case json([PayloadEnvelope.Member])
    /// `application/x-www-form-urlencoded`.
    case form([NamedTemplate])
    /// A call whose parameters are texts.
    case soap(SOAPEnvelope)
  }

  package var method: String
  package var path: TextTemplate
  package var headers: [HeaderTemplate]
  package var body: Body
  package var format: AnswerRules.Format
  /// True when the login succeeded; nil takes any answer with a token.
  package var success: XPathExpression?
  /// The token in the answer; an empty one is a failed login.
  package var token: XPathExpression
  /// How long a token is used before it is renewed unasked; nil until the partner refuses it.
  package var lifetime: Duration?
}
