package import CryptographyKit
package import ServiceKit

/// One way for a party to prove who it is. Digests are kept and never the secret itself; a signature alone can only be
/// checked with the secret, and of that there is the place.
package enum Credential: Sendable, Equatable {
  /// SHA-256 of an API key. A key is machine-made and long, so a plain digest suffices.
  case apiKey(sha256: [UInt8])
  /// Client-credentials grant: the client's id and the stored form of its secret.
  case client(id: String, secret: PasswordHash)
  /// Generation-A login: user name and the stored form of the password.
  case session(username: String, password: PasswordHash)
  /// SHA-256 of the client certificate's DER bytes.
  case certificate(sha256: [UInt8])
  /// Requests signed as on the VXP wire: the id of the system, and where the key of its HMAC is.
  case vxp(system: String, secret: SecretReference)
  /// Callbacks with a checksum over their fields: where the secret of it is.
  case checksum(secret: SecretReference)
}

extension Credential {
  /// Whether a party proves with it who it is by the certificate of its connection.
  package var isCertificate: Bool { if case .certificate = self { true } else { false } }
}
