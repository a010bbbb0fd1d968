import DossierModel
import DossierStore
import GatewayTesting
import Glibc
import ServiceKit
import Synchronization
import Testing

/// Gateways that share one PostgreSQL database.
@Suite("Two gateways on one database", .timeLimit(.minutes(3)))
struct SharedStoreTests {
  let database = TemporaryPostgreSQL.shared.makeDatabase()
  let samples = SampleMessages()

  private var now: Timestamp { SystemTimeSource().now() }

  private func settled(_ claim: ClaimedDelivery, _ outcome: DeliveryOutcome, next: Timestamp? = nil) -> Settlement {
    Settlement(
      delivery: claim.id, epoch: claim.epoch, outcome: outcome, nextAttemptAt: next, startedAt: now, endedAt: now)
  }

  /// What deliverers have in their hands; nothing may be in two hands.
  private final class Hands: Sendable {
    private let held = Mutex<Set<DeliveryID>>([])
    private let done = Mutex<[DossierCode: [DeliveryID]]>([:])

    func take(_ claims: [ClaimedDelivery]) -> [DeliveryID] {
      held.withLock { held in claims.map(\.id).filter { !held.insert($0).inserted } }
    }

    func letGo(_ claims: [ClaimedDelivery]) { held.withLock { $0.subtract(claims.map(\.id)) } }
    func delivered(_ claim: ClaimedDelivery) { done.withLock { $0[claim.dossier, default: []].append(claim.id) } }
    var delivered: [DossierCode: [DeliveryID]] { done.withLock { $0 } }
    var count: Int { done.withLock { $0.values.reduce(0) { $0 + $1.count } } }
  }

  /// Claims and settles until `count` are delivered; every third attempt fails first, and may be repeated by anybody.
  private func deliver(_ count: Int, of hands: Hands, through node: TestNode, seed: Int) throws {
    var step = seed
    var settlements: [Settlement] = []
    while hands.count < count || !settlements.isEmpty {
      let claims = try node.store.exchangeAndWait(
        DeliveryExchange(settlements: settlements, claims: ["x": 7], at: now))
      #expect(hands.take(claims) == [], "in two hands at once")
      settlements = claims.map { claim in
        step += 1
        if step % 3 == 0 { return settled(claim, .postponed(.connect, notBefore: nil), next: now) }
        hands.delivered(claim)
        return settled(claim, .accepted(alreadyThere: false))
      }
      hands.letGo(claims)
    }
  }

  @Test("deliver each message once, in the order of its dossier, while both record and both deliver")
  func orderAndOnce() throws {
    let nodes = [try TestNode("a", on: database), try TestNode("b", on: database)]
    defer { nodes.forEach { $0.close() } }
    let hands = Hands()
    let perNode = 60
    let dossiers = (0..<4).map { DossierCode("H\($0)") }
    let recorders = nodes.indices.map { index in
      { @Sendable in
        for number in 0..<perNode {
          let body = "\(index)-\(number)"
          _ = try nodes[index].store.recordAndWait([
            samples.message(dossiers[number % dossiers.count], body: body, to: ["x"], at: now)
          ])
        }
      }
    }
    let deliverers = nodes.indices.map { index in
      { @Sendable in try deliver(2 * perNode, of: hands, through: nodes[index], seed: index) }
    }
    try Crew.work(recorders + deliverers)
    #expect(try nodes[0].store.queue().isEmpty)
    for dossier in dossiers {
      let stored = try #require(try nodes[1].store.timeline(of: dossier, visibleTo: nil)).messages
        .flatMap(\.deliveries)
      #expect(stored.allSatisfy { $0.state == .delivered })
      #expect(hands.delivered[dossier] == stored.map(\.id), "out of order: \(dossier)")
    }
  }

  @Test("convoy-dedup-race-2747: take the same key at the same moment for one message")
  func sameKey() throws {
    let nodes = [try TestNode("a", on: database), try TestNode("b", on: database)]
    defer { nodes.forEach { $0.close() } }
    let keys = (0..<40).map { MessageKey("key \($0)", scope: $0 % 2 == 0 ? .always : .latest) }
    let receipts = Mutex<[String: [RecordedMessage]]>([:])
    try Crew.work(
      nodes.map { node in
        { @Sendable in
          for (index, key) in keys.enumerated() {
            let record = samples.message(DossierCode("D\(index)"), key: key, to: ["x"], at: now)
            guard case .recorded(let messages) = try node.store.recordAndWait([record]) else {
              return #expect(Bool(false), "the bytes are the same")
            }
            receipts.withLock { $0[key.text, default: []] += messages }
          }
        }
      })
    for (key, both) in receipts.withLock({ $0 }) {
      #expect(both.count == 2 && both[0].receipt == both[1].receipt, "\(key)")
      #expect(both.filter(\.isDuplicate).count == 1, "\(key)")
    }
    #expect(try nodes[0].store.queue().map(\.count) == [keys.count])
  }

  @Test("refuse other bytes under a key that the other gateway is just recording")
  func keyReused() throws {
    let nodes = [try TestNode("a", on: database), try TestNode("b", on: database)]
    defer { nodes.forEach { $0.close() } }
    let refused = Atomic<Int>(0)
    let count = 30
    try Crew.work(
      nodes.enumerated().map { index, node in
        { @Sendable in
          for number in 0..<count {
            let record = samples.message(
              DossierCode("D\(index)-\(number)"), body: "\(index)", key: MessageKey("key \(number)"), to: ["x"], at: now
            )
            if case .keyReused(at: 0) = try node.store.recordAndWait([record]) { refused.add(1, ordering: .relaxed) }
          }
        }
      })
    #expect(refused.load(ordering: .relaxed) == count)
    #expect(try nodes[0].store.queue().map(\.count) == [count])
  }

  @Test("know how many they are, share fairly, and notice when one leaves")
  func share() throws {
    let first = try TestNode("a", on: database)
    defer { first.close() }
    #expect(first.store.share == .whole)
    let second = try TestNode("b", on: database)
    #expect(second.store.share == StoreShare(rank: 1, count: 2))
    #expect(eventually { first.store.share == StoreShare(rank: 0, count: 2) ? true : nil } == true)
    second.close()
    #expect(eventually { first.store.share == .whole ? true : nil } == true)
  }

  @Test("wake each other when a commit makes deliveries ready")
  func notice() throws {
    let first = try TestNode("a", on: database)
    let second = try TestNode("b", on: database)
    defer {
      first.close()
      second.close()
    }
    let heard = Mutex<Set<PartyID>>([])
    second.store.observeReady { parties in heard.withLock { $0.formUnion(parties) } }
    #expect(eventually { first.store.share.count == 2 ? true : nil } == true)
    var number = 0
    // The other one's ear is open some time after its start.
    let woken: Bool? = try eventually {
      number += 1
      _ = try first.store.recordAndWait([samples.message(DossierCode("A\(number)"), to: ["x", "y"], at: now)])
      return heard.withLock { $0 } == ["x", "y"] ? true : nil
    }
    #expect(woken == true)
  }

  @Test(
    "svix-lease-shorter-than-timeout-2181: leave alone what one has in its hands for longer than a lease, while it lives"
  )
  func longRequest() throws {
    let sender = try TestNode("a", on: database, limits: TestNode.brief)
    let other = try TestNode("b", on: database, limits: TestNode.brief)
    defer {
      sender.close()
      other.close()
    }
    _ = try sender.store.recordAndWait([samples.message("A", to: ["x"], at: now)])
    let claim = try #require(try sender.store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: now)).first)
    let end = ContinuousClock.now + TestNode.brief.lease + .seconds(2)
    while ContinuousClock.now < end {
      #expect(try other.store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: now)).isEmpty)
      usleep(100_000)
    }
    _ = try sender.store.exchangeAndWait(
      DeliveryExchange(settlements: [settled(claim, .accepted(alreadyThere: false))], at: now))
    #expect(try other.store.message(claim.message)?.deliveries.map(\.state) == [.delivered])
  }

  @Test("take over from one that falls silent, whose late settlements change nothing, and which notices")
  func takeOver() throws {
    let late = try TestNode("a", on: database, limits: TestNode.brief)
    let other = try TestNode("b", on: database, limits: TestNode.brief)
    defer {
      late.close()
      other.close()
    }
    _ = try other.store.recordAndWait([samples.message("A", to: ["x"], at: now)])
    let claim = try #require(try late.store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: now)).first)
    #expect(try other.store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: now)).isEmpty)
    try late.cutOff()
    let refused = #expect(throws: StoreError.self) {
      try late.store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: now))
    }
    #expect(refused?.code == .unavailable)

    let again = try #require(
      try eventually { try other.store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: now)).first })
    #expect(again.id == claim.id && again.key == claim.key && again.attempt == 2 && again.epoch != claim.epoch)

    try late.letIn()
    let accepted = settled(claim, .accepted(alreadyThere: false))
    // It may find the database before it has noticed that it was given up, and is then told so.
    let written: Bool? = eventually {
      (try? late.store.exchangeAndWait(DeliveryExchange(settlements: [accepted], at: now))) == nil ? nil : true
    }
    #expect(written == true)
    #expect(try other.store.message(claim.message)?.deliveries.map(\.state) == [.inFlight])
    _ = try other.store.exchangeAndWait(
      DeliveryExchange(settlements: [settled(again, .accepted(alreadyThere: false))], at: now))
    #expect(try late.store.message(claim.message)?.deliveries.map(\.state) == [.delivered])

    _ = try late.store.recordAndWait([samples.message("B", to: ["x"], at: now)])
    let fresh = try #require(try late.store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: now)).first)
    #expect(fresh.epoch != claim.epoch && fresh.epoch != again.epoch, "it goes on under an epoch of its own")
  }

  /// Nobody here counts anybody as gone for two minutes, so what comes back sooner comes from the place.
  @Test("get back at once what one held that was killed when it starts anew at its place, and fence what it says")
  func samePlace() throws {
    let killed = try TestNode("a", on: database, place: "1")
    let neighbour = try TestNode("b", on: database, place: "2")
    defer {
      killed.close()
      neighbour.close()
    }
    _ = try killed.store.recordAndWait([samples.message("A", to: ["x"], at: now)])
    let claim = try #require(try killed.store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: now)).first)
    _ = try killed.store.recordAndWait([samples.message("B", to: ["x"], at: now)])
    let others = try #require(try neighbour.store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: now)).first)

    let elsewhere = try TestNode("c", on: database, place: "3")
    defer { elsewhere.close() }
    let nowhere = try TestNode("d", on: database)
    defer { nowhere.close() }
    for node in [elsewhere, nowhere] {
      #expect(try node.store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: now)).isEmpty, "it may be alive")
    }
    let anew = try TestNode("e", on: database, place: "1")
    defer { anew.close() }
    let again = try anew.store.exchangeAndWait(DeliveryExchange(claims: ["x": 9], at: now))
    #expect(again.map(\.id) == [claim.id] && again[0].key == claim.key && again[0].mayHaveArrived)
    #expect(again[0].attempt == 2 && again[0].epoch > others.epoch)

    // The old one was not dead after all, as when its folder was copied: nothing that it says counts any more.
    _ = try? killed.store.exchangeAndWait(
      DeliveryExchange(settlements: [settled(claim, .accepted(alreadyThere: false))], at: now))
    #expect(try anew.store.message(claim.message)?.deliveries.map(\.state) == [.inFlight])
    _ = try neighbour.store.exchangeAndWait(
      DeliveryExchange(settlements: [settled(others, .accepted(alreadyThere: false))], at: now))
    _ = try anew.store.exchangeAndWait(
      DeliveryExchange(settlements: [settled(again[0], .accepted(alreadyThere: false))], at: now))
    #expect(try neighbour.store.queue().isEmpty, "what the neighbour held stayed its own")
  }

  @Test("get back at once what one held that was stopped in order")
  func orderlyStop() throws {
    let stopped = try TestNode("a", on: database)
    _ = try stopped.store.recordAndWait([samples.message("A", to: ["x"], at: now)])
    let claim = try #require(try stopped.store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: now)).first)
    stopped.close()
    let next = try TestNode("b", on: database)
    defer { next.close() }
    #expect(try next.store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: now)).map(\.id) == [claim.id])
  }

  @Test("get back what one held that is gone, also when each that starts is gone sooner than a lease")
  func crashLoop() throws {
    let first = try TestNode("a", on: database, limits: TestNode.brief)
    _ = try first.store.recordAndWait([samples.message("A", to: ["x"], at: now)])
    let claim = try #require(try first.store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: now)).first)
    try first.cutOff()
    var gone = [first]
    defer { gone.forEach { $0.close() } }
    var again: ClaimedDelivery?
    for number in 1...30 where again == nil {
      let node = try TestNode("b\(number)", on: database, limits: TestNode.brief)
      gone.append(node)
      let end = ContinuousClock.now + .seconds(1)
      while again == nil, ContinuousClock.now < end {
        again = try node.store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: now)).first
        usleep(50_000)
      }
      try node.cutOff()
    }
    #expect(again?.id == claim.id && again?.attempt == 2)
  }

  @Test("leave alone what one holds that was away for less than its lease, and it settles when it is back")
  func shortAbsence() throws {
    let node = try TestNode("a", on: database)
    let other = try TestNode("b", on: database)
    defer {
      node.close()
      other.close()
    }
    _ = try other.store.recordAndWait([samples.message("A", to: ["x"], at: now)])
    let claim = try #require(try node.store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: now)).first)
    try node.cutOff()
    #expect(throws: StoreError.self) { try node.store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: now)) }
    try node.letIn()
    let accepted = settled(claim, .accepted(alreadyThere: false))
    let written: Bool? = eventually {
      (try? node.store.exchangeAndWait(DeliveryExchange(settlements: [accepted], at: now))) == nil ? nil : true
    }
    #expect(written == true)
    #expect(try other.store.message(claim.message)?.deliveries.map(\.state) == [.delivered])
  }

  @Test("give an operator's order on one stream and a recording on it an order: no delivery is left waiting for nobody")
  func orders() throws {
    let nodes = [try TestNode("a", on: database), try TestNode("b", on: database)]
    defer { nodes.forEach { $0.close() } }
    for round in 0..<25 {
      let dossier = DossierCode("R\(round)")
      _ = try nodes[0].store.recordAndWait([samples.message(dossier, body: "1", to: ["x"], at: now)])
      try Crew.work([
        {
          let order = OperatorOrder(
            .cancel, DeliverySelection(dossier: dossier), actor: "operator:lan", reason: "thử", at: now)
          _ = try nodes[0].store.carryOutAndWait(order)
        },
        {
          _ = try nodes[1].store.recordAndWait([samples.message(dossier, body: "2", to: ["x"], at: now)])
        },
      ])
      let states = try #require(try nodes[0].store.timeline(of: dossier, visibleTo: nil)).messages
        .flatMap(\.deliveries).map(\.state)
      #expect(states[0] == .cancelled && (states[1] == .ready || states[1] == .cancelled), "round \(round): \(states)")
    }
  }
}
