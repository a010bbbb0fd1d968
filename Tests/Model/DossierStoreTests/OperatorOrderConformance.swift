import DossierModel
import DossierStore
import GatewayTesting
import ServiceKit
import Testing

@Suite("An operator's order", .timeLimit(.minutes(2)))
struct OperatorOrderConformance {
  let place = StorePlace()
  let samples = SampleMessages()
  let t0 = Timestamp(seconds: 1_800_000_000)

  private func order(
    _ action: OperatorOrder.Action, _ selection: DeliverySelection, after seconds: Int = 10
  ) -> OperatorOrder {
    OperatorOrder(action, selection, actor: "operator:lan", reason: "thử", at: t0 + .seconds(seconds))
  }

  /// The deliveries of a dossier in order of creation.
  private func deliveries(_ store: some DossierStore, _ dossier: DossierCode) throws -> [StoredDelivery] {
    try #require(try store.timeline(of: dossier, visibleTo: nil)).messages.flatMap(\.deliveries)
  }

  private func states(_ store: some DossierStore, _ dossier: DossierCode) throws -> [DeliveryState] {
    try deliveries(store, dossier).map(\.state)
  }

  /// `next`: seconds after the start at which it may be tried again; nil makes what failed dead.
  private func settle(
    _ claimed: ClaimedDelivery, _ outcome: DeliveryOutcome, next: Int? = nil, in store: some DossierStore,
    after seconds: Int,
  ) throws {
    let end = t0 + .seconds(seconds)
    let settlement = Settlement(
      delivery: claimed.id, epoch: claimed.epoch, outcome: outcome, nextAttemptAt: next.map { t0 + .seconds($0) },
      startedAt: t0, endedAt: end)
    _ = try store.exchangeAndWait(DeliveryExchange(settlements: [settlement], at: end))
  }

  private func claim(_ store: some DossierStore, after seconds: Int = 20) throws -> [ClaimedDelivery] {
    try store.exchangeAndWait(DeliveryExchange(claims: ["x": 10], at: t0 + .seconds(seconds)))
  }

  @Test(
    "holds what is ready, so that it and its successors stay, and lets it go again", arguments: StoreEngine.allCases)
  func holdAndRelease(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    for body in ["1", "2"] { _ = try store.recordAndWait([samples.message("A", body: body, to: ["x"], at: t0)]) }
    let first = try deliveries(store, "A")[0].id
    let held = try store.carryOutAndWait(order(.hold, DeliverySelection(delivery: first)))
    #expect(held.items.map(\.result) == [.moved(to: .held)] && held.next == nil)
    #expect(try states(store, "A") == [.held, .waiting])
    #expect(try claim(store).isEmpty)
    _ = try store.carryOutAndWait(order(.release, DeliverySelection(destination: "x", state: .held)))
    #expect(try states(store, "A") == [.ready, .waiting])
    #expect(try claim(store).map(\.id) == [first])
  }

  @Test("releases a delivery behind an earlier one that is not done, never past it", arguments: StoreEngine.allCases)
  func releaseKeepsOrder(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    for body in ["1", "2"] { _ = try store.recordAndWait([samples.message("A", body: body, to: ["x"], at: t0)]) }
    let second = try deliveries(store, "A")[1].id
    _ = try store.carryOutAndWait(order(.hold, DeliverySelection(delivery: second)))
    let released = try store.carryOutAndWait(order(.release, DeliverySelection(delivery: second)))
    #expect(released.items.map(\.result) == [.moved(to: .waiting)])
    #expect(try states(store, "A") == [.ready, .waiting])
  }

  @Test("cancels a delivery and makes its successor ready, which is announced", arguments: StoreEngine.allCases)
  func cancel(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    for body in ["1", "2"] { _ = try store.recordAndWait([samples.message("A", body: body, to: ["x"], at: t0)]) }
    let announced = Awaited<Set<PartyID>>()
    store.observeReady { announced.bring($0) }
    _ = try store.carryOutAndWait(order(.cancel, DeliverySelection(delivery: try deliveries(store, "A")[0].id)))
    #expect(try states(store, "A") == [.cancelled, .ready])
    #expect(announced.get() == ["x"])
  }

  @Test("makes a deferred delivery due at once and leaves its state", arguments: StoreEngine.allCases)
  func flush(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([samples.message("A", to: ["x"], at: t0)])
    let claimed = try #require(try claim(store, after: 1).first)
    try settle(claimed, .postponed(.connect, notBefore: nil), next: 4_000, in: store, after: 2)
    #expect(try claim(store, after: 5).isEmpty)
    let flushed = try store.carryOutAndWait(order(.flush, DeliverySelection(failure: .connect)))
    #expect(flushed.items.map(\.result) == [.moved(to: .deferred)])
    #expect(try claim(store).map(\.id) == [claimed.id])
  }

  @Test("lets a dead delivery go again, and nothing that is finished", arguments: StoreEngine.allCases)
  func releaseDead(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([samples.message("A", to: ["x"], at: t0)])
    let claimed = try #require(try claim(store, after: 1).first)
    try settle(claimed, .postponed(.serverError, notBefore: nil), in: store, after: 2)
    #expect(try states(store, "A") == [.dead])
    let released = try store.carryOutAndWait(order(.release, DeliverySelection(state: .dead)))
    #expect(released.items.map(\.result) == [.moved(to: .ready)])
    let again = try #require(try claim(store).first)
    try settle(again, .accepted(alreadyThere: false), in: store, after: 30)
    #expect(try states(store, "A") == [.delivered])
    for action in OperatorOrder.Action.allCases {
      #expect(try store.carryOutAndWait(order(action, DeliverySelection(delivery: claimed.id))).items.isEmpty)
    }
  }

  @Test("changes nothing it does not apply to and says so", arguments: StoreEngine.allCases)
  func notApplicable(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([samples.message("A", to: ["x"], at: t0)])
    let before = try #require(try store.timeline(of: "A", visibleTo: nil)).entries.count
    for action in [OperatorOrder.Action.release, .flush] {
      let report = try store.carryOutAndWait(order(action, DeliverySelection(dossier: "A")))
      #expect(report.items.map(\.result) == [.notApplicable])
    }
    _ = try claim(store)
    let report = try store.carryOutAndWait(order(.cancel, DeliverySelection(dossier: "A")))
    #expect(report.items.map(\.result) == [.notApplicable], "what is being sent cannot be taken back")
    #expect(try #require(try store.timeline(of: "A", visibleTo: nil)).entries.count == before + 1)
  }

  @Test("never lets go what was not translated: there is nothing to send", arguments: StoreEngine.allCases)
  func untranslated(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    var record = samples.message("A", to: ["x"], at: t0, held: "a code has no row")
    record.deliveries[0].payload = []
    _ = try store.recordAndWait([record])
    let report = try store.carryOutAndWait(order(.release, DeliverySelection(dossier: "A")))
    #expect(report.items.map(\.result) == [.untranslated])
    #expect(try states(store, "A") == [.held])
    _ = try store.carryOutAndWait(order(.cancel, DeliverySelection(dossier: "A")))
    #expect(try states(store, "A") == [.cancelled])
  }

  @Test("what was not translated is found, gets its bytes once, and goes in its turn", arguments: StoreEngine.allCases)
  func supply(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    var ids: [DeliveryID] = []
    for body in ["1", "2"] {
      var record = samples.message("A", body: body, to: ["x"], at: t0, held: "a code has no row")
      record.deliveries[0].payload = []
      _ = try store.recordAndWait([record])
    }
    _ = try store.recordAndWait([samples.message("B", to: ["x"], at: t0, held: "an operator")])
    let outputs = try store.heldOutputs(after: nil, limit: 10)
    ids = outputs.map(\.delivery)
    #expect(try ids == deliveries(store, "A").map(\.id), "B has its bytes")
    #expect(outputs.allSatisfy { $0.destination == "x" && $0.type == "mau/thu" })
    #expect(try store.heldOutputs(after: nil, limit: 1).map(\.delivery) == [ids[0]])
    #expect(try store.heldOutputs(after: ids[0], limit: 10).map(\.delivery) == [ids[1]])

    #expect(try store.supplyAndWait([2], to: ids[1], at: t0))
    #expect(try states(store, "A") == [.held, .waiting], "the earlier one has not gone yet")
    #expect(try store.supplyAndWait([1], to: ids[0], at: t0))
    #expect(try !store.supplyAndWait([9], to: ids[0], at: t0), "it has its bytes")
    #expect(try states(store, "A") == [.ready, .waiting])
    #expect(try claim(store).map(\.payload) == [[1]])
    #expect(try store.heldOutputs(after: nil, limit: 10).isEmpty)
  }

  @Test("stands in the journal of each delivery with its name and its reason", arguments: StoreEngine.allCases)
  func journalled(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([samples.message("A", to: ["x"], at: t0)])
    _ = try store.carryOutAndWait(order(.hold, DeliverySelection(dossier: "A")))
    let entry = try #require(try store.timeline(of: "A", visibleTo: nil)?.entries.last)
    #expect(entry.event == "held" && entry.from == .ready && entry.to == .held)
    #expect(entry.actor == "operator:lan" && entry.note == "thử" && entry.at == t0 + .seconds(10))
  }

  @Test("takes as many as its limit and says where to go on", arguments: StoreEngine.allCases)
  func pages(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let count = OperatorOrder.limit + 1
    _ = try store.recordAndWait((0..<count).map { samples.message(DossierCode("A\($0)"), to: ["x"], at: t0) })
    let first = try store.carryOutAndWait(order(.hold, DeliverySelection(destination: "x")))
    #expect(first.items.count == OperatorOrder.limit)
    let second = try store.carryOutAndWait(
      order(.hold, DeliverySelection(destination: "x", after: first.next)))
    #expect(second.items.count == 1 && second.next == nil)
    #expect(try store.queue().map(\.state) == [.held])
    let exact = try store.carryOutAndWait(
      order(.cancel, DeliverySelection(destination: "x", after: first.items[0].delivery)))
    #expect(exact.items.count == OperatorOrder.limit && exact.next == nil)
  }

  @Test("means only what it names", arguments: StoreEngine.allCases)
  func selects(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([
      samples.message("A", to: ["x", "y"], at: t0), samples.message("B", to: ["x"], at: t0),
    ])
    let report = try store.carryOutAndWait(
      order(.hold, DeliverySelection(destination: "x", dossier: "A", state: .ready)))
    #expect(report.items.map(\.destination) == ["x"] && report.items.map(\.dossier) == ["A"])
    #expect(try states(store, "A") == [.held, .ready])
    #expect(try states(store, "B") == [.ready])
  }

  @Test("ages of the queue are counted by destination, at the bounds as well", arguments: StoreEngine.allCases)
  func ages(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    for (index, seconds) in [0, 1, 299, 300, 301, 7_200].enumerated() {
      let created = t0 + .seconds(10_000 - seconds)
      _ = try store.recordAndWait([samples.message(DossierCode("A\(index)"), to: ["x"], at: created)])
    }
    let rows = try store.queueAges(minutes: [5, 10], at: t0 + .seconds(10_000))
    #expect(rows.map(\.destination) == ["x"] && rows.map(\.counts) == [[3, 2, 1]])
  }

  @Test("why a delivery waits is told with what stands before it", arguments: StoreEngine.allCases)
  func standing(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    for body in ["1", "2"] { _ = try store.recordAndWait([samples.message("A", body: body, to: ["x"], at: t0)]) }
    let ids = try deliveries(store, "A").map(\.id)
    let second = try #require(try store.standing(of: ids[1]))
    #expect(second.delivery.state == .waiting && second.predecessor?.id == ids[0] && second.dossier == "A")
    #expect(try #require(try store.standing(of: ids[0])).predecessor == nil)
    #expect(second.place == nil, "it is not ready")
    #expect(try store.standing(of: DeliveryID(99)) == nil)

    for number in 0..<4 { _ = try store.recordAndWait([samples.message(DossierCode("B\(number)"), to: ["x"], at: t0)]) }
    let last = try #require(try deliveries(store, "B3").first)
    #expect(try store.standing(of: last.id)?.place == QueuePlace(ahead: 4, failed: 0))
    #expect(try store.standing(of: ids[0])?.place == QueuePlace(ahead: 0, failed: 0))
    let claimed = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 2], at: t0))
    for claim in claimed {
      _ = try store.exchangeAndWait(
        DeliveryExchange(
          settlements: [
            Settlement(
              delivery: claim.id, epoch: claim.epoch, outcome: .postponed(.connect, notBefore: nil),
              nextAttemptAt: t0 + .seconds(60), startedAt: t0, endedAt: t0)
          ], at: t0))
    }
    #expect(try store.standing(of: last.id)?.place == QueuePlace(ahead: 2, failed: 2, failure: .connect))
  }

  @Test("where all that is ready stands is told at once as it is told one by one", arguments: StoreEngine.allCases)
  func places(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    #expect(try store.places(towards: "x").ahead.isEmpty)
    for number in 0..<9 {
      var record = samples.message(DossierCode("A\(number)"), to: ["x", "y"], at: t0 + .seconds(-number))
      record.isBulk = number % 3 == 0
      _ = try store.recordAndWait([record])
    }
    _ = try store.recordAndWait([samples.message("A1", body: "2", to: ["x"], at: t0)])
    let claim = try #require(try store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: t0)).first)
    let failed = Settlement(
      delivery: claim.id, epoch: claim.epoch, outcome: .postponed(.connect, notBefore: nil),
      nextAttemptAt: t0 + .seconds(60), startedAt: t0, endedAt: t0)
    _ = try store.exchangeAndWait(DeliveryExchange(settlements: [failed], at: t0))

    let places = try store.places(towards: "x")
    #expect(places.ahead.count == 8 && places.failed == 1)
    for id in places.ahead.keys {
      let alone = try #require(try store.standing(of: id)?.place)
      #expect(places[id] == alone, "\(id)")
    }
    #expect(places.ahead.values.sorted() == [0, 0, 1, 1, 2, 2, 3, 4], "each lane for itself")
    #expect(
      places[DeliveryID(999)] == QueuePlace(ahead: 8, failed: 1, failure: .connect),
      "what is ready since then is behind them")
  }

  @Test("groups what waits for an operator by why, and lets one group go", arguments: StoreEngine.allCases)
  func groups(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait((0..<5).map { samples.message(DossierCode("A\($0)"), to: ["x"], at: t0) })
    _ = try store.recordAndWait([samples.message("H", to: ["x"], at: t0 + .seconds(1), held: "mã chưa có")])
    for (index, delivery) in try claim(store).enumerated() {
      let failure: FailureClass = index < 3 ? .connect : .serverError
      try settle(delivery, .postponed(failure, notBefore: nil), in: store, after: 30)
    }
    let groups = try store.failureGroups(of: nil)
    #expect(groups.map(\.count) == [3, 2, 1])
    #expect(groups.map(\.state) == [.dead, .dead, .held])
    #expect(groups.map(\.failure) == [.connect, .serverError, nil] && groups[2].note == "mã chưa có")
    #expect(Set(groups.map(\.fingerprint)).count == 3 && groups.allSatisfy { $0.fingerprint.utf8.count == 8 })
    #expect(try store.failureGroups(of: "y").isEmpty)
    #expect(try store.standings(groups[1].selection, limit: 10).map(\.dossier.text) == ["A3", "A4"])
    #expect(try store.standings(groups[2].selection, limit: 10).map(\.dossier.text) == ["H"])
    let released = try store.carryOutAndWait(order(.release, groups[1].selection, after: 40))
    #expect(released.items.map(\.result) == [.moved(to: .ready), .moved(to: .ready)])
    #expect(try store.failureGroups(of: "x").map(\.count) == [3, 1])
  }

  @Test(
    "sends what is done once more, with the stored bytes or others, under a new key and in its dossier's turn",
    arguments: StoreEngine.allCases)
  func resend(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let first = samples.message("A", body: "1", to: ["x"], at: t0)
    _ = try store.recordAndWait([first])
    func resend(_ payload: [UInt8]? = nil, to destination: PartyID = "x", after seconds: Int) throws -> ResendOutcome {
      try store.resendAndWait(
        ResendOrder(
          first.envelope.id, to: destination, payload: payload, note: payload.map { _ in "out/2 cut" },
          actor: "operator:lan",
          reason: "đối tác làm mất", at: t0 + .seconds(seconds)))
    }
    let open = try deliveries(store, "A")[0]
    #expect(try resend(after: 1) == .stillOpen(open.id, .ready))
    #expect(try resend(to: "y", after: 1) == .noDelivery)
    let sent = try #require(try claim(store).first)
    try settle(sent, .accepted(alreadyThere: false), in: store, after: 21)
    guard case .queued(let again, .ready) = try resend(after: 30) else {
      Issue.record("a message that is done can be sent once more")
      return
    }
    #expect(try resend(after: 31) == .stillOpen(again, .ready))
    let second = try #require(try claim(store, after: 32).first)
    #expect(second.id == again && second.payload == sent.payload && second.key != sent.key && second.attempt == 1)
    try settle(second, .refused, in: store, after: 33)
    _ = try store.recordAndWait([samples.message("A", body: "2", to: ["x"], at: t0 + .seconds(34))])
    guard case .queued(let third, .waiting) = try resend(Array("mới".utf8), after: 35) else {
      Issue.record("behind what is open it waits")
      return
    }
    let newer = try #require(try claim(store, after: 36).first)
    try settle(newer, .accepted(alreadyThere: false), in: store, after: 37)
    let last = try #require(try claim(store, after: 38).first)
    #expect(last.id == third && last.payload == Array("mới".utf8))
    let story = try #require(try store.timeline(of: "A", visibleTo: nil)).entries.filter { $0.event == "resent" }
    #expect(story.map(\.actor) == ["operator:lan", "operator:lan"])
    #expect(story.map(\.delivery) == [again, third])
    #expect(
      story.map(\.note) == [
        "stored bytes of \(sent.id): đối tác làm mất",
        "translated anew instead of \(again): đối tác làm mất; out/2 cut",
      ])
  }
}
