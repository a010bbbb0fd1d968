import Glibc
import HTTPKit
import Synchronization
import ThreadKit

/// Agencies behind one door that note when a dossier arrives, by the number at the end of its code; they answer at once,
/// or after a while.
final class NumberedSink: HTTPHandler {
  private static let mark = Array("<DocCode>".utf8)
  private static let answer = HTTPResponse(
    status: 200, headers: ["Content-Type": "application/xml"],
    body: Array("<MResult><Status>200</Status><Message>OK</Message></MResult>".utf8))

  private let arrivals: Mutex<[Double]>
  private let delay: Double
  private let waiting = Mailbox<(due: Double, reply: HTTPReply)>()
  private let worker = Mutex<WorkerThread?>(nil)

  /// - Parameters:
  ///   - count: one more than the highest number.
  ///   - delay: seconds until it answers.
  init(count: Int, delay: Double = 0) {
    arrivals = Mutex([Double](repeating: 0, count: count))
    self.delay = delay
    guard delay > 0 else { return }
    worker.withLock { $0 = WorkerThread(name: "slow-agency") { [self] in answerLate() } }
  }

  /// When each number arrived; 0 for those that have not.
  var times: [Double] { arrivals.withLock { $0 } }

  func handle(_ request: HTTPRequest, reply: HTTPReply) {
    let now = Clock.seconds
    if let number = Self.number(in: request.body) {
      arrivals.withLock { if number < $0.count { $0[number] = now } }
    }
    if delay > 0 {
      _ = waiting.put((now + delay, reply))
    } else {
      reply.send(Self.answer)
    }
  }

  func stop() {
    waiting.close()
    worker.withLock { $0 }?.join()
  }

  private func answerLate() {
    while !waiting.isDrained {
      for (due, reply) in waiting.takeAll() {
        let left = due - Clock.seconds
        if left > 0 { usleep(UInt32(left * 1e6)) }
        reply.send(Self.answer)
      }
    }
  }

  /// The digits behind the last dash of the dossier's code.
  private static func number(in body: [UInt8]) -> Int? {
    guard let start = body.firstRange(of: mark)?.upperBound else { return nil }
    let code = body[start...].prefix { $0 != UInt8(ascii: "<") }
    guard let dash = code.lastIndex(of: UInt8(ascii: "-")) else { return nil }
    return Int(String(decoding: code[(dash + 1)...], as: UTF8.self))
  }
}
