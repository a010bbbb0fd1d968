import HTTPKit

/// A handler that answers at once.
struct Answer: HTTPHandler {
  private let body: @Sendable (HTTPRequest) -> HTTPResponse
  init(_ body: @escaping @Sendable (HTTPRequest) -> HTTPResponse) { self.body = body }
  func handle(_ request: HTTPRequest, reply: HTTPReply) { reply.send(body(request)) }
}
