/// Where a request's body goes that is not to lie in memory: piece by piece, and then the answer.
///
/// One of ``finish(_:)`` and ``abandon()`` is called, once, and nothing after it.
package protocol HTTPBodySink: AnyObject, Sendable {
  /// Takes the next piece, on the connection's thread, and must not wait for long: other connections share the thread.
  /// The bytes are lent for the call. An answer ends the request early: the rest of the body is not taken.
  func receive(_ piece: UnsafeRawBufferPointer) -> HTTPResponse?

  /// The body is complete. Answers at once or later, as a handler does.
  func finish(_ reply: HTTPReply)

  /// The body will never be complete: the connection broke, was too slow, or the body was refused.
  func abandon()
}

/// What a handler wants done with the body of a request whose head has arrived.
package enum HTTPBodyReception: Sendable {
  /// Kept in memory within ``HTTPServerLimits/bodyBytes``; then the handler is called.
  case memory
  /// Given to the sink as it comes, `limit` bytes at most; the sink answers, and the handler is not called.
  case stream(any HTTPBodySink, limit: Int)
  /// Not taken: this is the answer, and the connection is closed.
  case refuse(HTTPResponse)
}
