import CMicrohttpd

/// What a connection's TLS session says about the other end.
///
/// Verifying a chain costs more than all the rest of a small request, so it is done once per connection.
enum PeerVerification: Sendable {
  case absent
  case notTrusted
  case trusted(PeerCertificate)

  /// Verifies the certificate the other end presented in the handshake of `session`.
  init(verifying session: gnutls_session_t) {
    var count: UInt32 = 0
    guard let chain = gnutls_certificate_get_peers(session, &count), count > 0 else {
      self = .absent
      return
    }
    var status: UInt32 = 0
    guard gnutls_certificate_verify_peers2(session, &status) == GNUTLS_E_SUCCESS, status == 0,
      let certificate = PeerCertificate(der: chain.pointee)
    else {
      self = .notTrusted
      return
    }
    self = .trusted(certificate)
  }
}

extension PeerCertificate {
  /// Reads a certificate; nil when it cannot be read.
  fileprivate init?(der: gnutls_datum_t) {
    var der = der
    var certificate: gnutls_x509_crt_t?
    guard gnutls_x509_crt_init(&certificate) == GNUTLS_E_SUCCESS, let certificate else { return nil }
    defer { gnutls_x509_crt_deinit(certificate) }
    guard gnutls_x509_crt_import(certificate, &der, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS else { return nil }
    var fingerprint = [UInt8](repeating: 0, count: 32)
    var fingerprintCount = fingerprint.count
    var serial = [UInt8](repeating: 0, count: 64)
    var serialCount = serial.count
    var subject = gnutls_datum_t()
    var issuer = gnutls_datum_t()
    defer {
      lt_gnutls_free(subject.data)
      lt_gnutls_free(issuer.data)
    }
    guard
      gnutls_fingerprint(GNUTLS_DIG_SHA256, &der, &fingerprint, &fingerprintCount) == GNUTLS_E_SUCCESS,
      gnutls_x509_crt_get_serial(certificate, &serial, &serialCount) == GNUTLS_E_SUCCESS,
      gnutls_x509_crt_get_dn3(certificate, &subject, 0) == GNUTLS_E_SUCCESS,
      gnutls_x509_crt_get_issuer_dn3(certificate, &issuer, 0) == GNUTLS_E_SUCCESS
    else { return nil }
    self.init(
      sha256Fingerprint: fingerprint, subject: Self.text(subject), issuer: Self.text(issuer),
      serialNumber: Array(serial.prefix(serialCount)),
      notAfter: Int64(gnutls_x509_crt_get_expiration_time(certificate)))
  }

  private static func text(_ datum: gnutls_datum_t) -> String {
    String(decoding: UnsafeBufferPointer(start: datum.data, count: Int(datum.size)), as: UTF8.self)
  }
}
