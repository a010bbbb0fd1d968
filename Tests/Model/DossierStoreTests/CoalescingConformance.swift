import DossierModel
import DossierStore
import GatewayTesting
import ServiceKit
import Testing

@Suite("Progress that is coalesced by a route's rule", .timeLimit(.minutes(2)))
struct CoalescingConformance {
  private let place = StorePlace()
  private let samples = SampleMessages()
  private let t0 = Timestamp(seconds: 1_800_000_000)

  /// A word of progress to x; `isPlain`: it says only that the dossier is being processed.
  private func progress(_ body: String, isPlain: Bool = true, coalesces: Bool = true) -> MessageRecord {
    var record = samples.message("A", body: body, to: ["x"], at: t0)
    if isPlain { record.facts.marks = .plainProgress }
    record.deliveries[0].coalesces = coalesces && isPlain
    return record
  }

  private func deliveries(_ store: some DossierStore) throws -> [StoredDelivery] {
    try #require(try store.timeline(of: "A", visibleTo: nil)).messages.flatMap(\.deliveries).sorted {
      $0.id.number < $1.id.number
    }
  }

  private func states(_ store: some DossierStore) throws -> [DeliveryState] { try deliveries(store).map(\.state) }

  private func claim(_ store: some DossierStore) throws -> [ClaimedDelivery] {
    try store.exchangeAndWait(DeliveryExchange(claims: ["x": 10], at: t0 + .seconds(1)))
  }

  @Test("the latest goes; those before it are kept, superseded, and say by which", arguments: StoreEngine.allCases)
  func latest(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([progress("1"), progress("2")])
    _ = try store.recordAndWait([progress("3")])
    #expect(try states(store) == [.superseded, .superseded, .ready])
    let found = try deliveries(store)
    for (earlier, later) in zip(found, found.dropFirst()) {
      #expect(earlier.note?.hasPrefix("delivery \(later.id) of message ") == true, "\(earlier.note ?? "-")")
    }
    let standing = try #require(try store.standing(of: found[0].id))
    #expect(standing.delivery.state == .superseded)
    let entries = try #require(try store.timeline(of: "A", visibleTo: nil)).entries
    #expect(entries.count { $0.event == "superseded" } == 2, "in the journal of each")
    #expect(try claim(store).map { String(decoding: $0.payload, as: UTF8.self) } == ["3 -> x"])
  }

  @Test("without the rule every message goes", arguments: StoreEngine.allCases)
  func none(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    for body in ["1", "2"] { _ = try store.recordAndWait([progress(body, coalesces: false)]) }
    #expect(try states(store) == [.ready, .waiting])
  }

  @Test("what is under way stays, and so does the order behind it", arguments: StoreEngine.allCases)
  func underWay(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([progress("1")])
    let first = try #require(try claim(store).first)
    for body in ["2", "3"] { _ = try store.recordAndWait([progress(body)]) }
    #expect(try states(store) == [.inFlight, .superseded, .waiting])
    let settlement = Settlement(
      delivery: first.id, epoch: first.epoch, outcome: .accepted(alreadyThere: false), nextAttemptAt: nil,
      startedAt: t0, endedAt: t0 + .seconds(2))
    _ = try store.exchangeAndWait(DeliveryExchange(settlements: [settlement], at: t0 + .seconds(2)))
    #expect(try states(store) == [.delivered, .superseded, .ready])
  }

  @Test("nothing goes past a dossier, a result or a request to the citizen", arguments: StoreEngine.allCases)
  func across(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    for (body, isPlain) in [("1", true), ("2", false), ("3", true), ("4", true)] {
      _ = try store.recordAndWait([progress(body, isPlain: isPlain)])
    }
    #expect(try states(store) == [.ready, .waiting, .superseded, .waiting])
  }

  @Test("what was tried, is held, or was fetched stays", arguments: StoreEngine.allCases)
  func touched(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([progress("1")])
    let first = try #require(try claim(store).first)
    let settlement = Settlement(
      delivery: first.id, epoch: first.epoch, outcome: .postponed(.serverError, notBefore: nil),
      nextAttemptAt: t0 + .seconds(9), startedAt: t0, endedAt: t0 + .seconds(2))
    _ = try store.exchangeAndWait(DeliveryExchange(settlements: [settlement], at: t0 + .seconds(2)))
    _ = try store.recordAndWait([progress("2")])
    let second = try deliveries(store)[1].id
    _ = try store.carryOutAndWait(
      OperatorOrder(.hold, DeliverySelection(delivery: second), actor: "an", reason: "thử", at: t0))
    _ = try store.recordAndWait([progress("3")])
    #expect(try states(store) == [.deferred, .held, .waiting])

    var fetched = samples.message("B", to: ["y"], at: t0)
    fetched.facts.marks = .plainProgress
    fetched.deliveries[0].coalesces = true
    _ = try store.recordAndWait([fetched])
    _ = try store.fetchInboxAndWait(of: "y", limit: 1, at: t0)
    var next = samples.message("B", body: "sau", to: ["y"], at: t0)
    next.facts.marks = .plainProgress
    next.deliveries[0].coalesces = true
    _ = try store.recordAndWait([next])
    let inbox = try #require(try store.timeline(of: "B", visibleTo: nil)).messages.flatMap(\.deliveries).map(\.state)
    #expect(Set(inbox) == [.awaitingReceipt, .waiting])
  }

  @Test("another system's word is not replaced, nor one in another tongue", arguments: StoreEngine.allCases)
  func others(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    var other = progress("1")
    other.envelope.sender = "so-khac"
    var tongue = progress("3")
    tongue.deliveries[0].type = "mau/khac"
    for record in [other, progress("2"), tongue] { _ = try store.recordAndWait([record]) }
    #expect(try states(store) == [.ready, .waiting, .waiting])
  }
}
