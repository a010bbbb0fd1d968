/// Who the other end of a TLS connection proved to be: its certificate verified against our authorities, within
/// its time of validity, once per connection.
///
/// Revocation is not looked up: whoever revokes a partner takes its fingerprint out of the agreement.
package struct PeerCertificate: Sendable, Equatable {
  /// SHA-256 of the certificate's DER form: 32 bytes.
  package let sha256Fingerprint: [UInt8]
  /// The subject's distinguished name (RFC 4514), such as `CN=so-xay-dung,O=UBND`.
  package let subject: String
  package let issuer: String
  /// The serial number, big-endian.
  package let serialNumber: [UInt8]
  /// Seconds since 1970.
  package let notAfter: Int64

  package init(sha256Fingerprint: [UInt8], subject: String, issuer: String, serialNumber: [UInt8], notAfter: Int64) {
    self.sha256Fingerprint = sha256Fingerprint
    self.subject = subject
    self.issuer = issuer
    self.serialNumber = serialNumber
    self.notAfter = notAfter
  }
}
