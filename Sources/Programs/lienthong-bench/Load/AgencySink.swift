import HTTPKit
import Synchronization

/// An agency that takes everything at once, and counts.
final class AgencySink: HTTPHandler {
  private let count = Atomic<Int>(0)
  private let kept = Mutex<[UInt8]?>(nil)
  /// What is in the message of which a copy is kept.
  private let mark: [UInt8]

  /// - Parameter mark: the first message with this in it is kept.
  init(keeping mark: String = "-" + String(repeating: "0", count: MessageTemplate.digits) + "<") {
    self.mark = Array(mark.utf8)
  }

  /// The message that was to be kept; nil until it came.
  var sample: [UInt8]? { kept.withLock { $0 } }
  private static let answer = HTTPResponse(
    status: 200, headers: ["Content-Type": "application/xml"],
    body: Array("<MResult><Status>200</Status><Message>OK</Message></MResult>".utf8))

  var received: Int { count.load(ordering: .relaxed) }

  func handle(_ request: HTTPRequest, reply: HTTPReply) {
    // Only the first messages are looked into: the sink shares the machine with what is measured.
    if count.add(1, ordering: .relaxed).newValue <= LineLoad.warmUp, request.body.firstRange(of: mark) != nil {
      kept.withLock { $0 = request.body }
    }
    reply.send(Self.answer)
  }
}
