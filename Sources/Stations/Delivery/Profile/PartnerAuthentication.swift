/// How a partner wants to know who is calling.
package enum PartnerAuthentication: Sendable {
  case none
  /// The same secret in a header of every request.
  case header(name: String, value: TextTemplate)
  /// RFC 7617.
  case basic(username: TextTemplate, password: TextTemplate)
  /// A login request whose answer holds a token; templates place it as `{session}`.
  case session(SessionLogin)
  /// A token by RFC 6749; every request then carries `Authorization: Bearer`.
  case oauth(OAuthLogin)
  /// Every request is signed as on the VXP wire.
  case vxp(VXPSigning)

  /// Every request is signed by Standard Webhooks 1.0, with this secret (`whsec_…`).
  case standardWebhook(secret: TextTemplate)
  /// A folder on an SFTP server.
  case ssh(SSHLogin)

  /// Whether a request says parameters of its own in its signature.
  var isSigned: Bool { if case .vxp = self { true } else { false } }

  /// Whether files are put into a folder, in place of requests.
  package var isFolder: Bool { if case .ssh = self { true } else { false } }

  /// Whether there is a token that can be renewed.
  package var isRenewable: Bool {
    switch self {
    case .none, .header, .basic, .vxp, .standardWebhook, .ssh: false
    case .session, .oauth: true
    }
  }
}
