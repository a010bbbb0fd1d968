import DossierModel
import DossierStore
import GatewayTesting
import ServiceKit
import Testing

@Suite("An inbox that is listed and handed out one by one, on every engine", .timeLimit(.minutes(2)))
struct InboxConformance {
  private let place = StorePlace()
  private let samples = SampleMessages()
  private let t0 = Timestamp(seconds: 1_790_000_000)
  private let all = InboxFilter(types: ["mau/thu"], limit: 100)

  @Test(
    "lists the oldest of each dossier, of the party alone, and looking changes nothing", arguments: StoreEngine.allCases
  )
  func listed(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let first = samples.message("A", to: ["x", "y"], at: t0)
    _ = try store.recordAndWait([first])
    _ = try store.recordAndWait([samples.message("A", body: "2", to: ["x"], at: t0 + .seconds(60))])
    _ = try store.recordAndWait([samples.message("B", to: ["x"], at: t0 + .seconds(120))])
    _ = try store.recordAndWait([samples.message("C", to: ["x"], at: t0, held: "no row for the code")])
    let entries = try store.inbox(of: "x", all)
    #expect(entries.map(\.dossier) == ["A", "B"] && entries.map(\.isFetched) == [false, false])
    #expect(entries.first?.message == first.envelope.id && entries.first?.sender == "mot-cua")
    #expect(entries.first?.createdAt == t0 && entries.first?.type == "mau/thu")
    #expect(try store.inbox(of: "x", all) == entries)
    #expect(try store.inboxCount(of: "x", types: ["mau/thu"]) == 2)
    #expect(try store.inboxCount(of: "x", types: ["khac/thu"]) == 0 && store.inboxCount(of: "x", types: []) == 0)
    #expect(try store.inbox(of: "x", InboxFilter(types: [], limit: 1)).isEmpty)
    #expect(try store.inbox(of: "x", InboxFilter(types: ["mau/thu"], limit: 1)).map(\.dossier) == ["A"])
    #expect(try store.inbox(of: "x", InboxFilter(types: ["mau/thu"], offset: 1, limit: 9)).map(\.dossier) == ["B"])
    let since = InboxFilter(types: ["mau/thu", "khac/thu"], since: t0 + .seconds(120), limit: 9)
    #expect(try store.inbox(of: "x", since).map(\.dossier) == ["B"])
    let until = InboxFilter(types: ["mau/thu"], until: t0 + .seconds(120), limit: 9)
    #expect(try store.inbox(of: "x", until).map(\.dossier) == ["A"])
    #expect(try store.inbox(of: "khong-ai", all).isEmpty)
  }

  @Test(
    "hands out what is the party's turn, as often as it is asked for, and says no to everybody else",
    arguments: StoreEngine.allCases)
  func handedOut(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    _ = try store.recordAndWait([
      samples.message("A", to: ["x"], at: t0), samples.message("A", body: "2", to: ["x"], at: t0),
    ])
    let first = try #require(try store.inbox(of: "x", all).first)
    #expect(try !store.acknowledgeAndWait(first.delivery, by: "x", at: t0), "it was not handed out yet")
    #expect(try !store.handOutAndWait(first.delivery, to: "y", at: t0))
    #expect(try !store.handOutAndWait(DeliveryID(first.delivery.number + 1), to: "x", at: t0), "it is not its turn")
    #expect(try !store.handOutAndWait(DeliveryID(99), to: "x", at: t0))
    #expect(try store.handOutAndWait(first.delivery, to: "x", at: t0))
    #expect(try store.inbox(of: "x", all).map(\.isFetched) == [true])
    #expect(try store.handOutAndWait(first.delivery, to: "x", at: t0))
    #expect(try store.acknowledgeAndWait(first.delivery, by: "x", at: t0))
    #expect(try store.handOutAndWait(first.delivery, to: "x", at: t0), "who lost it may have it again")
    #expect(try store.inbox(of: "x", all).map(\.delivery.number) == [first.delivery.number + 1])
    let journal = try #require(try store.timeline(of: "A", visibleTo: nil)).entries.map(\.event)
    #expect(journal.filter { $0 == "fetched" }.count == 1, "\(journal)")
  }

  @Test(
    "what is declined is refused for good, with its note, and lets its successor go", arguments: StoreEngine.allCases)
  func declined(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let record = samples.message("A", to: ["x"], at: t0)
    _ = try store.recordAndWait([record, samples.message("A", body: "2", to: ["x"], at: t0)])
    let first = try #require(try store.inbox(of: "x", all).first).delivery
    #expect(try !store.declineAndWait(first, by: "x", note: "không nhận", at: t0), "it was not handed out yet")
    #expect(try store.handOutAndWait(first, to: "x", at: t0))
    #expect(try !store.declineAndWait(first, by: "y", note: "không nhận", at: t0))
    #expect(try store.declineAndWait(first, by: "x", note: "không nhận", at: t0))
    #expect(try store.declineAndWait(first, by: "x", note: "không nhận", at: t0))
    #expect(try !store.acknowledgeAndWait(first, by: "x", at: t0), "it cannot be taken back")
    let delivery = try #require(try store.message(record.envelope.id)?.deliveries.first)
    #expect(delivery.state == .refused && delivery.lastFailure == .businessRefusal && delivery.note == "không nhận")
    #expect(try store.inbox(of: "x", all).map(\.delivery.number) == [first.number + 1])
    #expect(try store.handOutAndWait(first, to: "x", at: t0))
    let second = DeliveryID(first.number + 1)
    #expect(try store.handOutAndWait(second, to: "x", at: t0) && store.acknowledgeAndWait(second, by: "x", at: t0))
    #expect(try !store.declineAndWait(second, by: "x", note: "muộn", at: t0), "what was taken stays taken")
  }
}
