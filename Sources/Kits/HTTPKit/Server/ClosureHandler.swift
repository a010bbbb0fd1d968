/// A handler made of a closure, for endpoints that need no type of their own.
package struct ClosureHandler: HTTPHandler {
  private let body: @Sendable (HTTPRequest, HTTPReply) -> Void

  /// `body` answers at once or later, as any handler.
  package init(_ body: @escaping @Sendable (HTTPRequest, HTTPReply) -> Void) { self.body = body }

  /// `answer` is sent as soon as it is made.
  package init(answering answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse) {
    body = { $1.send(answer($0)) }
  }

  package func handle(_ request: HTTPRequest, reply: HTTPReply) { body(request, reply) }
}
