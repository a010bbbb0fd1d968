import HTTPKit
import Synchronization

/// An agency that takes everything at once, and counts.
final class AgencySink: HTTPHandler {
  private let count = Atomic<Int>(0)
  private static let answer = HTTPResponse(
    status: 200, headers: ["Content-Type": "application/xml"],
    body: Array("<MResult><Status>200</Status><Message>OK</Message></MResult>".utf8))

  var received: Int { count.load(ordering: .relaxed) }

  func handle(_ request: HTTPRequest, reply: HTTPReply) {
    count.add(1, ordering: .relaxed)
    reply.send(Self.answer)
  }
}
