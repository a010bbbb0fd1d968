import DossierModel
import DossierStore
import GatewayTesting
import ServiceKit
import Synchronization
import Testing
import ThreadKit

@testable import Gateway

@Suite("The retention of a gateway", .timeLimit(.minutes(3)))
struct RetentionTests {
  private let folder = TemporaryFolder(inMemory: true)
  private let samples = SampleMessages()
  private let t0 = Timestamp(seconds: 1_800_000_000)
  private static let day = Duration.seconds(86_400)

  private static let policy = RetentionPolicy(
    standard: RetentionPolicy.Rule(period: .forever, text: "retention.default: forever", position: nil),
    types: [
      "mau/thu": RetentionPolicy.Rule(period: .time(day * 30), text: "retention.types.mau/thu: 30d", position: nil)
    ])

  private func open(_ disk: TroubledDisk) throws -> SQLDossierStore {
    try SQLDossierStore(.sqlite(path: folder.path + "/store.sqlite"), at: t0, wrapping: disk)
  }

  /// `count` messages of so many bytes that were delivered at `t0`.
  private func fill(_ store: SQLDossierStore, _ count: Int, bytes: Int = 100) throws {
    let body = String(repeating: "a", count: bytes)
    for start in stride(from: 0, to: count, by: 100) {
      let records = (start..<min(start + 100, count)).map {
        samples.message(DossierCode("D\($0)"), body: body, to: ["x"], at: t0)
      }
      _ = try store.recordAndWait(records)
    }
    while true {
      let claims = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 200], at: t0))
      if claims.isEmpty { return }
      let settlements = claims.map {
        Settlement(
          delivery: $0.id, epoch: $0.epoch, outcome: .accepted(alreadyThere: false), startedAt: t0, endedAt: t0)
      }
      _ = try store.exchangeAndWait(DeliveryExchange(settlements: settlements, at: t0))
    }
  }

  private func pruned(_ store: SQLDossierStore) throws -> Int {
    try store.messages(MessageFilter(), from: .start, limit: 10_000).messages.count { $0.pruning != nil }
  }

  private func keeper(
    _ store: any DossierStore, policy: RetentionPolicy = Self.policy, limits: RetentionLimits = .standard,
    log: Log = .silent, rest: @escaping @Sendable (Duration, Latch) -> Bool = { $1.isSet }
  ) -> RetentionKeeper {
    RetentionKeeper(
      policy, limits: limits, store: store, metrics: Metrics(), log: log,
      time: ManualTimeSource(now: t0 + Self.day * 40), rest: rest)
  }

  @Test("removes everything that is due in commits of bounded size, and rests after each in proportion")
  func commits() throws {
    let disk = TroubledDisk()
    let store = try open(disk)
    defer { store.close() }
    try fill(store, 1_100)
    disk.forget()
    var limits = RetentionLimits()
    limits.batchMessages = 20
    let rests = Mutex<[Duration]>([])
    keeper(
      store, limits: limits,
      rest: { rest, latch in
        rests.withLock { $0.append(rest) }
        return latch.isSet
      }
    ).pass()
    #expect(try pruned(store) == 1_100)
    #expect(disk.transactions >= 55)
    // Seven statements for a message, whatever the store holds.
    #expect(disk.largestTransaction == 20 * 7, "\(disk.largestTransaction)")
    let all = rests.withLock { $0 }
    #expect(all.count == disk.transactions && all.allSatisfy { $0 >= limits.restMinimum })
  }

  @Test("the bytes of a large message go in parts, with a rest after each; a later pass goes on where one was stopped")
  func parts() throws {
    let disk = TroubledDisk()
    let store = try open(disk)
    defer { store.close() }
    try fill(store, 2, bytes: PruneOrder.wholeLimit * 2)
    disk.forget()
    let rests = Atomic(0)
    keeper(store, rest: { _, _ in rests.add(1, ordering: .relaxed).newValue == 3 }).pass()
    #expect(try pruned(store) == 1 && store.hasErasures())
    keeper(
      store,
      rest: { _, latch in
        rests.add(1, ordering: .relaxed)
        return latch.isSet
      }
    ).pass()
    #expect(try pruned(store) == 2 && !store.hasErasures())
    // Two commits that prune; for each message two parts of its body, three of the document for its recipient, which is a
    // little longer, and one to end either.
    #expect(rests.load(ordering: .relaxed) == 2 + 2 * 7 && disk.transactions == 2 + 2 * 7)
  }

  @Test("a commit has as many bytes as its limit, or one message")
  func bytes() {
    func candidate(_ number: Int64, _ bytes: Int, isDue: Bool = true) -> PrunePage.Candidate {
      PrunePage.Candidate(place: PrunePage.Place(received: t0, number: number), bytes: bytes, isDue: isDue)
    }
    var limits = RetentionLimits()
    limits.batchMessages = 3
    limits.batchBytes = 100
    let walk = RetentionWalk(type: "mau/thu", horizon: t0, rule: "")
    let page = PrunePage(candidates: [
      candidate(1, 50), candidate(2, 50), candidate(3, 1), candidate(4, 500, isDue: false), candidate(5, 300),
      candidate(6, 1), candidate(7, 1), candidate(8, 1), candidate(9, 1),
    ])
    let ends = walk.stretches(of: page, limits: limits).map(\.through.number)
    #expect(ends == [2, 3, 5, 8, 9])
  }

  @Test("the rest grows with what the commit took, within its limits")
  func rest() {
    var limits = RetentionLimits()
    limits.share = 0.1
    #expect(limits.rest(after: .milliseconds(100)) == .milliseconds(900))
    #expect(limits.rest(after: .zero) == limits.restMinimum)
    #expect(limits.rest(after: .seconds(60)) == limits.restMaximum)
  }

  @Test("stopped between two commits, or by a disk that fails, it leaves whole messages, and the next start goes on")
  func stopped() throws {
    let disk = TroubledDisk()
    var limits = RetentionLimits()
    limits.batchMessages = 10
    let store = try open(disk)
    try fill(store, 200)
    let rounds = Atomic(0)
    let stoppable = keeper(store, limits: limits, rest: { _, _ in rounds.add(1, ordering: .relaxed).newValue == 5 })
    stoppable.pass()
    #expect(try pruned(store) == 50)
    disk.failOnce(atStatement: 33)
    let log = LogMemory()
    keeper(store, limits: limits, log: Log(output: log)).pass()
    #expect(try pruned(store) == 50 && log.lines.contains { $0.contains("retention-broken-off") })
    store.close()
    let again = try open(TroubledDisk())
    defer { again.close() }
    keeper(again, limits: limits).pass()
    #expect(try pruned(again) == 200)
  }

  @Test("a policy that keeps everything removes nothing, and a rule of its own goes before the default")
  func policies() throws {
    let store = try open(TroubledDisk())
    defer { store.close() }
    try fill(store, 10)
    keeper(store, policy: .keepsAll).pass()
    #expect(try pruned(store) == 0)
    var policy = RetentionPolicy.keepsAll
    policy.standard.period = .time(Self.day)
    policy.types["mau/thu"] = RetentionPolicy.Rule(period: .forever, text: "", position: nil)
    keeper(store, policy: policy).pass()
    #expect(try pruned(store) == 0)
    policy.types = ["mau/khac": RetentionPolicy.Rule(period: .forever, text: "", position: nil)]
    keeper(store, policy: policy).pass()
    #expect(try pruned(store) == 10)
  }

  @Test("messages are taken beside a pass: between any two of its commits those that wait have theirs")
  func besideTheLine() throws {
    let disk = TroubledDisk()
    let store = try open(disk)
    defer { store.close() }
    try fill(store, 2_000, bytes: 8_192)
    func record(_ count: Int, _ name: String) throws -> [Duration] {
      try (0..<count).map { number in
        let began = ContinuousClock.now
        _ = try store.recordAndWait([
          samples.message(
            DossierCode("\(name)\(number)"), body: String(repeating: "b", count: 8_192), to: ["y"],
            at: t0 + Self.day * 40)
        ])
        return ContinuousClock.now - began
      }
    }
    let alone = try record(200, "A").sorted()
    disk.forget()
    let commits = Atomic(0)
    let counted = Mutex<[Duration]>([])
    let pruning = keeper(
      store,
      rest: { rest, latch in
        commits.add(1, ordering: .relaxed)
        return latch.wait(deadline: rest)
      })
    let worker = WorkerThread(name: "retention") { pruning.pass() }
    var round = 0
    while !worker.join(deadline: .zero) {
      let took = try record(10, "B\(round)-")
      counted.withLock { $0 += took }
      round += 1
    }
    let beside = counted.withLock { $0 }.sorted()
    try #require(try pruned(store) == 2_000)
    #expect(beside.count > commits.load(ordering: .relaxed), "the line waits for one commit of pruning at most")
    #expect(disk.largestTransaction <= (RetentionLimits().batchMessages * 7 + 6))
    func show(_ latencies: [Duration]) -> String {
      "p50 \(latencies[latencies.count / 2]), p99 \(latencies[latencies.count * 99 / 100]), most \(latencies[latencies.count - 1])"
    }
    print(
      "commits alone: \(show(alone)); beside \(commits.load(ordering: .relaxed)) commits of pruning: \(show(beside))")
    // In kind: a sender waits for a small commit, not for the 32 MiB that are removed altogether.
    #expect(beside[beside.count / 2] < alone[alone.count / 2] * 20 + .milliseconds(50))
  }
}
