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

  /// What a request of this target is told when the server refuses it in the handler's place: a client that reads one
  /// tongue only is to find it in every answer. Called on any thread; `target` is as received, and may be no target at all.
  func answer(to refusal: HTTPRefusal, of target: String) -> HTTPResponse

  /// Whether ``reception(of:length:)`` may ever want anything but memory; a router asks nobody else.
  var takesStreams: Bool { get }
}

extension HTTPHandler {
  package func reception(of head: HTTPRequest, length: Int?) -> HTTPBodyReception { .memory }
  package func answer(to refusal: HTTPRefusal, of target: String) -> HTTPResponse { refusal.problem.response }
  package var takesStreams: Bool { false }
}
