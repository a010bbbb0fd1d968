import DossierModel
import DossierStore
import GatewayTesting
import ServiceKit
import Testing

@Suite("How far polls have come, on every engine", .timeLimit(.minutes(2)))
struct PollConformance {
  private let place = StorePlace()
  private let t0 = Timestamp(seconds: 1_790_000_000)
  private let poll = PollID("dvclt", "danh-sach")

  private func report(_ lease: PollLease, at now: Timestamp? = nil, cursor: String? = nil) -> PollReport {
    PollReport(lease, at: now ?? t0, place: PollPlace(cursor: cursor))
  }

  private func item(_ name: String, _ text: String = "rác") -> PollItem {
    PollItem(poll: poll, name: name, type: "dvclt/chi-tiet", bytes: Array(text.utf8))
  }

  @Test(
    "a poll nobody has heard of is due; after a round it is due when the round said", arguments: StoreEngine.allCases)
  func due(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let lease = try #require(try store.claimAndWait(poll, at: t0))
    #expect(lease.place == PollPlace() && lease.failures == 0)
    var done = report(lease, cursor: "7")
    done.taken = 2
    done.end = .done
    done.due = t0 + .seconds(60)
    #expect(try store.reportAndWait(done))
    #expect(try store.claimAndWait(poll, at: t0 + .seconds(59)) == nil)
    let next = try #require(try store.claimAndWait(poll, at: t0 + .seconds(60)))
    #expect(next.place.cursor == "7")
    let row = try #require(try store.polls().first)
    #expect(row.taken == 2 && row.succeeded == t0 && row.epoch == next.epoch && row.begun == t0 + .seconds(60))
  }

  @Test("a place that was reported in a round is kept when the gateway ends in it", arguments: StoreEngine.allCases)
  func crash(engine: StoreEngine) throws {
    let first = try engine.open(place, at: t0)
    let lease = try #require(try first.claimAndWait(poll, at: t0))
    #expect(try first.reportAndWait(report(lease, cursor: "trang 2")))
    first.close()
    let second = try engine.open(place, at: t0)
    defer { second.close() }
    let next = try #require(try second.claimAndWait(poll, at: t0))
    #expect(next.place.cursor == "trang 2" && next.epoch != lease.epoch)
    // What the former one says now comes too late.
    #expect(try !second.reportAndWait(report(lease, cursor: "cũ")))
    #expect(try second.polls().first?.place.cursor == "trang 2")
  }

  @Test(
    "a lease ends with the report that says so: nothing that comes behind it changes", arguments: StoreEngine.allCases)
  func ended(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let lease = try #require(try store.claimAndWait(poll, at: t0))
    var end = report(lease, cursor: "7")
    end.end = .done
    end.due = t0 + .seconds(60)
    #expect(try store.reportAndWait(end))
    var late = report(lease, at: t0 + .seconds(1), cursor: "cũ")
    late.refused = [.init(item("1"), fault: .invalid, note: "")]
    late.end = .failed(.connect, note: "muộn")
    #expect(try !store.reportAndWait(late))
    let row = try #require(try store.polls().first)
    #expect(row.place.cursor == "7" && row.failures == 0 && row.due == t0 + .seconds(60) && row.keptItems == 0)
  }

  @Test("a lease ends with the epoch, though nobody else is at the poll yet", arguments: StoreEngine.allCases)
  func pastEpoch(engine: StoreEngine) throws {
    let first = try engine.open(place, at: t0)
    let lease = try #require(try first.claimAndWait(poll, at: t0))
    first.close()
    let second = try engine.open(place, at: t0)
    defer { second.close() }
    #expect(try !second.reportAndWait(report(lease, cursor: "cũ")))
    #expect(try second.polls().first?.place.cursor == nil)
  }

  @Test("failures are counted until a round succeeds, and a broken round is none", arguments: StoreEngine.allCases)
  func failures(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    for count in 0..<3 {
      let lease = try #require(try store.claimAndWait(poll, at: t0))
      #expect(lease.failures == min(count, 2))
      var end = report(lease)
      end.end = count == 2 ? .broken : .failed(.connect, note: "không kết nối được")
      #expect(try store.reportAndWait(end))
    }
    let row = try #require(try store.polls().first)
    #expect(row.failures == 2 && row.failure == .connect && row.note == "không kết nối được" && row.epoch == nil)
    let lease = try #require(try store.claimAndWait(poll, at: t0))
    var end = report(lease)
    end.end = .done
    #expect(try store.reportAndWait(end))
    let good = try #require(try store.polls().first)
    #expect(good.failures == 0 && good.failure == nil && good.note == nil)
  }

  @Test(
    "what cannot be taken is kept once with its bytes, and is gone when it was taken", arguments: StoreEngine.allCases)
  func items(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let lease = try #require(try store.claimAndWait(poll, at: t0))
    for second in [Int64(0), 5] {
      var page = report(lease, at: t0 + .seconds(second))
      page.refused = [
        .init(item("1"), fault: .invalid, note: "lần \(second)"), .init(item("2"), fault: .malformed, note: "json"),
      ]
      #expect(try store.reportAndWait(page))
    }
    let kept = try store.pollItems(of: "dvclt", after: 0, limit: 10)
    #expect(kept.map(\.name) == ["1", "2"] && kept.map(\.times) == [2, 2])
    #expect(kept[0].note == "lần 5" && kept[0].first == t0 && kept[0].last == t0 + .seconds(5))
    #expect(try store.pollItem(kept[0].number)?.bytes == Array("rác".utf8))
    #expect(try store.pollItems(of: "khac", after: 0, limit: 10).isEmpty)
    #expect(try store.pollItems(of: nil, after: kept[0].number, limit: 10).map(\.name) == ["2"])
    #expect(try store.polls().first?.keptItems == 2)
    // Other bytes under the same name are another item, and stay.
    var other = report(lease)
    other.refused = [.init(item("1", "rác khác"), fault: .invalid, note: "")]
    other.cleared = [item("1")]
    other.end = .done
    #expect(try store.reportAndWait(other))
    #expect(try store.pollItems(of: nil, after: 0, limit: 10).map(\.name) == ["2", "1"])
    #expect(try store.claimAndWait(poll, at: t0)?.keptItems == 2)
  }

  @Test(
    "an operator has a poll begin now, and an item go down the line again or be dropped",
    arguments: StoreEngine.allCases)
  func orders(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let lease = try #require(try store.claimAndWait(poll, at: t0))
    var page = report(lease)
    page.refused = ["1", "2"].map { .init(item($0), fault: .invalid, note: "") }
    page.end = .done
    page.due = t0 + .seconds(3_600)
    #expect(try store.reportAndWait(page))
    let desk = try SQLOperatorDesk(place.location(for: engine))
    func order(_ action: PollOrder.Action) throws -> Bool {
      try desk.carryOut(PollOrder(action, actor: "operator:lan", reason: "thử", at: t0))
    }
    #expect(try store.claimAndWait(poll, at: t0) == nil)
    #expect(try order(.hasten(poll)) && !order(.hasten(PollID("khac", "x"))))
    #expect(try store.claimAndWait(poll, at: t0) != nil)
    let numbers = try store.pollItems(of: nil, after: 0, limit: 10).map(\.number)
    #expect(try order(.offerAgain(numbers[0])) && order(.drop(numbers[1])) && !order(.drop(numbers[1])))
    #expect(try store.pollItemsOfferedAgain(limit: 10) == [numbers[0]])
    try store.settleAndWait(item: numbers[0], refusal: (.unknownMessage, "vẫn thế"), at: t0)
    #expect(try store.pollItemsOfferedAgain(limit: 10).isEmpty)
    #expect(try store.pollItem(numbers[0])?.item.fault == "unknown-message")
    try store.settleAndWait(item: numbers[0], refusal: nil, at: t0)
    #expect(try store.pollItem(numbers[0]) == nil)
  }

  @Test("a poll is forgotten with what of it is kept, and no other", arguments: StoreEngine.allCases)
  func forgotten(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let other = PollID("dvclt", "khac")
    for poll in [poll, other] {
      var page = report(try #require(try store.claimAndWait(poll, at: t0)), cursor: "7")
      page.refused = [.init(PollItem(poll: poll, name: "1", bytes: [1]), fault: .invalid, note: "")]
      page.end = .done
      page.due = t0 + .seconds(60)
      #expect(try store.reportAndWait(page))
    }
    let desk = try SQLOperatorDesk(place.location(for: engine))
    let order = PollOrder(.forget(poll), actor: "operator:lan", reason: "bỏ", at: t0)
    #expect(try desk.carryOut(order) && !desk.carryOut(order))
    #expect(try store.polls().map(\.id) == [other] && store.polls().map(\.keptItems) == [1])
    #expect(try store.pollItems(of: nil, after: 0, limit: 9).map(\.poll) == [other])
    // Asked once more it begins from the start.
    #expect(try store.claimAndWait(poll, at: t0)?.place == PollPlace())
  }

  @Test(
    "what was delivered is asked about, the longest unasked first, until its end is told",
    arguments: StoreEngine.allCases)
  func awaited(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let samples = SampleMessages()
    let codes = (1...5).map { DossierCode("H\($0)") }
    _ = try store.recordAndWait(codes.map { samples.message($0, to: ["dvclt"], at: t0) })
    let claims = try store.exchangeAndWait(DeliveryExchange(claims: ["dvclt": 5], at: t0))
    let settlements = claims.map { claim in
      var settlement = Settlement(
        delivery: claim.id, epoch: claim.epoch,
        outcome: claim.dossier == "H5" ? .refused : .accepted(alreadyThere: false), startedAt: t0, endedAt: t0)
      settlement.awaitedAs = claim.dossier == "H4" ? nil : claim.type
      return settlement
    }
    _ = try store.exchangeAndWait(DeliveryExchange(settlements: settlements, at: t0))
    var query = AwaitedQuery(party: "dvclt", types: ["mau/thu"], ends: ["completed"], since: t0)
    func open(_ limit: Int = 2) throws -> [String] { try store.awaited(query, limit: limit).open.map(\.code.text) }
    #expect(try open() == ["H1", "H2"] && open(9) == ["H1", "H2", "H3"])
    let lease = try #require(try store.claimAndWait(poll, at: t0))
    var asked = report(lease, at: t0 + .seconds(1))
    asked.asked = try store.awaited(query, limit: 2).open
    #expect(try store.reportAndWait(asked))
    #expect(try open() == ["H3", "H1"])

    // The partner tells an end, and others tell nothing by it.
    func told(_ code: DossierCode, _ status: String, by sender: PartyID) throws {
      var record = SampleMessages(sender: sender).message(code, body: status, to: [], at: t0 + .seconds(2))
      record.fields.status = status
      _ = try store.recordAndWait([record])
    }
    try told("H3", "completed", by: "dvclt")
    try told("H1", "processing", by: "dvclt")
    try told("H2", "completed", by: "mot-cua")
    let answer = try store.awaited(query, limit: 9)
    #expect(answer.open.map(\.code.text) == ["H1", "H2"] && answer.over.map(\.code.text) == ["H3"])
    var settled = report(lease)
    settled.settled = answer.over
    #expect(try store.reportAndWait(settled))
    #expect(try store.awaited(query, limit: 9).over.isEmpty)
    query.procedures = ["1.000001"]
    #expect(try open() == ["H1", "H2"])
    query.procedures = ["1.000002"]
    #expect(try open().isEmpty)
    // Too old to be asked about.
    query.procedures = []
    query.since = t0 + .seconds(1)
    #expect(try store.awaited(query, limit: 9) == AwaitedQuery.Answer(open: [], over: answer.open))
  }
}
