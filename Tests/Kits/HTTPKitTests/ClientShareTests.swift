import HTTPKit
import Synchronization
import Testing

@Suite("Several users of one client", .timeLimit(.minutes(1)))
struct ClientShareTests {
  /// How transfers ended, told when there are so many.
  private final class Ends: Sendable {
    private let words = Mutex<[String]>([])
    private let count: Int
    private let isComplete = TestSignal()

    init(_ count: Int) { self.count = count }

    func add(_ result: HTTPClientResult) {
      let word = result.response.map { String($0.status) } ?? result.failure?.kind.rawValue ?? ""
      let all = words.withLock { words in
        words.append(word)
        return words.count
      }
      if all == count { isComplete.set() }
    }

    func wait() -> [String] { isComplete.wait() ? words.withLock { $0 } : [] }
  }

  /// A server that holds everything, with who may let go of it.
  private final class Holder: Sendable {
    private let held = Mutex<[HTTPReply]>([])
    let isFull = TestSignal()
    private let size: Int

    init(_ size: Int) { self.size = size }

    func take(_ reply: HTTPReply) {
      let count = held.withLock { held in
        held.append(reply)
        return held.count
      }
      if count == size { isFull.set() }
    }

    func answer() {
      for reply in held.withLock({ $0 }) { reply.send(HTTPResponse(status: 204)) }
    }
  }

  private static func request(_ server: HTTPServer) -> HTTPClientRequest {
    HTTPClientRequest(method: .get, url: "http://127.0.0.1:\(server.port)/")
  }

  @Test("one ends what it has under way, and the others' goes on; it can begin anew")
  func cancelAll() throws {
    let holder = Holder(4)
    let isHolding = Mutex(true)
    try withServer(handler: { _, reply in
      if isHolding.withLock({ $0 }) { holder.take(reply) } else { reply.send(HTTPResponse(status: 204)) }
    }) { server in
      let client = try HTTPClient()
      let (one, other) = (HTTPClientShare(of: client), HTTPClientShare(of: client))
      let (ends, otherEnds) = (Ends(3), Ends(1))
      for _ in 0..<3 { one.submit(Self.request(server)) { ends.add($0) } }
      other.submit(Self.request(server)) { otherEnds.add($0) }
      #expect(holder.isFull.wait())
      one.cancelAll()
      #expect(ends.wait() == ["cancelled", "cancelled", "cancelled"])
      holder.answer()
      #expect(otherEnds.wait() == ["204"])
      isHolding.withLock { $0 = false }
      #expect(one.sendBlocking(Self.request(server)).response?.status == 204)
    }
  }

  @Test("one that was stopped sends nothing more, and the client goes on for the others")
  func stop() throws {
    let count = Mutex(0)
    try withServer(handler: { _, reply in
      count.withLock { $0 += 1 }
      reply.send(HTTPResponse(status: 204))
    }) { server in
      let client = try HTTPClient()
      let (one, other) = (HTTPClientShare(of: client), HTTPClientShare(of: client))
      one.stop()
      #expect(one.sendBlocking(Self.request(server)).failure?.kind == .cancelled)
      #expect(other.sendBlocking(Self.request(server)).response?.status == 204)
      #expect(count.withLock { $0 } == 1)
    }
  }

  @Test("cancelled while it is handed over, each request ends all the same, and once")
  func race() throws {
    let holder = Holder(.max)
    try withServer(handler: { _, reply in holder.take(reply) }) { server in
      let share = HTTPClientShare(of: try HTTPClient())
      let ends = Ends(200)
      let canceller = Task.detached { for _ in 0..<500 { share.cancelAll() } }
      for _ in 0..<200 { share.submit(Self.request(server)) { ends.add($0) } }
      share.stop()
      canceller.cancel()
      #expect(ends.wait() == [String](repeating: "cancelled", count: 200))
    }
  }
}
