import DossierModel
import DossierStore
import GatewayTesting
import ServiceKit
import Synchronization
import Testing

@Suite("Two gateways at the polls of one database", .timeLimit(.minutes(3)))
struct SharedPollTests {
  private let database = TemporaryPostgreSQL.shared.makeDatabase()
  private let poll = PollID("dvclt", "danh-sach")
  private var now: Timestamp { SystemTimeSource().now() }

  @Test("one is at a poll at a time, and the other goes on when it is gone")
  func oneAtATime() throws {
    let nodes = [try TestNode("a", on: database, limits: TestNode.brief), try TestNode("b", on: database)]
    defer { nodes.forEach { $0.close() } }
    let lease = try #require(try nodes[0].store.claimAndWait(poll, at: now))
    #expect(try nodes[1].store.claimAndWait(poll, at: now) == nil)
    var page = PollReport(lease, at: now, place: PollPlace(cursor: "7"))
    #expect(try nodes[0].store.reportAndWait(page))
    try nodes[0].cutOff()
    let other = try TestNode("c", on: database, limits: TestNode.brief)
    defer { other.close() }
    let next = try #require(try eventually { try other.store.claimAndWait(poll, at: now) })
    #expect(next.place.cursor == "7" && next.epoch != lease.epoch)
    try nodes[0].letIn()
    page.place.cursor = "muộn"
    // Its words count no more, whichever epoch it lives under by now.
    let isHeard = (try? nodes[0].store.reportAndWait(page)) ?? false
    #expect(!isHeard)
    #expect(try other.store.polls().first?.place.cursor == "7")
  }

  @Test("of many that claim at the same moment one gets it")
  func race() throws {
    let nodes = [try TestNode("a", on: database), try TestNode("b", on: database)]
    defer { nodes.forEach { $0.close() } }
    let won = Mutex<[PollID: Int]>([:])
    try Crew.work(
      nodes.map { node in
        { @Sendable in
          for number in 0..<50 {
            let poll = PollID("dvclt", "\(number)")
            if try node.store.claimAndWait(poll, at: now) != nil { won.withLock { $0[poll, default: 0] += 1 } }
          }
        }
      })
    let counts = won.withLock { $0 }
    #expect(counts.count == 50 && counts.values.allSatisfy { $0 == 1 })
  }
}
