/// What a server needs to speak TLS, and whom it trusts.
package struct ServerTLS: Sendable {
  package enum ClientCertificate: Sendable, Equatable {
    /// A request without a certificate reaches the handler with `peer` nil; one that does not verify is refused.
    case optional
    /// A request without a certificate is refused.
    case required
  }

  /// The server's certificate, followed by its intermediates.
  package var certificatePEM: [UInt8]
  package var keyPEM: [UInt8]
  /// The authorities that sign clients' certificates; nil asks clients for none.
  package var clientAuthoritiesPEM: [UInt8]?
  package var clientCertificate: ClientCertificate
  /// GnuTLS's priority string; the default allows TLS 1.2 and 1.3 only.
  package var priorities: String

  package init(
    certificatePEM: [UInt8], keyPEM: [UInt8], clientAuthoritiesPEM: [UInt8]? = nil,
    clientCertificate: ClientCertificate = .optional,
    priorities: String = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"
  ) {
    self.certificatePEM = certificatePEM
    self.keyPEM = keyPEM
    self.clientAuthoritiesPEM = clientAuthoritiesPEM
    self.clientCertificate = clientCertificate
    self.priorities = priorities
  }
}
