/// A request to a partner, complete with how long it may take and how much may come back.
package struct HTTPClientRequest: Sendable {
  package var method: HTTPMethod
  /// `http` or `https`, without a user name.
  package var url: String
  /// Neither Content-Length, Transfer-Encoding nor Expect: how the body is framed is the client's affair.
  package var headers: HTTPHeaders
  package var body: [UInt8]
  /// A body that is read while it is sent, in place of `body`.
  package var upload: HTTPBodySource?
  /// Where the body of a 2xx answer goes instead of into memory; the answer handed back has no body then.
  package var download: (any HTTPDownloadSink)?
  /// False: connects to public addresses only, whatever the name of the host resolves to.
  package var reachesPrivateAddresses = true
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
  /// Bytes a second below which a transfer is ended, measured over half a minute; for large files, whose whole time
  /// nobody can know. nil leaves it to ``whole``.
  package var slowestRate: Int?

  package init(
    connect: Duration = .seconds(10), firstByte: Duration? = .seconds(30), whole: Duration = .seconds(60),
    slowestRate: Int? = nil
  ) {
    self.slowestRate = slowestRate
    self.connect = connect
    self.firstByte = firstByte
    self.whole = whole
  }

  package static let standard = HTTPClientTimeouts()
}

/// Takes the body of an answer piece by piece.
package protocol HTTPDownloadSink: AnyObject, Sendable {
  /// Called on the client's thread, in order; must not wait for long. The bytes are lent for the call. False ends the
  /// transfer as ``HTTPClientFailure/Kind/cancelled``.
  func receive(_ piece: UnsafeRawBufferPointer) -> Bool
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
