/// The token request of OAuth 2.0's client credentials grant (RFC 6749 §4.4), as WSO2-style gateways offer it.
package struct ClientCredentialsLogin: Sendable {
  /// Where the client's name and secret go (RFC 6749 §2.3.1).
  package enum Placement: String, Sendable, CaseIterable {
    case basic
    case form
  }

  package var path: TextTemplate
  package var client: TextTemplate
  package var secret: TextTemplate
  package var placement: Placement
  package var scope: String?
  package var headers: [HeaderTemplate]
  /// Taken when the answer has no `expires_in`; nil until the partner refuses the token.
  package var lifetime: Duration?
}
