import DossierModel
import DossierStore
import GatewayTesting
import ServiceKit
import Testing

@Suite("What statistics read, on every engine", .timeLimit(.minutes(2)))
struct CaseConformance {
  private let place = StorePlace()
  private let samples = SampleMessages()
  private let t0 = Timestamp(seconds: 1_790_000_000)

  @Test(
    "messages come dossier by dossier, the oldest first, with what they say, a page at a time",
    arguments: StoreEngine.allCases)
  func pages(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let facts = CaseFacts(
      unit: "H99.14", unitLevel: "commune", field: "G15-HT01", channel: "online", takenAt: t0,
      reachedAt: t0 + .seconds(5),
      marks: [.fee, .digitised])
    for (number, code) in ["B", "A", "B", "C", "A"].enumerated() {
      var record = samples.message(
        DossierCode(code), body: "\(number)", to: ["portal", "other"], at: t0 + .seconds(number))
      if code == "B" { record.facts = facts }
      _ = try store.recordAndWait([record])
    }
    var (found, cursor): ([CaseMessage], CasePage.Place?) = ([], .start)
    while let place = cursor {
      let page = try store.caseMessages(after: place, portal: nil, limit: 2)
      found += page.messages
      cursor = page.next
    }
    #expect(found.map(\.dossier.text) == ["A", "A", "B", "B", "C"])
    #expect(found.map(\.receivedAt) == [1, 4, 0, 2, 3].map { t0 + .seconds($0) })
    #expect(found.map(\.facts) == [CaseFacts(), CaseFacts(), facts, facts, CaseFacts()])
    #expect(found.allSatisfy { $0.procedure == "1.000001" && $0.status == "registered" && !$0.isSynchronised })
  }

  @Test(
    "those of one dossier are its own, the oldest first, and no more than are wanted", arguments: StoreEngine.allCases)
  func ofOneDossier(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    for (number, code) in ["B", "A", "B", "C", "B"].enumerated() {
      _ = try store.recordAndWait([
        samples.message(DossierCode(code), body: "\(number)", to: ["portal"], at: t0 + .seconds(number))
      ])
    }
    let found = try store.caseMessages(of: "B", limit: 2)
    #expect(found.map(\.dossier.text) == ["B", "B"] && found.map(\.receivedAt) == [t0, t0 + .seconds(2)])
    #expect(found.allSatisfy { $0.procedure == "1.000001" && $0.status == "registered" && !$0.isSynchronised })
    #expect(try store.caseMessages(of: "B", limit: 9).count == 3)
    #expect(try store.caseMessages(of: "BB", limit: 9).isEmpty)
  }

  @Test("a message is on the portal when its delivery there is done, and no other", arguments: StoreEngine.allCases)
  func synchronised(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    for code in ["A", "B"] {
      _ = try store.recordAndWait([samples.message(DossierCode(code), to: ["portal", "other"], at: t0)])
    }
    let claims = try store.exchangeAndWait(DeliveryExchange(claims: ["portal": 1, "other": 2], at: t0))
    let done = claims.filter { $0.destination == "other" || $0.dossier == "A" }
    #expect(done.count == 3)
    let settlements = done.map {
      Settlement(delivery: $0.id, epoch: $0.epoch, outcome: .accepted(alreadyThere: false), startedAt: t0, endedAt: t0)
    }
    _ = try store.exchangeAndWait(DeliveryExchange(settlements: settlements, claims: [:], at: t0))
    func on(_ portal: PartyID?) throws -> [Bool] {
      try store.caseMessages(after: .start, portal: portal, limit: 10).messages.map(\.isSynchronised)
    }
    #expect(try on("portal") == [true, false])
    #expect(try on("other") == [true, true])
    #expect(try on(nil) == [false, false])
  }

  @Test(
    "what was delivered tells how often the first attempt was enough and how long it took, by destination and time",
    arguments: StoreEngine.allCases)
  func transport(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    func settle(_ claims: [ClaimedDelivery], _ outcome: DeliveryOutcome, at end: Timestamp) throws {
      let settlements = claims.map {
        Settlement(delivery: $0.id, epoch: $0.epoch, outcome: outcome, nextAttemptAt: end, startedAt: t0, endedAt: end)
      }
      _ = try store.exchangeAndWait(DeliveryExchange(settlements: settlements, claims: [:], at: end))
    }
    for code in ["A", "B", "C"] {
      _ = try store.recordAndWait([samples.message(DossierCode(code), to: ["portal", "other"], at: t0)])
    }
    let claims = try store.exchangeAndWait(DeliveryExchange(claims: ["portal": 3, "other": 1], at: t0))
    let atPortal = claims.filter { $0.destination == "portal" }
    try settle(Array(atPortal.prefix(1)), .accepted(alreadyThere: false), at: t0 + .seconds(2))
    try settle(
      Array(atPortal.suffix(1)), .postponed(.serverError, notBefore: nil), at: t0 + .seconds(1))
    let later = t0 + .seconds(100_000)
    let again = try store.exchangeAndWait(DeliveryExchange(claims: ["portal": 3], at: later))
    #expect(again.map(\.id) == atPortal.suffix(1).map(\.id))
    try settle(again, .accepted(alreadyThere: false), at: later + .seconds(2))
    // One at the portal and one elsewhere are still in flight.
    let reader = SQLDossierReader(place.location(for: engine))
    let figures = try reader.transport(from: t0, until: t0 + .seconds(1))
    #expect(figures.map(\.destination) == ["portal"])
    #expect(figures.map(\.delivered) == [2] && figures.map(\.atFirstAttempt) == [1])
    #expect(figures.map(\.average) == [.seconds(50_002)] && figures.map(\.longest) == [.seconds(100_002)])
    #expect(try reader.transport(from: t0 + .seconds(1), until: later) == [])
  }
}
