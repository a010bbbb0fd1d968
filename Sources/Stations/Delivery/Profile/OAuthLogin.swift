/// The token request of OAuth 2.0, as WSO2-style gateways offer it (RFC 6749).
package struct OAuthLogin: Sendable {
  package enum Grant: Sendable {
    /// §4.4: the client speaks for itself.
    case clientCredentials
    /// §4.3: with a user's name and password.
    case password(username: TextTemplate, password: TextTemplate)
  }

  /// Where the client's name and secret go (§2.3.1).
  package enum Placement: String, Sendable, CaseIterable {
    case basic
    case form
  }

  package struct Client: Sendable {
    package var name: TextTemplate
    package var secret: TextTemplate
  }

  package var grant: Grant
  package var path: TextTemplate
  /// nil for a password grant of a client without a secret.
  package var client: Client?
  package var placement: Placement
  package var scope: String?
  package var headers: [HeaderTemplate]
  /// Taken when the answer has no `expires_in`; nil until the partner refuses the token.
  package var lifetime: Duration?
}
