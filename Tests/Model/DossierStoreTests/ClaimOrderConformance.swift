import DossierModel
import DossierStore
import GatewayTesting
import ServiceKit
import Testing

@Suite("Deliveries of one destination are claimed", .timeLimit(.minutes(2)))
struct ClaimOrderConformance {
  let place = StorePlace()
  let samples = SampleMessages()
  let t0 = Timestamp(seconds: 1_800_000_000)

  private func message(
    _ dossier: DossierCode, deadline days: Int? = nil, isBulk: Bool = false, after: Duration = .zero
  ) -> MessageRecord {
    var record = samples.message(dossier, to: ["x"], at: t0 + after)
    record.fields.appointedAt = days.map { t0 + .seconds($0 * 86_400) }
    record.isBulk = isBulk
    return record
  }

  private func dossiers(_ claimed: [ClaimedDelivery]) -> [String] { claimed.map(\.dossier.text) }

  @Test(
    "by their legal deadline; one without a deadline is passed for five days and not for ever",
    arguments: StoreEngine.allCases)
  func deadlines(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([
      message("A", deadline: 15), message("B"), message("C", deadline: 1), message("D", deadline: -3),
      message("E", deadline: 4), message("F", deadline: 6), message("G", deadline: 1),
    ])
    let first = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 3], at: t0))
    #expect(dossiers(first) == ["D", "C", "G"], "of one deadline the older one goes first")
    let rest = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 9], at: t0))
    #expect(dossiers(rest) == ["E", "B", "F", "A"])
  }

  @Test(
    "in their dossier's order first: an urgent update does not pass the one before it", arguments: StoreEngine.allCases)
  func order(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([message("A", deadline: 20)])
    _ = try store.recordAndWait([message("A", deadline: -1, after: .seconds(1)), message("B", deadline: 10)])
    let claimed = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 9], at: t0 + .seconds(2)))
    #expect(dossiers(claimed) == ["B", "A"])
    #expect(claimed.allSatisfy { $0.attempt == 1 })
  }

  @Test("a few of a bulk job for many single ones, whatever came first", arguments: StoreEngine.allCases)
  func bulk(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait((0..<50).map { message(DossierCode("B\($0)"), deadline: -9, isBulk: true) })
    _ = try store.recordAndWait((0..<20).map { message(DossierCode("S\($0)"), after: .seconds(1)) })
    let claimed = dossiers(try store.exchangeAndWait(DeliveryExchange(claims: ["x": 10], at: t0 + .seconds(2))))
    #expect(claimed.count { $0.hasPrefix("S") } == 8)
    #expect(claimed.count { $0.hasPrefix("B") } == 2)
    var turn = 10
    var singles = 8
    while singles < 20 {
      let next = try store.exchangeAndWait(
        DeliveryExchange(claims: ["x": ClaimRequest(1, turn: turn)], at: t0 + .seconds(2)))
      turn += next.count
      singles += dossiers(next).count { $0.hasPrefix("S") }
    }
    #expect(turn <= 26, "twenty single dossiers wait for six of the job, not for fifty")
  }

  @Test("what is tried again and what is new by turns", arguments: StoreEngine.allCases)
  func retries(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait((0..<20).map { message(DossierCode("R\($0)"), deadline: -9) })
    let failed = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 20], at: t0)).map { claim in
      Settlement(
        delivery: claim.id, epoch: claim.epoch, outcome: .postponed(.connect, notBefore: nil),
        nextAttemptAt: t0 + .seconds(5), startedAt: t0, endedAt: t0)
    }
    _ = try store.exchangeAndWait(DeliveryExchange(settlements: failed, at: t0))
    _ = try store.recordAndWait((0..<20).map { message(DossierCode("N\($0)"), after: .seconds(4)) })
    let early = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 2], at: t0 + .seconds(4)))
    #expect(dossiers(early).allSatisfy { $0.hasPrefix("N") }, "what is not due is not claimed")
    #expect(try store.nextDue(for: "x").map { $0 <= t0 + .seconds(4) } == true)
    let claimed = dossiers(try store.exchangeAndWait(DeliveryExchange(claims: ["x": 10], at: t0 + .seconds(5))))
    #expect(claimed.count { $0.hasPrefix("N") } == 6)
    #expect(claimed.count { $0.hasPrefix("R") } == 4)
  }

  @Test(
    "for a deliverer that says what it has in its hands: what else it claimed is given back",
    arguments: StoreEngine.allCases)
  func inHand(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait((0..<3).map { message(DossierCode("A\($0)")) })
    let claimed = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 3], at: t0))
    var exchange = DeliveryExchange(at: t0 + .seconds(1))
    exchange.inHand = [claimed[1].id]
    #expect(try store.exchangeAndWait(exchange).isEmpty)
    let again = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 3], at: t0 + .seconds(2)))
    #expect(dossiers(again) == ["A0", "A2"] && again.allSatisfy { $0.attempt == 2 })
  }

  /// Deliveries of 100 bytes each.
  private func hundred(_ dossier: DossierCode, isBulk: Bool = false) -> MessageRecord {
    var record = samples.message(dossier, body: String(repeating: "a", count: 95), to: ["x"], at: t0)
    record.isBulk = isBulk
    return record
  }

  @Test(
    "until they have as many bytes as were asked for; the one that goes beyond is the last",
    arguments: StoreEngine.allCases)
  func bytes(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait((0..<20).map { hundred(DossierCode("A\($0)")) })
    func claim(_ bytes: Int) throws -> [ClaimedDelivery] {
      try store.exchangeAndWait(DeliveryExchange(claims: ["x": ClaimRequest(9, bytes: bytes)], at: t0))
    }
    #expect(try claim(300).count == 3)
    #expect(try claim(301).count == 4)
    let one = try claim(1)
    #expect(one.map(\.dossier.text) == ["A7"], "however large it is, one is taken")
    #expect(one[0].payload == Array((String(repeating: "a", count: 95) + " -> x").utf8))
    #expect(try claim(1_000_000).count == 9, "the number holds as well")
    #expect(try store.queue().first { $0.state == .ready }?.count == 3, "what was not claimed stays ready")
  }

  @Test("of every lane a share, also where bytes are what ends a claim", arguments: StoreEngine.allCases)
  func bytesOfLanes(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait((0..<20).map { hundred(DossierCode("B\($0)"), isBulk: true) })
    _ = try store.recordAndWait((0..<20).map { hundred(DossierCode("S\($0)")) })
    let claimed = try store.exchangeAndWait(
      DeliveryExchange(claims: ["x": ClaimRequest(20, bytes: 1_000)], at: t0))
    #expect(dossiers(claimed).count { $0.hasPrefix("S") } == 8)
    #expect(dossiers(claimed).count { $0.hasPrefix("B") } == 2)
  }

  @Test(
    "by an agency that pulls until they have as many bytes as it is given at a time", arguments: StoreEngine.allCases)
  func inboxBytes(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let quarter = SQLDossierStore.inboxBytes / 4
    for number in 0..<6 {
      var record = samples.message(DossierCode("A\(number)"), body: "", to: ["x"], at: t0)
      record.deliveries[0].payload = [UInt8](repeating: 0x61, count: quarter)
      _ = try store.recordAndWait([record])
    }
    let first = try store.fetchInboxAndWait(of: "x", limit: 6, at: t0)
    #expect(dossiers(first) == ["A0", "A1", "A2", "A3"])
    #expect(first.allSatisfy { $0.payload.count == quarter })
    #expect(try store.queue().first { $0.state == .ready }?.count == 2, "what was not given is still ready")
    _ = try store.acknowledgeAndWait(first[0].id, by: "x", at: t0)
    #expect(dossiers(try store.fetchInboxAndWait(of: "x", limit: 6, at: t0)) == ["A1", "A2", "A3", "A4"])
  }
}
