import DossierModel
import DossierStore
import GatewayTesting
import SQLKit
import ServiceKit
import Testing

@Suite("A store that moves from SQLite to PostgreSQL", .timeLimit(.minutes(2)))
struct StoreCopyTests {
  let place = StorePlace()
  let samples = SampleMessages()
  let t0 = Timestamp(seconds: 1_800_000_000)

  private var path: String {
    guard case .sqlite(let path) = place.location(for: .sqlite) else { preconditionFailure("it is a file") }
    return path
  }

  private func copy() throws -> [StoreCopy.Table] {
    try StoreCopy(from: path, to: place.serverDatabase.localConfiguration).run()
  }

  /// A store with everything a row can hold: keys, nulls, answers, refusals, states.
  private func fill(_ store: SQLDossierStore) throws {
    // In one commit: on a busy disk each sync takes its time, and the test has to be done in two minutes.
    _ = try store.recordAndWait(
      (0..<250).map { number in
        samples.message(
          DossierCode("H\(number % 7)"), body: "đơn \(number) ' \\ \"",
          key: number % 2 == 0 ? MessageKey("key \(number)") : nil,
          to: ["x", "y"], at: t0)
      })
    let claims = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 5], at: t0))
    let settlements = claims.prefix(4).enumerated().map { index, claim in
      Settlement(
        delivery: claim.id, epoch: claim.epoch,
        outcome: index == 0 ? .accepted(alreadyThere: false) : .postponed(.connect, notBefore: nil),
        nextAttemptAt: index == 0 ? nil : t0 + .seconds(60), startedAt: t0, endedAt: t0, status: index == 0 ? 200 : nil,
        answer: index == 0 ? [0, 1, 255] : [], note: index == 0 ? nil : "từ chối")
    }
    _ = try store.exchangeAndWait(DeliveryExchange(settlements: Array(settlements), at: t0))
    store.journalRefusal(RefusalRecord(at: t0, sender: "x", fault: .malformed, dossier: "H1", rules: ["rule 1"]))
    _ = try store.fetchInboxAndWait(of: "y", limit: 3, at: t0)
    let poll = PollID("x", "danh-sach")
    var round = PollReport(
      try #require(try store.claimAndWait(poll, at: t0)), at: t0, place: PollPlace(cursor: "7", reached: t0))
    round.refused = [
      .init(PollItem(poll: poll, name: "1", bytes: [0, 1, 255]), fault: .invalid, note: "rule 1"),
      .init(PollItem(poll: poll, name: "2", type: "mau/thu", bytes: []), fault: .malformed, note: ""),
    ]
    round.end = .done
    #expect(try store.reportAndWait(round))
    var begun = samples.message("THU-TUC", to: [], at: t0)
    begun.conducted = ConductedMessage(
      codes: ["THU-TUC"], isAnswer: false,
      content: ScriptedConductor.Word(
        begins: true, codes: [.init("G22", of: nil)], outputs: [("y", "send a 1")], timer: t0 + .seconds(9)))
    _ = try store.recordAndWait([begun])
    // One that is finished and whose bytes are gone.
    _ = try store.recordAndWait([samples.message("PRUNED", to: [], at: t0)])
    let later = t0 + .seconds(1)
    let page = try store.prunable("mau/thu", before: later, after: .start)
    guard let last = page.candidates.first(where: \.isDue) else { return #expect(Bool(false), "none is due") }
    let report = try store.pruneAndWait(
      PruneOrder(
        type: "mau/thu", horizon: later, after: .start, through: last.place, rule: "retention.default: 1h", at: later))
    #expect(report.messages == 1)
  }

  @Test("is there with every row, and goes on where it stopped")
  func copies() throws {
    let former = try SQLDossierStore(place.location(for: .sqlite), at: t0, conductor: ScriptedConductor())
    try fill(former)
    let before = try #require(try former.timeline(of: "H1", visibleTo: nil))
    let queueBefore = try former.queue()
    former.close()

    let tables = try copy()
    #expect(
      tables.map(\.name) == [
        "message", "message_body", "erasure", "delivery", "delivery_payload", "attempt", "journal", "file_reference",
        "poll",
        "poll_item", "awaited", "procedure_instance", "procedure_code", "procedure_line", "procedure_output",
      ])
    #expect(tables.map(\.rows).prefix(6) == [252, 251, 0, 501, 501, 4])
    #expect(tables.map(\.rows).suffix(4) == [1, 1, 1, 1])
    #expect(tables.allSatisfy { $0.digest.count == 32 })

    let reader = SQLDossierReader(place.location(for: .postgresql))
    let after = try #require(try reader.timeline(of: "H1", visibleTo: nil))
    #expect(after.messages.map(\.envelope.id) == before.messages.map(\.envelope.id))
    #expect(after.messages.map(\.envelope.key) == before.messages.map(\.envelope.key))
    #expect(after.entries.map(\.event) == before.entries.map(\.event))
    #expect(after.entries.map(\.note) == before.entries.map(\.note))
    #expect(try reader.queue() == queueBefore)
    let pruned = try #require(try reader.timeline(of: "PRUNED", visibleTo: nil)?.messages.first)
    #expect(pruned.pruning == Pruning(at: t0 + .seconds(1), rule: "retention.default: 1h"))

    let procedure = try #require(try reader.procedure(knownAs: ["G22"], to: nil))
    #expect(procedure.dossier == "THU-TUC" && procedure.state == [UInt8(ascii: ".")] && procedure.sender == "mot-cua")
    #expect(try reader.unwrittenOutputs(after: nil, limit: 9).count == 1)

    let store = try SQLDossierStore(
      place.location(for: .postgresql), at: t0 + .seconds(100), conductor: ScriptedConductor())
    defer { store.close() }
    #expect(try store.conductAndWait(ConductOrder("THU-TUC", .timer(), at: t0 + .seconds(100))))
    #expect(try store.procedureHistory(of: "THU-TUC").count == 2, "lines are numbered behind those that came along")
    let claims = try store.exchangeAndWait(DeliveryExchange(claims: ["x": 500], at: t0 + .seconds(100)))
    #expect(claims.contains { $0.attempt == 2 }, "what was deferred, and the claim of the gateway that is gone")
    #expect(claims.count == 7, "each of seven dossiers goes on in its order")
    guard case .recorded(let new) = try store.recordAndWait([samples.message("NEW", to: ["x"], at: t0)]),
      case .recorded(let known) = try store.recordAndWait([
        samples.message("H0", body: "đơn 0 ' \\ \"", key: MessageKey("key 0"), to: ["x", "y"], at: t0)
      ])
    else { return #expect(Bool(false), "nothing was reused") }
    #expect(!new[0].isDuplicate && known[0].isDuplicate, "keys are known as before")
  }

  @Test("takes along every table there is, save those that count gateways and migrations")
  func everyTable() throws {
    try StoreEngine.sqlite.open(place, at: t0).close()
    let kept = Set(try copy().map(\.name))
    let file = try SQLiteDatabase(path: path)
    #expect(try names(in: file, "SELECT name FROM sqlite_schema WHERE type = 'table'") == kept.union(["epoch"]))
    let server = try PostgreSQLDatabase(place.serverDatabase.localConfiguration)
    #expect(
      try names(in: server, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        == kept.union(["node", "node_batch"]))
  }

  private func names(in database: any SQLDatabase, _ question: StaticString) throws -> Set<String> {
    let rows = try database.prepare(question)
    defer { rows.reset() }
    var names: Set<String> = []
    while try rows.step() { names.insert(rows.text(0)) }
    return names.subtracting(["migration"])
  }

  @Test("is refused while a gateway has its file open")
  func inUse() throws {
    let running = try StoreEngine.sqlite.open(place, at: t0)
    defer { running.close() }
    _ = try running.recordAndWait([samples.message("A", to: ["x"], at: t0)])
    let error = #expect(throws: StoreCopyError.self) { try copy() }
    #expect(error?.code == .sourceInUse)
  }

  @Test("is refused by a database that holds something already, and is all or nothing")
  func notEmpty() throws {
    let former = try SQLDossierStore(place.location(for: .sqlite), at: t0, conductor: ScriptedConductor())
    try fill(former)
    former.close()
    _ = try copy()
    let error = #expect(throws: StoreCopyError.self) { try copy() }
    #expect(error?.code == .targetNotEmpty)
    let reader = SQLDossierReader(place.location(for: .postgresql))
    #expect(try reader.queue().reduce(0) { $0 + $1.count } == 500)
  }

  @Test("is refused by a database on which a gateway lives")
  func targetInUse() throws {
    let former = try StoreEngine.sqlite.open(place, at: t0)
    former.close()
    let other = try StoreEngine.postgresql.open(place, at: t0)
    defer { other.close() }
    let error = #expect(throws: StoreCopyError.self) { try copy() }
    #expect(error?.code == .targetNotEmpty)
  }

  @Test("leaves nothing behind when it fails in the middle")
  func undone() throws {
    let former = try StoreEngine.sqlite.open(place, at: t0)
    _ = try former.recordAndWait([samples.message("A", to: ["x"], at: t0)])
    // PostgreSQL takes no NUL in a text: the copy fails behind the messages.
    former.journalRefusal(RefusalRecord(at: t0, sender: nil, fault: .malformed, rules: ["\0"]))
    former.close()
    let error = #expect(throws: StoreCopyError.self) { try copy() }
    #expect(error?.code == .database)
    #expect(
      try SQLDossierReader(place.location(for: .postgresql)).messages(MessageFilter(), from: .start, limit: 9)
        .messages.isEmpty)
  }
}
