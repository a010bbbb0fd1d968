/// What is read off an X.509 certificate: who it names, until when, and how it is recognised.
///
/// Reading checks the form and nothing else: whether a certificate is trusted is decided in the TLS handshake or by a
/// pinned fingerprint, never here.
package struct Certificate: Sendable, Hashable {
  /// The distinguished name in the form of RFC 4514, UTF-8 left readable: `CN=Sở Tư pháp,O=…,C=VN`.
  package let subject: String
  package let issuer: String
  /// The serial number in hexadecimal, as `openssl x509 -serial` prints it.
  package let serialNumber: String
  /// Seconds since 1970; the certificate is valid from here on, inclusive.
  package let notBefore: Int64
  /// Seconds since 1970; the last second of validity (RFC 5280 §4.1.2.5).
  package let notAfter: Int64
  /// SHA-256 of the DER bytes: how a partner's certificate is pinned.
  package let sha256Fingerprint: [UInt8]
  /// The DNS names of the subject alternative name extension, in its order.
  package let dnsNames: [String]
  /// Whether the basic constraints allow it to sign other certificates.
  package let isAuthority: Bool
  /// The certificate itself.
  package let der: [UInt8]

  /// Whether the validity period holds this second, given in seconds since 1970.
  package func isValid(atSeconds moment: Int64) -> Bool {
    notBefore <= moment && moment <= notAfter
  }
}
