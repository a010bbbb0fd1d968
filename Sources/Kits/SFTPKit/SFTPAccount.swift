/// A server, and as whom it is used. There is no way to say that any host key will do.
package struct SFTPAccount: Sendable {
  package enum Credential: Sendable {
    case password([UInt8])
    /// A private key without a passphrase, as ssh-keygen writes it. libssh2 1.10 signs with RSA keys by SHA-1 only, which
    /// current servers refuse: Ed25519 or ECDSA.
    case key([UInt8])
  }

  package var host: String
  package var port: Int
  package var user: String
  package var credential: Credential
  /// Those that the server may show; one is enough, a second lets a server change its key in peace. Never empty.
  package let hostKeys: Set<SFTPFingerprint>
  /// Resolving, connecting, the handshake and the login.
  package var connectTimeout: Duration
  /// Each transfer, the connection included.
  package var wholeTimeout: Duration

  /// Traps without a host key: a caller that has none must not come as far as this.
  package init(
    host: String, port: Int = 22, user: String, credential: Credential, hostKeys: Set<SFTPFingerprint>,
    connectTimeout: Duration = .seconds(10), wholeTimeout: Duration = .seconds(60)
  ) {
    precondition(!hostKeys.isEmpty, "an SFTP server is known by its host key")
    self.host = host
    self.port = port
    self.user = user
    self.credential = credential
    self.hostKeys = hostKeys
    self.connectTimeout = connectTimeout
    self.wholeTimeout = wholeTimeout
  }
}
