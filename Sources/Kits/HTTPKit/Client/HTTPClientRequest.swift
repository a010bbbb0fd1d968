/// A request to a partner, complete with how long it may take and how much may come back.
package struct HTTPClientRequest: Sendable {
  package var method: HTTPMethod
  /// `http` or `https`, without a user name.
  package var url: String
  /// Neither Content-Length, Transfer-Encoding nor Expect: how the body is framed is the client's affair.
  package var headers: HTTPHeaders
  package var body: [UInt8]
  package var timeouts: HTTPClientTimeouts
  /// For `https`; nil trusts the system's authorities and presents no certificate.
  package var tls: ClientTLS?
  /// The body of the answer; more fails the transfer as ``HTTPClientFailure/Kind/tooLarge``.
  package var responseBytesLimit: Int

  package init(
    method: HTTPMethod, url: String, headers: HTTPHeaders = [:], body: [UInt8] = [],
    timeouts: HTTPClientTimeouts = .standard, tls: ClientTLS? = nil, responseBytesLimit: Int = 16 * 1024 * 1024
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeouts = timeouts
    self.tls = tls
    self.responseBytesLimit = responseBytesLimit
  }
}

/// How long a transfer may take; each at least a millisecond.
package struct HTTPClientTimeouts: Sendable, Equatable {
  /// Resolving the name, connecting and the TLS handshake.
  package var connect: Duration
  /// From the start of sending to the first byte of the answer; nil leaves it to ``whole``.
  package var firstByte: Duration?
  /// From submission to the last byte of the answer, waiting for a free place included.
  package var whole: Duration

  package init(
    connect: Duration = .seconds(10), firstByte: Duration? = .seconds(30), whole: Duration = .seconds(60)
  ) {
    self.connect = connect
    self.firstByte = firstByte
    self.whole = whole
  }

  package static let standard = HTTPClientTimeouts()
}

/// Whom a client trusts, and how it proves who it is. Verification of the other end cannot be switched off.
package struct ClientTLS: Sendable, Equatable {
  /// The authorities that may sign the server's certificate; nil means the system's.
  package var authoritiesPEM: [UInt8]?
  /// Our certificate, followed by its intermediates.
  package var certificatePEM: [UInt8]?
  package var keyPEM: [UInt8]?

  package init(authoritiesPEM: [UInt8]? = nil, certificatePEM: [UInt8]? = nil, keyPEM: [UInt8]? = nil) {
    self.authoritiesPEM = authoritiesPEM
    self.certificatePEM = certificatePEM
    self.keyPEM = keyPEM
  }
}
