/// What a server asks for answers.
package protocol HTTPHandler: Sendable {
  /// Called once per request, after its whole body has arrived and its head has passed every check, on one of the
  /// server's threads.
  ///
  /// Either answers before it returns, or keeps `reply` and answers later from any thread; the connection then
  /// waits without holding the thread. A handler must not wait itself for what another request brings: it would
  /// hold up every connection of its thread.
  func handle(_ request: HTTPRequest, reply: HTTPReply)

  /// Asked when a head has passed every check, before the body: where is it to go? `length` is nil for a chunked body.
  func reception(of head: HTTPRequest, length: Int?) -> HTTPBodyReception

  /// Whether ``reception(of:length:)`` may ever want anything but memory; a router asks nobody else.
  var takesStreams: Bool { get }
}

extension HTTPHandler {
  package func reception(of head: HTTPRequest, length: Int?) -> HTTPBodyReception { .memory }
  package var takesStreams: Bool { false }
}
