import DossierModel
import DossierStore
import GatewayTesting
import ServiceKit
import Testing

@Suite("A dossier store", .timeLimit(.minutes(2)))
struct DossierStoreConformance {
  let place = StorePlace()
  let samples = SampleMessages()
  let t0 = Timestamp(seconds: 1_800_000_000)

  func receipts(_ outcome: RecordingOutcome) throws -> [RecordedMessage] {
    guard case .recorded(let messages) = outcome else {
      throw StoreError(code: .internal, message: "a key was reported as used before")
    }
    return messages
  }

  @Test("gives a receipt for what it recorded and finds it again, byte for byte", arguments: StoreEngine.allCases)
  func records(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let record = samples.message("H99.14-260101-0001", body: "Đơn đề nghị", to: ["so-xay-dung", "cong"], at: t0)
    let receipt = try receipts(try store.recordAndWait([record]))[0]
    #expect(!receipt.isDuplicate)
    #expect(receipt.receipt.digest == MessageDigest(of: Array("Đơn đề nghị".utf8)))
    let found = try #require(try store.message(receipt.receipt.id))
    #expect(found.fields == record.fields)
    #expect(found.envelope.sender == "mot-cua" && found.envelope.receivedAt == t0 && found.bytes == record.body.count)
    #expect(found.deliveries.map(\.destination) == ["so-xay-dung", "cong"])
    #expect(found.deliveries.allSatisfy { $0.state == .ready && $0.due == t0 && $0.attempts == 0 })
    #expect(try store.body(of: receipt.receipt.id) == record.body)
  }

  @Test(
    "answers the same message under the same key with the first receipt and stores nothing new",
    arguments: StoreEngine.allCases)
  func duplicate(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let key = MessageKey("key 1")
    let first = try receipts(try store.recordAndWait([samples.message("A", key: key, to: ["x"], at: t0)]))[0]
    let again = try receipts(
      try store.recordAndWait([samples.message("A", key: key, to: ["x"], at: t0 + .seconds(60))]))[0]
    #expect(again.isDuplicate)
    #expect(again.receipt == first.receipt)
    #expect(try store.queue().map(\.count) == [1])
  }

  @Test("refuses other bytes under a used key, and records none of that request", arguments: StoreEngine.allCases)
  func keyReused(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let key = MessageKey("key 1")
    _ = try store.recordAndWait([samples.message("A", key: key, to: ["x"], at: t0)])
    let outcome = try store.recordAndWait([
      samples.message("B", to: ["x"], at: t0), samples.message("A", body: "khac", key: key, to: ["x"], at: t0),
    ])
    guard case .keyReused(at: 1) = outcome else { return #expect(Bool(false), "got \(outcome)") }
    #expect(try store.timeline(of: "B", visibleTo: nil) == nil)
  }

  @Test("lets two senders use the same key for different messages", arguments: StoreEngine.allCases)
  func keysAreTheSenders(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let key = MessageKey("key 1")
    _ = try store.recordAndWait([samples.message("A", key: key, to: ["x"], at: t0)])
    let other = SampleMessages(sender: "mot-cua-khac").message("B", body: "khac", key: key, to: ["x"], at: t0)
    #expect(try !receipts(try store.recordAndWait([other]))[0].isDuplicate)
  }

  @Test(
    "takes equal bytes for a duplicate only of the dossier's latest message: a status may go 4, 5 and 4 again",
    arguments: StoreEngine.allCases)
  func latestScope(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    func send(_ body: String) throws -> Bool {
      let key = MessageKey("sha256 \(MessageDigest(of: Array(body.utf8)))", scope: .latest)
      return try receipts(
        try store.recordAndWait([samples.message("A", body: body, key: key, to: ["x"], at: t0)]))[0].isDuplicate
    }
    #expect(try !send("4"))
    #expect(try send("4"))
    #expect(try !send("5"))
    #expect(try !send("4"))
    #expect(try send("4"))
  }

  @Test(
    "keeps the order of a dossier's messages to one destination, and mixes nothing else",
    arguments: StoreEngine.allCases)
  func orderPerStream(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    for (dossier, body) in [("A", "1"), ("A", "2"), ("B", "1")] {
      _ = try store.recordAndWait([samples.message(DossierCode(dossier), body: body, to: ["x"], at: t0)])
    }
    let claimed = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 10], at: t0))
    #expect(claimed.map { String(decoding: $0.payload, as: UTF8.self) } == ["1 -> x", "1 -> x"])
    #expect(claimed.map(\.dossier) == ["A", "B"])
    let done = Settlement(
      delivery: claimed[0].id, epoch: claimed[0].epoch, outcome: .accepted(alreadyThere: false), startedAt: t0,
      endedAt: t0 + .seconds(1), status: 200, answer: Array("OK".utf8))
    let next = try store.exchangeAndWait(
      DeliveryExchange(settlements: [done], claims: ["x": 10], at: t0 + .seconds(1)))
    #expect(next.map { String(decoding: $0.payload, as: UTF8.self) } == ["2 -> x"])
  }

  @Test("claims no delivery twice, and what is ready also when the clock was set back", arguments: StoreEngine.allCases)
  func claims(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([samples.message("A", to: ["x"], at: t0 + .seconds(10))])
    #expect(try store.nextDue(for: "x") == t0 + .seconds(10))
    #expect(try store.exchangeAndWait(DeliveryExchange(claims: ["x": 10], at: t0)).count == 1)
    #expect(try store.exchangeAndWait(DeliveryExchange(claims: ["x": 10], at: t0 + .seconds(10))).isEmpty)
    #expect(try store.nextDue(for: "x") == nil)
  }

  @Test(
    "defers, counts attempts, keeps the reason and hands the delivery out again when it is due",
    arguments: StoreEngine.allCases)
  func deferred(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let receipt = try receipts(try store.recordAndWait([samples.message("A", to: ["x"], at: t0)]))[0].receipt
    let first = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: t0))[0]
    #expect(first.attempt == 1)
    let settlement = Settlement(
      delivery: first.id, epoch: first.epoch, outcome: .postponed(.connect, notBefore: nil),
      nextAttemptAt: t0 + .seconds(5), startedAt: t0, endedAt: t0, note: "connection refused")
    _ = try store.exchangeAndWait(DeliveryExchange(settlements: [settlement], at: t0))
    let stored = try #require(try store.message(receipt.id)).deliveries[0]
    #expect(stored.state == .deferred && stored.due == t0 + .seconds(5) && stored.lastFailure == .connect)
    #expect(try store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: t0 + .seconds(4))).isEmpty)
    let second = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: t0 + .seconds(5)))[0]
    #expect(second.attempt == 2 && second.payload == first.payload && second.key == first.key)
  }

  @Test(
    "makes a delivery dead when it may not be tried again, and lets its successors wait",
    arguments: StoreEngine.allCases)
  func dead(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([
      samples.message("A", to: ["x"], at: t0), samples.message("A", body: "2", to: ["x"], at: t0),
    ])
    let claim = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: t0))[0]
    let spent = Settlement(
      delivery: claim.id, epoch: claim.epoch, outcome: .answerMissing(.timeoutAfterSend), startedAt: t0, endedAt: t0)
    #expect(try store.exchangeAndWait(DeliveryExchange(settlements: [spent], claims: ["x": 9], at: t0)).isEmpty)
    #expect(try store.queue().map(\.state) == [.dead, .waiting])
  }

  @Test(
    "tells with a claim whether an earlier attempt may have brought it, also after an operator let it go again",
    arguments: StoreEngine.allCases)
  func mayHaveArrived(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([samples.message("A", to: ["x"], at: t0), samples.message("B", to: ["y"], at: t0)])
    func claim(
      _ party: PartyID, settling last: ClaimedDelivery? = nil, _ outcome: DeliveryOutcome = .refused, again: Bool = true
    ) throws -> ClaimedDelivery? {
      var exchange = DeliveryExchange(claims: [party: 1], at: t0)
      if let last {
        exchange.settlements = [
          Settlement(
            delivery: last.id, epoch: last.epoch, outcome: outcome, nextAttemptAt: again ? t0 : nil, startedAt: t0,
            endedAt: t0)
        ]
      }
      return try store.exchangeAndWait(exchange).first
    }
    func release() throws {
      _ = try store.carryOutAndWait(
        OperatorOrder(.release, DeliverySelection(state: .dead), actor: "operator:lan", reason: "thử lại", at: t0))
    }
    var delivery = try #require(try claim("x"))
    #expect(!delivery.mayHaveArrived)
    delivery = try #require(try claim("x", settling: delivery, .postponed(.connect, notBefore: nil)))
    #expect(!delivery.mayHaveArrived)
    delivery = try #require(try claim("x", settling: delivery, .answerMissing(.timeoutAfterSend)))
    #expect(delivery.mayHaveArrived)
    delivery = try #require(try claim("x", settling: delivery, .leftUnknown(.connect, notBefore: nil)))
    #expect(delivery.mayHaveArrived)
    #expect(try claim("x", settling: delivery, .leftUnknown(.connect, notBefore: nil), again: false) == nil)
    #expect(try store.queue().map(\.state).contains(.dead))
    try release()
    #expect(try #require(try claim("x")).mayHaveArrived)

    let other = try #require(try claim("y"))
    #expect(try claim("y", settling: other, .postponed(.connect, notBefore: nil), again: false) == nil)
    try release()
    #expect(try #require(try claim("y")).mayHaveArrived == false)
  }

  @Test(
    "goes on with the next message of a dossier when the partner refused one for good", arguments: StoreEngine.allCases)
  func refusedReleases(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([
      samples.message("A", to: ["x"], at: t0), samples.message("A", body: "2", to: ["x"], at: t0),
    ])
    let claim = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: t0))[0]
    let refused = Settlement(delivery: claim.id, epoch: claim.epoch, outcome: .refused, startedAt: t0, endedAt: t0)
    #expect(try store.exchangeAndWait(DeliveryExchange(settlements: [refused], claims: ["x": 9], at: t0)).count == 1)
  }

  @Test(
    "openhim-retry-lost-between-delete-and-create: turns claims of a former run into unknown, and ignores what that run says later",
    arguments: StoreEngine.allCases)
  func epochFence(engine: StoreEngine) throws {
    let former = try engine.open(place, at: t0)
    let receipt = try receipts(try former.recordAndWait([samples.message("A", to: ["x"], at: t0)]))[0].receipt
    let claim = try former.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: t0))[0]
    former.close()
    let store = try engine.open(place, at: t0 + .seconds(30))
    defer { store.close() }
    #expect(try store.message(receipt.id)?.deliveries[0].state == .unknown)
    let again = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: t0 + .seconds(30)))[0]
    #expect(again.epoch > claim.epoch && again.key == claim.key && again.attempt == 2)
    let late = Settlement(
      delivery: claim.id, epoch: claim.epoch, outcome: .accepted(alreadyThere: false), startedAt: t0, endedAt: t0)
    _ = try store.exchangeAndWait(DeliveryExchange(settlements: [late], at: t0 + .seconds(31)))
    #expect(try store.message(receipt.id)?.deliveries[0].state == .inFlight)
  }

  @Test("keeps what an agency fetched in its inbox until it is acknowledged, once", arguments: StoreEngine.allCases)
  func inbox(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([
      samples.message("A", to: ["x"], at: t0), samples.message("A", body: "2", to: ["x"], at: t0),
    ])
    let first = try store.fetchInboxAndWait(of: "x", limit: 10, at: t0)
    #expect(first.count == 1)
    #expect(try store.fetchInboxAndWait(of: "x", limit: 10, at: t0).map(\.id) == first.map(\.id))
    #expect(try !store.acknowledgeAndWait(first[0].id, by: "y", at: t0))
    #expect(try store.acknowledgeAndWait(first[0].id, by: "x", at: t0))
    #expect(try store.acknowledgeAndWait(first[0].id, by: "x", at: t0))
    let second = try store.fetchInboxAndWait(of: "x", limit: 10, at: t0)
    #expect(second.map { String(decoding: $0.payload, as: UTF8.self) } == ["2 -> x"])
  }

  @Test("holds an output with an unmapped code, and its successors behind it", arguments: StoreEngine.allCases)
  func held(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([
      samples.message("A", to: ["x"], at: t0, held: "no row for the code"), samples.message("A", to: ["x"], at: t0),
    ])
    #expect(try store.exchangeAndWait(DeliveryExchange(claims: ["x": 9], at: t0)).isEmpty)
    #expect(try store.queue().map(\.state) == [.held, .waiting])
  }

  @Test("shows a party only what it sent or receives", arguments: StoreEngine.allCases)
  func visibility(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([samples.message("A", to: ["x", "y"], at: t0)])
    let all = try #require(try store.timeline(of: "A", visibleTo: nil))
    #expect(all.messages[0].deliveries.count == 2 && all.entries.map(\.event) == ["received", "queued", "queued"])
    #expect(try store.timeline(of: "A", visibleTo: "mot-cua")?.messages[0].deliveries.count == 2)
    let received = try #require(try store.timeline(of: "A", visibleTo: "x"))
    #expect(received.messages[0].deliveries.map(\.destination) == ["x"])
    #expect(received.entries.compactMap(\.destination) == ["x"])
    #expect(try store.timeline(of: "A", visibleTo: "z") == nil)
  }

  @Test(
    "finds messages by time, dossier, parties and type, page by page, oldest first", arguments: StoreEngine.allCases)
  func filtered(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    for (index, dossier) in ["A", "B", "A", "C", "A"].enumerated() {
      let time = t0 + .seconds(index)
      let destination: PartyID = index == 3 ? "y" : "x"
      _ = try store.recordAndWait([
        samples.message(DossierCode(dossier), body: "\(index)", to: [destination], at: time)
      ])
    }
    func bodies(_ filter: MessageFilter, limit: Int = 100) throws -> [[String]] {
      var pages: [[String]] = []
      var cursor: MessagePage.Cursor? = .start
      while let place = cursor {
        let page = try store.messages(filter, from: place, limit: limit)
        pages.append(
          try page.messages.map { String(decoding: try store.body(of: $0.envelope.id) ?? [], as: UTF8.self) })
        cursor = page.next
      }
      return pages
    }
    #expect(try bodies(MessageFilter()) == [["0", "1", "2", "3", "4"]])
    #expect(try bodies(MessageFilter(), limit: 2) == [["0", "1"], ["2", "3"], ["4"]])
    #expect(try bodies(MessageFilter(), limit: 5) == [["0", "1", "2", "3", "4"]])
    #expect(try bodies(MessageFilter(since: t0 + .seconds(1), until: t0 + .seconds(3))) == [["1", "2"]])
    #expect(try bodies(MessageFilter(dossier: "A"), limit: 2) == [["0", "2"], ["4"]])
    #expect(try bodies(MessageFilter(destination: "y")) == [["3"]])
    #expect(try bodies(MessageFilter(sender: "nobody")) == [[]])
    #expect(try bodies(MessageFilter(types: ["mau/thu", "mau/khac"])) == [["0", "1", "2", "3", "4"]])
    #expect(try bodies(MessageFilter(types: ["mau/khac"])) == [[]])
    #expect(try bodies(MessageFilter(types: [])) == [[]])
    let page = try store.messages(MessageFilter(dossier: "C"), from: .start, limit: 1)
    #expect(page.messages.first?.deliveries.map(\.destination) == ["y"])
  }

  @Test("journals every change in the order it happened", arguments: StoreEngine.allCases)
  func journal(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([samples.message("A", to: ["x"], at: t0)])
    let claim = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 1], at: t0))[0]
    let done = Settlement(
      delivery: claim.id, epoch: claim.epoch, outcome: .accepted(alreadyThere: true), startedAt: t0, endedAt: t0)
    _ = try store.exchangeAndWait(DeliveryExchange(settlements: [done], at: t0))
    let entries = try #require(try store.timeline(of: "A", visibleTo: nil)).entries
    #expect(entries.map(\.event) == ["received", "queued", "claimed", "accepted"])
    #expect(entries.map(\.to) == [nil, .ready, .inFlight, .delivered])
    #expect(try store.queue().isEmpty)
  }

  @Test("journals what translations cut or filled in; of what is held, why", arguments: StoreEngine.allCases)
  func journalOfTranslations(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    var record = samples.message("A", to: ["x", "y", "z"], at: t0)
    record.note = "in/1 cut or filled in 1 value(s)"
    record.deliveries[0].note = "out/1 cut or filled in 2 value(s)"
    record.deliveries[1].heldReason = "no row for the code"
    record.deliveries[1].payload = []
    _ = try store.recordAndWait([record])
    let held = try #require(try store.heldOutputs(after: nil, limit: 1).first?.delivery)
    #expect(try store.supplyAndWait([1], note: "out/2 cut or filled in 3 value(s)", to: held, at: t0))
    let notes = try #require(try store.timeline(of: "A", visibleTo: nil)).entries.map(\.note)
    #expect(
      notes == [
        "in/1 cut or filled in 1 value(s)", "out/1 cut or filled in 2 value(s)", "no row for the code", nil,
        "translated with the tables as they are now; out/2 cut or filled in 3 value(s)",
      ])
    let states = try #require(try store.timeline(of: "A", visibleTo: nil)).messages[0].deliveries
    #expect(states.first { $0.destination == "x" }?.note == nil, "the queue shows what stops a delivery, and no report")
  }

  @Test("tells who listens which destinations have become ready, after the commit", arguments: StoreEngine.allCases)
  func readySignal(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let ready = Awaited<Set<PartyID>>()
    store.observeReady { ready.bring($0) }
    _ = try store.recordAndWait([samples.message("A", to: ["x", "y"], at: t0)])
    #expect(ready.get() == ["x", "y"])
  }

  @Test("fails what comes after it was closed, and finishes what came before", arguments: StoreEngine.allCases)
  func closing(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    let before = Awaited<Result<RecordingOutcome, StoreError>>()
    store.record([samples.message("A", to: ["x"], at: t0)]) { before.bring($0) }
    store.close()
    #expect(throws: Never.self) { _ = try #require(before.get()).get() }
    let error = #expect(throws: StoreError.self) {
      _ = try store.recordAndWait([samples.message("B", to: ["x"], at: t0)])
    }
    #expect(error?.code == .closed)
  }
}
