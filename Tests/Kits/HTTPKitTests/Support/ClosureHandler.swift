import HTTPKit

/// A handler made of a closure.
struct ClosureHandler: HTTPHandler {
  let body: @Sendable (HTTPRequest, HTTPReply) -> Void

  init(_ body: @escaping @Sendable (HTTPRequest, HTTPReply) -> Void) {
    self.body = body
  }

  func handle(_ request: HTTPRequest, reply: HTTPReply) {
    body(request, reply)
  }
}

/// Starts a server on a port of the kernel's choosing, runs `body` with it, and stops it.
func withServer<R>(
  limits: HTTPServerLimits = .standard, threads: Int = 2, tls: ServerTLS? = nil,
  handler: @escaping @Sendable (HTTPRequest, HTTPReply) -> Void, _ body: (HTTPServer) throws -> R
) throws -> R {
  let server = try HTTPServer(
    configuration: HTTPServerConfiguration(threads: threads, limits: limits, tls: tls),
    handler: ClosureHandler(handler))
  try server.start()
  defer { server.stop() }
  return try body(server)
}

/// Answers 200 with the body that came.
@Sendable func echo(_ request: HTTPRequest, _ reply: HTTPReply) {
  reply.send(HTTPResponse(status: 200, headers: ["Content-Type": "application/octet-stream"], body: request.body))
}
