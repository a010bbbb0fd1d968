import CMicrohttpd

/// Tries a server's certificate, key and authorities before the daemon is started with them, since the daemon says
/// only that something failed.
enum ServerCredentials {
  static func check(_ tls: ServerTLS) throws(HTTPError) {
    var made: gnutls_certificate_credentials_t?
    guard gnutls_certificate_allocate_credentials(&made) == GNUTLS_E_SUCCESS, let credentials = made else {
      throw unusable("TLS credentials", code: GNUTLS_E_MEMORY_ERROR)
    }
    defer { gnutls_certificate_free_credentials(credentials) }
    let pair = withDatum(tls.certificatePEM) { certificate in
      withDatum(tls.keyPEM) { key in
        gnutls_certificate_set_x509_key_mem(credentials, certificate, key, GNUTLS_X509_FMT_PEM)
      }
    }
    guard pair >= 0 else { throw unusable("certificate and key", code: pair) }
    if let authorities = tls.clientAuthoritiesPEM {
      let count = withDatum(authorities) {
        gnutls_certificate_set_x509_trust_mem(credentials, $0, GNUTLS_X509_FMT_PEM)
      }
      guard count > 0 else { throw unusable("clients' authorities", code: count) }
    }
    var cache: gnutls_priority_t?
    let priorities = gnutls_priority_init(&cache, tls.priorities, nil)
    guard priorities == GNUTLS_E_SUCCESS else { throw unusable("priorities", code: priorities) }
    gnutls_priority_deinit(cache)
  }

  /// Lends bytes in the library's form; they are only read.
  private static func withDatum<R>(_ bytes: [UInt8], _ body: (UnsafePointer<gnutls_datum_t>) -> R) -> R {
    bytes.withUnsafeBufferPointer { buffer in
      var datum = gnutls_datum_t(
        data: UnsafeMutablePointer(mutating: buffer.baseAddress), size: UInt32(buffer.count))
      return body(&datum)
    }
  }

  private static func unusable(_ what: String, code: Int32) -> HTTPError {
    let reason = code == 0 ? "no certificate in it" : String(cString: gnutls_strerror(code))
    return HTTPError(
      code: .unusableCredentials,
      message: "the server's \(what) cannot be used (\(reason)); check that they are PEM and belong together")
  }
}
