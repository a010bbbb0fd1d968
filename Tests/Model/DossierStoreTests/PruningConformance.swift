import DossierModel
import DossierStore
import GatewayTesting
import SQLKit
import ServiceKit
import Testing

@Suite("Pruning a store, on every engine", .timeLimit(.minutes(4)))
struct PruningConformance {
  private let place = StorePlace()
  private let samples = SampleMessages()
  private let t0 = Timestamp(seconds: 1_800_000_000)
  private static let day = Duration.seconds(86_400)
  private static let rule = "retention.types.mau/thu: 90d"

  /// Prunes what nothing has happened to for 90 days, as of `now`.
  private func prune(_ store: SQLDossierStore, at now: Timestamp) throws -> PruneReport {
    let horizon = now - Self.day * 90
    let page = try store.prunable("mau/thu", before: horizon, after: .start)
    guard let last = page.candidates.last else { return PruneReport() }
    return try store.pruneAndWait(
      PruneOrder(
        type: "mau/thu", horizon: horizon, after: .start, through: last.place, rule: Self.rule, at: now))
  }

  @discardableResult
  private func record(
    _ code: DossierCode, in store: SQLDossierStore, at time: Timestamp, key: MessageKey? = nil, to: [PartyID] = ["x"],
    body: String = "noi dung", change: (inout MessageRecord) -> Void = { _ in }
  ) throws -> MessageID {
    var record = samples.message(code, body: body, key: key, to: to, at: time)
    change(&record)
    guard case .recorded(let recorded) = try store.recordAndWait([record]) else {
      throw StoreError(code: .internal, message: "a key was reported as used before")
    }
    return recorded[0].receipt.id
  }

  /// Sends everything that waits for `party`, with this outcome.
  private func settle(
    _ store: SQLDossierStore, _ party: PartyID = "x", at now: Timestamp,
    _ outcome: DeliveryOutcome = .accepted(alreadyThere: false)
  ) throws {
    while true {
      let claims = try store.exchangeAndWait(DeliveryExchange(claims: [party: 100], at: now))
      if claims.isEmpty { return }
      let settlements = claims.map {
        Settlement(
          delivery: $0.id, epoch: $0.epoch, outcome: outcome, startedAt: now, endedAt: now, status: 200,
          answer: Array("trả lời".utf8))
      }
      _ = try store.exchangeAndWait(DeliveryExchange(settlements: settlements, at: now))
    }
  }

  private func isPruned(_ message: MessageID, in store: SQLDossierStore) throws -> Bool {
    let found = try #require(try store.message(message))
    #expect(try (found.pruning == nil) == (store.body(of: message) != nil), "all of it or nothing")
    return found.pruning != nil
  }

  @Test(
    "mirth-prune-errored-2178: removes the bytes of what is finished and old enough, and of nothing else",
    arguments: StoreEngine.allCases)
  func due(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let delivered = try record("A", in: store, at: t0)
    try settle(store, at: t0)
    let refused = try record("B", in: store, at: t0)
    try settle(store, at: t0, .refused)
    let dead = try record("C", in: store, at: t0)
    try settle(store, at: t0, .postponed(.connect, notBefore: nil))
    let half = try record("D", in: store, at: t0, to: ["x", "y"])
    try settle(store, at: t0)
    let other = try record("E", in: store, at: t0) { $0.envelope.type = "mau/khac" }
    try settle(store, at: t0)
    // Delivered late: its time begins there.
    let late = try record("F", in: store, at: t0)
    // The dossier goes on: its first message completes what later ones leave out.
    let active = try record("G", in: store, at: t0)
    let later = t0 + Self.day * 50
    try settle(store, at: later)
    try record("G", in: store, at: t0 + Self.day * 51, body: "2")
    try settle(store, at: t0 + Self.day * 51)
    let young = try record("H", in: store, at: t0 + Self.day * 60)
    try settle(store, at: t0 + Self.day * 60)

    let report = try prune(store, at: t0 + Self.day * 100)
    #expect(report.messages == 2)
    // Body and payload of two messages: "noi dung" and "noi dung -> x".
    #expect(report.bytes == 2 * (8 + 13))
    for message in [delivered, refused] { #expect(try isPruned(message, in: store)) }
    for message in [dead, half, other, late, active, young] { #expect(try !isPruned(message, in: store)) }
    #expect(try prune(store, at: t0 + Self.day * 100).messages == 0, "once")

    _ = try store.carryOutAndWait(
      OperatorOrder(
        .cancel, DeliverySelection(dossier: "C"), actor: "van-hanh", reason: "xong", at: t0 + Self.day * 100))
    #expect(try prune(store, at: t0 + Self.day * 139).messages == 0)
    #expect(try prune(store, at: t0 + Self.day * 142).messages == 3, "late, and both of the dossier that went on")
    #expect(try prune(store, at: t0 + Self.day * 200).messages == 2, "cancelled, and young")
    #expect(try !isPruned(half, in: store), "an agency has not fetched it yet")
    #expect(try store.prunableTypes() == ["mau/khac", "mau/thu"])
  }

  @Test("is exact at the horizon: what happened then stays", arguments: StoreEngine.allCases)
  func horizon(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let message = try record("A", in: store, at: t0 - .microseconds(1))
    try settle(store, at: t0)
    #expect(try prune(store, at: t0 + Self.day * 90).messages == 0)
    #expect(try !isPruned(message, in: store))
    #expect(try prune(store, at: t0 + Self.day * 90 + .microseconds(1)).messages == 1)
  }

  @Test(
    "keeps the journal, the attempts and what finds duplicates, and says when and by which rule",
    arguments: StoreEngine.allCases)
  func kept(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let file = String(repeating: "1a", count: 32)
    let key = MessageKey("key 1")
    let message = try record("A", in: store, at: t0, key: key) {
      $0.files = [file]
      $0.deliveries[0].files = [file]
    }
    try record("B", in: store, at: t0, key: MessageKey("sha", scope: .latest))
    try settle(store, at: t0)
    let before = try #require(try store.timeline(of: "A", visibleTo: nil))
    let now = t0 + Self.day * 100
    #expect(try prune(store, at: now).messages == 2)

    let after = try #require(try store.timeline(of: "A", visibleTo: nil))
    #expect(after.messages[0].pruning == Pruning(at: now, rule: Self.rule))
    #expect(after.messages[0].deliveries.map(\.state) == before.messages[0].deliveries.map(\.state))
    #expect(after.entries.dropLast().map(\.event) == before.entries.map(\.event))
    #expect(after.entries.last?.event == "pruned" && after.entries.last?.note == Self.rule)
    #expect(after.entries.last?.actor == "gateway" && after.entries.last?.at == now)
    #expect(try store.body(of: message) == nil)
    #expect(try store.latestBody(of: "A", types: ["mau/thu"]) == nil)
    #expect(try store.parties(namingFile: file).isEmpty, "the sweep may have the file")
    let database = try connect(to: engine)
    for (sql, expected) in [
      ("SELECT count(*) FROM attempt WHERE answer IS NULL", 2), ("SELECT count(*) FROM attempt", 2),
      ("SELECT count(*) FROM delivery_payload", 0), ("SELECT count(*) FROM message_body", 0),
    ] {
      let row = try database.prepare(sql)
      #expect(try row.step() && row.integer(0) == Int64(expected), "\(sql)")
    }

    // The same again is a duplicate, other bytes under its key are refused.
    for (code, key) in [("A", key), ("B", MessageKey("sha", scope: .latest))] {
      guard
        case .recorded(let again) = try store.recordAndWait([
          samples.message(DossierCode(code), key: key, to: ["x"], at: now)
        ])
      else { return #expect(Bool(false), "\(code)") }
      #expect(again[0].isDuplicate && again[0].receipt.receivedAt == t0)
    }
    guard
      case .keyReused = try store.recordAndWait([samples.message("A", body: "khác", key: key, to: ["x"], at: now)])
    else { return #expect(Bool(false)) }
  }

  private func connect(to engine: StoreEngine) throws -> any SQLDatabase {
    switch place.location(for: engine) {
    case .sqlite(let path): try SQLiteDatabase(path: path)
    case .postgresql(let configuration, _): try PostgreSQLDatabase(configuration)
    }
  }

  @Test("what is pruned is not sent again, with whatever bytes", arguments: StoreEngine.allCases)
  func resend(engine: StoreEngine) throws {
    let store = try engine.open(place, at: t0)
    defer { store.close() }
    let message = try record("A", in: store, at: t0)
    let again = try record("B", in: store, at: t0)
    try settle(store, at: t0)
    let now = t0 + Self.day * 100
    func resend(_ message: MessageID, _ payload: [UInt8]? = nil) throws -> ResendOutcome {
      try store.resendAndWait(
        ResendOrder(message, to: "x", payload: payload, actor: "van-hanh", reason: "thử", at: now))
    }
    guard case .queued = try resend(again) else { return #expect(Bool(false), "it is still there") }
    #expect(try prune(store, at: now).messages == 1)
    #expect(try resend(message) == .pruned)
    #expect(try resend(message, [1]) == .pruned)
    #expect(try !isPruned(again, in: store), "it is on its way once more")
    try settle(store, at: now)
    #expect(try prune(store, at: now).messages == 0, "and has been for less than its time")
  }

  @Test(
    "the bytes of a large message are nobody's from the commit that prunes it, and go in parts behind it, also after a stop",
    arguments: StoreEngine.allCases)
  func large(engine: StoreEngine) throws {
    var store = try engine.open(place, at: t0)
    defer { store.close() }
    let body = String(repeating: "x", count: PruneOrder.wholeLimit)
    let large = try record("A", in: store, at: t0, to: ["x", "y"], body: body)
    let small = try record("B", in: store, at: t0)
    try settle(store, at: t0)
    try settle(store, "y", at: t0)
    let deliveries = try #require(try store.message(large)).deliveries
    #expect(try !store.hasErasures() && !store.eraseAndWait(atMost: 1))

    let now = t0 + Self.day * 100
    let report = try prune(store, at: now)
    #expect(report.messages == 2 && report.setAside == 1 && report.bytes > 3 * PruneOrder.wholeLimit)
    func isOutOfSight() throws -> Bool {
      for message in [large, small] { #expect(try isPruned(message, in: store)) }
      for delivery in deliveries { #expect(try store.payload(of: delivery.id, in: large) == nil) }
      let again = ResendOrder(large, to: "x", payload: nil, actor: "van-hanh", reason: "thử", at: now)
      #expect(try store.resendAndWait(again) == .pruned)
      return try store.latestBody(of: "A", types: ["mau/thu"]) == nil
    }
    #expect(try isOutOfSight() && store.hasErasures())
    #expect(try prune(store, at: now).messages == 0, "once")

    let part = PruneOrder.wholeLimit / 2
    #expect(try store.eraseAndWait(atMost: part))
    store.close()
    store = try engine.open(place, at: now)
    #expect(try isOutOfSight() && store.hasErasures())
    var parts = 1
    while try store.eraseAndWait(atMost: part) { parts += 1 }
    // A file: two for the body, three for each recipient's document, which is a little longer, and one to end each.
    #expect(parts == (engine == .sqlite ? 3 + 4 + 4 : 3))
    #expect(try !store.hasErasures())
    let database = try connect(to: engine)
    for table in ["message_body", "delivery_payload", "erasure"] {
      let row = try database.prepare("SELECT count(*) FROM \(table)")
      #expect(try row.step() && row.integer(0) == 0, "\(table)")
    }
  }

  @Test("removes nothing beyond the stretch it is told, and looks at no more than its limit at once")
  func stretch() throws {
    let store = try StoreEngine.sqlite.open(place, at: t0)
    defer { store.close() }
    let count = PruneOrder.stretchLimit + 1
    for start in stride(from: 0, to: count, by: 167) {
      // Of one request: they came at the same moment.
      let records = (start..<min(start + 167, count)).map {
        samples.message(DossierCode("D\($0)"), to: ["x"], at: t0 + .seconds(start))
      }
      _ = try store.recordAndWait(records)
    }
    try settle(store, at: t0)
    let horizon = t0 + Self.day
    let page = try store.prunable("mau/thu", before: horizon, after: .start)
    #expect(page.candidates.count == PruneOrder.stretchLimit && page.candidates.allSatisfy(\.isDue))
    let rest = try store.prunable("mau/thu", before: horizon, after: page.candidates[page.candidates.count - 1].place)
    #expect(rest.candidates.count == 1)
    func prune(_ from: PrunePage.Place, _ to: PrunePage.Place) throws -> Int {
      try store.pruneAndWait(
        PruneOrder(type: "mau/thu", horizon: horizon, after: from, through: to, rule: Self.rule, at: horizon)
      ).messages
    }
    #expect(try prune(.start, page.candidates[9].place) == 10)
    #expect(try prune(page.candidates[9].place, page.candidates[19].place) == 10)
    #expect(try prune(.start, page.candidates[19].place) == 0)
    let left = try store.prunable("mau/thu", before: horizon, after: .start)
    #expect(left.candidates.first?.place == page.candidates[20].place)
  }

  @Test(
    "a disk that fails at any of its statements leaves each message whole; the next order goes on",
    arguments: StoreEngine.allCases)
  func failingBatch(engine: StoreEngine) throws {
    let disk = TroubledDisk()
    let store = try SQLDossierStore(place.location(for: engine), at: SystemTimeSource().now(), wrapping: disk)
    defer { store.close() }
    let messages = try (0..<3).map { try record(DossierCode("A\($0)"), in: store, at: t0) }
    try settle(store, at: t0)
    let now = t0 + Self.day * 100
    var failures = 0
    for statement in 1...200 {
      disk.failOnce(atStatement: statement)
      do {
        #expect(try prune(store, at: now).messages == 3)
        break
      } catch let error as StoreError {
        #expect(error.code == .unavailable)
        failures += 1
      }
      for message in messages { #expect(try !isPruned(message, in: store), "statement \(statement)") }
      for message in messages { #expect(try store.message(message)?.pruning == nil) }
    }
    // Six for each message; the locks and this gateway's mark come on top on a server.
    #expect(failures >= 18)
    for message in messages { #expect(try isPruned(message, in: store)) }
  }

  @Test("a file whose messages are pruned is what its freed pages are: room for new ones")
  func reusedSpace() throws {
    let store = try StoreEngine.sqlite.open(place, at: t0)
    defer { store.close() }
    let body = String(repeating: "nội dung ", count: 2_000)
    for number in 0..<40 { try record(DossierCode("A\(number)"), in: store, at: t0, body: body) }
    try settle(store, at: t0)
    let before = try store.reusableBytes()
    let report = try prune(store, at: t0 + Self.day * 100)
    #expect(report.messages == 40)
    let freed = try store.reusableBytes() - before
    #expect(freed > report.bytes * 3 / 4, "\(freed) of \(report.bytes)")
    for number in 0..<40 { try record(DossierCode("B\(number)"), in: store, at: t0, body: body) }
    #expect(try store.reusableBytes() < freed / 4, "the next messages lie there")
  }
}
