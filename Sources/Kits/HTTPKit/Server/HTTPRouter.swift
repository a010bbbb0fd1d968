/// Finds the handler for a request by its method and path.
///
/// A pattern is a path whose segments are literal or `{name}`, which takes any one segment; literal segments win.
/// A subtree is a path below which one handler answers everything, whatever the method, and says how what the server
/// refuses there is told; a route of its own below it wins.
/// Handlers read the segments from `HTTPRequest.path`. A path that is known under other methods goes to
/// `methodNotAllowed`, which is told them; any other unknown path goes to `notFound`.
package final class HTTPRouter: HTTPHandler {
  private struct Entry: Sendable {
    let method: HTTPMethod
    let segments: [String]
    let handler: any HTTPHandler

    func matches(_ path: [String]) -> Bool {
      segments.count == path.count && zip(segments, path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
  }

  /// A path and everything below it.
  private struct Subtree: Sendable {
    let path: String
    let segments: [String]
    let handler: any HTTPHandler

    func holds(_ path: [String]) -> Bool { path.starts(with: segments) }

    /// The target may be anything: what stands in it as it is decides.
    func holds(target: String) -> Bool {
      guard target.hasPrefix(path) else { return false }
      let next = target.utf8.dropFirst(path.utf8.count).first
      return next == nil || next == UInt8(ascii: "/") || next == UInt8(ascii: "?")
    }
  }

  private let subtrees: [Subtree]
  private let literal: [String: [Entry]]
  private let patterns: [Entry]
  /// The few that may take bodies as streams: a head is compared with these alone before its body.
  private let streaming: [Entry]
  private let notFound: @Sendable (HTTPRequest) -> HTTPResponse
  private let methodNotAllowed: @Sendable (HTTPRequest, [HTTPMethod]) -> HTTPResponse

  /// Traps when two routes are the same: that is a defect of ours.
  package init(
    routes: [(method: HTTPMethod, path: String, handler: any HTTPHandler)],
    subtrees: [(path: String, handler: any HTTPHandler)] = [],
    notFound: @escaping @Sendable (HTTPRequest) -> HTTPResponse,
    methodNotAllowed: @escaping @Sendable (HTTPRequest, [HTTPMethod]) -> HTTPResponse
  ) {
    var literal: [String: [Entry]] = [:]
    var patterns: [Entry] = []
    for route in routes {
      let segments = route.path.split(separator: "/").map(String.init)
      let entry = Entry(method: route.method, segments: segments, handler: route.handler)
      if segments.contains(where: { $0.hasPrefix("{") }) {
        patterns.append(entry)
      } else {
        let key = segments.joined(separator: "/")
        precondition(
          literal[key]?.contains { $0.method == route.method } != true, "\(route.method) \(route.path) is routed twice")
        literal[key, default: []].append(entry)
      }
    }
    self.literal = literal
    self.patterns = patterns
    streaming = (literal.values.flatMap { $0 } + patterns).filter { $0.handler.takesStreams }
    self.subtrees = subtrees.map { subtree in
      let segments = subtree.path.split(separator: "/").map(String.init)
      return Subtree(path: "/" + segments.joined(separator: "/"), segments: segments, handler: subtree.handler)
    }
    self.notFound = notFound
    self.methodNotAllowed = methodNotAllowed
  }

  package var takesStreams: Bool { !streaming.isEmpty || subtrees.contains { $0.handler.takesStreams } }

  package func reception(of head: HTTPRequest, length: Int?) -> HTTPBodyReception {
    let entry = streaming.first { $0.method == head.method && $0.matches(head.path) }
    if let entry { return entry.handler.reception(of: head, length: length) }
    let subtree = subtrees.first { $0.handler.takesStreams && $0.holds(head.path) }
    return subtree?.handler.reception(of: head, length: length) ?? .memory
  }

  package func answer(to refusal: HTTPRefusal, of target: String) -> HTTPResponse {
    let subtree = subtrees.first { $0.holds(target: target) }
    return subtree?.handler.answer(to: refusal, of: target) ?? refusal.problem.response
  }

  package func handle(_ request: HTTPRequest, reply: HTTPReply) {
    let candidates = literal[request.path.joined(separator: "/")] ?? patterns.filter { $0.matches(request.path) }
    if let entry = candidates.first(where: { $0.method == request.method }) {
      return entry.handler.handle(request, reply: reply)
    }
    if request.method == .head, let entry = candidates.first(where: { $0.method == .get }) {
      return entry.handler.handle(request, reply: reply)
    }
    if candidates.isEmpty, let subtree = subtrees.first(where: { $0.holds(request.path) }) {
      return subtree.handler.handle(request, reply: reply)
    }
    reply.send(candidates.isEmpty ? notFound(request) : methodNotAllowed(request, candidates.map(\.method)))
  }
}
