/// How a transfer ended.
package enum HTTPClientResult: Sendable {
  /// The partner answered, whatever the status; redirects are answers too, and are not followed.
  case response(HTTPResponse, HTTPClientTiming)
  case failure(HTTPClientFailure)

  package var response: HTTPResponse? {
    if case .response(let response, _) = self { response } else { nil }
  }

  package var failure: HTTPClientFailure? {
    if case .failure(let failure) = self { failure } else { nil }
  }
}

/// When the steps of an answered transfer were done, counted from the moment it got its place.
package struct HTTPClientTiming: Sendable, Equatable {
  /// Zero when the connection was reused.
  package let connected: Duration
  /// The first byte of the answer.
  package let firstByte: Duration
  package let whole: Duration
  package let isConnectionReused: Bool

  package init(connected: Duration, firstByte: Duration, whole: Duration, isConnectionReused: Bool) {
    self.connected = connected
    self.firstByte = firstByte
    self.whole = whole
    self.isConnectionReused = isConnectionReused
  }
}

/// Why a transfer brought no answer.
package struct HTTPClientFailure: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Kind: String, Sendable, CaseIterable {
    /// The host's name has no address.
    case resolve
    /// No connection, or it broke before anything was sent.
    case connect
    /// The TLS handshake failed: wrong authority, host or time, or no common parameters.
    case tls
    case timeoutBeforeSend
    case timeoutAfterSend
    /// The connection broke, or ended, before the answer was complete.
    case brokenAfterSend
    /// The answer exceeds a limit; the partner has had the request.
    case tooLarge
    /// What came back is no HTTP/1.x answer; the partner has had the request.
    case protocolError
    /// Cancelled, or the client was stopped.
    case cancelled
    /// The request cannot be sent as it stands; repeating it is useless.
    case invalidRequest
    /// Too many transfers wait for a place; nothing was sent.
    case overloaded
  }

  package let kind: Kind
  /// Whether any byte of the request may have reached the partner. When false, the request was certainly not acted
  /// upon and may be repeated freely; when true, it may have been acted upon once.
  package let requestPossiblySent: Bool
  /// What happened, for the log; names hosts, never contents.
  package let message: String

  package init(kind: Kind, requestPossiblySent: Bool, message: String) {
    self.kind = kind
    self.requestPossiblySent = requestPossiblySent
    self.message = message
  }

  package var description: String {
    "\(kind.rawValue) (\(requestPossiblySent ? "possibly sent" : "not sent")): \(message)"
  }
}
