import DossierModel
import DossierStore
import GatewayTesting
import SQLKit
import ServiceKit
import Testing

/// Every statement of the store, with the plan that the engine makes for it in a store of many messages: rows are found
/// by an index, and what reads more than that is named here with its reason.
@Suite("How statements find their rows, on every engine", .timeLimit(.minutes(4)))
struct StatementPlanTests {
  struct Situation: Sendable, CustomStringConvertible {
    let engine: StoreEngine
    let isAnalysed: Bool
    var description: String { "\(engine)\(isAnalysed ? ", analysed" : "")" }
  }

  /// SQLite is never asked to look at what it holds. PostgreSQL does it by itself a while after the tables were filled.
  static let situations = [
    Situation(engine: .sqlite, isAnalysed: false), Situation(engine: .postgresql, isAnalysed: false),
    Situation(engine: .postgresql, isAnalysed: true),
  ]

  /// One question of the reader.
  private struct Lookup: Sendable {
    let name: String
    /// What it may read from one end to the other.
    var whole: Set<String> = []
    /// An index that it has to go by.
    var index: String?
    /// Whether it found what is there.
    let ask: @Sendable (SQLDossierReader) throws -> Bool
  }

  private static let old = LargeStore.start + .seconds(86_400 * 400)
  private static let some = LargeStore.dossier(50_007)

  private static let lookups: [Lookup] = [
    Lookup(name: "message") { try $0.message(LargeStore.message(50_007, in: $0)) != nil },
    Lookup(name: "body") { try $0.body(of: LargeStore.message(50_007, in: $0)) != nil },
    Lookup(name: "latestMessage", index: "message_dossier") {
      try $0.latestMessage(of: some, from: "mot-cua") != nil
    },
    Lookup(name: "latestBody") { try $0.latestBody(of: some, types: ["mau/thu"]) != nil },
    Lookup(name: "timeline") { try $0.timeline(of: some, visibleTo: nil)?.messages.count == 3 },
    Lookup(name: "timeline of a party") { try $0.timeline(of: some, visibleTo: "x7") != nil },
    Lookup(name: "messages of a dossier", index: "message_dossier") {
      try $0.messages(MessageFilter(dossier: some), from: .start, limit: 100).messages.count == 3
    },
    Lookup(name: "statistics of a dossier", index: "message_dossier") {
      try $0.caseMessages(of: some, limit: 100).count == 3
    },
    Lookup(name: "messages") {
      try $0.messages(MessageFilter(sender: "mot-cua"), from: .start, limit: 100).messages.count == 100
    },
    // A report counts everything of its period.
    Lookup(name: "transport", whole: ["d", "a", "delivery", "attempt", "delivery_pkey", "attempt_pkey"]) {
      try $0.transport(from: LargeStore.start, until: old).allSatisfy { $0.delivered > 0 }
    },
    // Backwards through the messages until there are enough.
    Lookup(name: "dossiers", whole: ["m", "message_pkey"]) { try $0.dossiers(limit: 20).count == 20 },
    // What is open is counted: PostgreSQL may find that it is a large part of the table.
    Lookup(name: "queue", whole: ["delivery_stream", "delivery"]) { try $0.queue().count > 0 },
    Lookup(name: "queueAges", whole: ["delivery_stream", "delivery"]) {
      try $0.queueAges(minutes: [5, 10], at: LargeStore.start).count > 0
    },
    Lookup(name: "standing of a ready one") {
      try $0.standing(of: DeliveryID(Int64(LargeStore.ready.upperBound)))?.place != nil
    },
    Lookup(name: "places", index: "delivery_ready") { try !$0.places(towards: "x1").ahead.isEmpty },
    Lookup(name: "standing of a waiting one") {
      try $0.standing(of: DeliveryID(Int64(LargeStore.waiting.lowerBound))) != nil
    },
    Lookup(name: "failureGroups", whole: ["delivery_stopped"], index: "delivery_stopped") {
      try $0.failureGroups(of: nil).count > 0
    },
    Lookup(name: "failureGroups of one", whole: ["delivery_stopped"], index: "delivery_stopped") {
      try $0.failureGroups(of: "x1").count > 0
    },
    Lookup(name: "heldOutputs", index: "delivery_stopped") {
      try $0.heldOutputs(after: DeliveryID(59_450), limit: 20).count == 20
    },
    Lookup(name: "parties") { try $0.parties(namingFile: LargeStore.file(50)) == ["mot-cua"] },
    Lookup(name: "attempts") { try $0.attempts(of: LargeStore.message(7, in: $0)).count == 1 },
    Lookup(name: "answer") { try $0.answer(to: 1, of: DeliveryID(7), in: LargeStore.message(7, in: $0)) != nil },
    Lookup(name: "payload") { try $0.payload(of: DeliveryID(7), in: LargeStore.message(7, in: $0)) != nil },
    Lookup(name: "inbox", index: "delivery_stream") {
      try $0.inbox(of: "x1", InboxFilter(types: ["mau/thu"], limit: 10)).count == 10
    },
    // What is for one party is counted, as far as it is open.
    Lookup(name: "inboxCount", index: "delivery_stream") { try $0.inboxCount(of: "x1", types: ["mau/thu"]) > 0 },
    Lookup(name: "prunableTypes") { try $0.prunableTypes() == ["mau/thu"] },
    Lookup(name: "prunable") { try $0.prunable("mau/thu", before: old, after: .start).candidates.count > 0 },
    Lookup(name: "nextDue") { try $0.nextDue(for: "x1") != nil },
    // As many as there are partners that are asked.
    Lookup(name: "polls", whole: ["poll", "poll_pkey"]) { try $0.polls().isEmpty },
    Lookup(name: "pollItems") { try $0.pollItems(of: nil, after: 0, limit: 10).isEmpty },
    Lookup(name: "pollItems of one") { try $0.pollItems(of: "x1", after: 0, limit: 10).isEmpty },
    Lookup(name: "pollItem") { try $0.pollItem(7) == nil },
    Lookup(name: "pollItemsOfferedAgain", whole: ["poll_item_again"], index: "poll_item_again") {
      try $0.pollItemsOfferedAgain(limit: 10).isEmpty
    },
    Lookup(name: "awaited", index: "awaited_turn") {
      let query = AwaitedQuery(
        party: "x1", types: ["mau/thu"], procedures: ["1.000001"], ends: [], since: LargeStore.start)
      return try $0.awaited(query, limit: 3) == AwaitedQuery.Answer()
    },
  ]

  /// The questions about procedures, one of which is under way for this dossier.
  private static let conducted = LargeStore.dossier(LargeStore.procedures.lowerBound)

  private static let procedureLookups: [Lookup] = [
    // What was found under each code is put in order: eight rows at most.
    Lookup(name: "procedure", whole: ["known"]) {
      try $0.procedure(knownAs: ["H", "G10001"], to: "x1")?.dossier == conducted
    },
    Lookup(name: "procedures", index: "procedure_open") {
      try $0.procedures(ProcedureFilter(), after: "H15000", limit: 10).count == 10
    },
    Lookup(name: "procedureHistory", index: "procedure_line_dossier") {
      try $0.procedureHistory(of: conducted).count == 3
    },
    Lookup(name: "statistics of what is conducted") {
      try $0.caseMessages(after: .start, portal: nil, limit: 10).messages.count == 10
    },
    Lookup(name: "procedureAlarms", index: "procedure_line_alarm") {
      try $0.procedureAlarms(after: 100, limit: 10).count == 10
    },
    Lookup(name: "latestProcedureAlarm", index: "procedure_line_alarm") { try $0.latestProcedureAlarm() > 0 },
    Lookup(name: "procedureOutputs", index: "procedure_output_name") {
      try $0.procedureOutputs(of: conducted).count == 1
    },
    Lookup(name: "procedureArrivals", index: "procedure_output_name") {
      try $0.procedureArrivals(of: conducted).isEmpty
    },
    // What the look ahead asks, beside what stands here: the latest changes by their numbers, and one stream.
    Lookup(name: "deliveryPaces") { try $0.deliveryPaces(at: LargeStore.start).allSatisfy { $0.delivered > 0 } },
    Lookup(name: "standings of a stream", index: "delivery_stream") {
      try $0.standings(DeliverySelection(destination: "x7", dossier: some), limit: 10).count <= 10
    },
    Lookup(name: "recentProcedureEvents") { try $0.recentProcedureEvents(limit: 10).count <= 10 },
    Lookup(name: "procedureOutput") { try $0.procedureOutput(DeliveryID(10_001))?.dossier == conducted },
    Lookup(name: "unwrittenOutputs", index: "procedure_output_unwritten") {
      try $0.unwrittenOutputs(after: DeliveryID(59_450), limit: 10).count == 10
    },
    Lookup(name: "dueProcedures", index: "procedure_timer") {
      try $0.dueProcedures(at: LargeStore.start, limit: 10).count == 10
    },
    // Of what is under way, once at the start.
    Lookup(name: "editionsUnderWay", whole: ["procedure_edition", "procedure_open"]) {
      try $0.editionsUnderWay().count == 1
    },
  ]

  /// What operators may mean, and what may be read as a whole to find it: everything that is open, at most.
  private static let selections: [(selection: DeliverySelection, whole: Set<String>, index: String?)] = [
    (DeliverySelection(delivery: DeliveryID(57_500)), [], nil),
    (DeliverySelection(dossier: some), [], "delivery_message"),
    (DeliverySelection(destination: "x7", dossier: some), [], nil),
    (DeliverySelection(state: .held), ["delivery_stopped"], "delivery_stopped"),
    (DeliverySelection(destination: "x1", state: .dead, failure: .connect), ["delivery_stopped"], nil),
    (DeliverySelection(state: .held, after: DeliveryID(59_450)), [], nil),
    (DeliverySelection(destination: "x1"), ["delivery_stream"], "delivery_stream"),
    (DeliverySelection(failure: .connect), ["delivery_stream"], "delivery_stream"),
    (DeliverySelection(destination: "x1", after: DeliveryID(50_000)), [], nil),
    (DeliverySelection(), ["delivery_stream"], "delivery_stream"),
  ]

  @Test("a question about few messages reads few rows", arguments: situations)
  func looking(_ situation: Situation) throws {
    let large = try LargeStore(situation.engine, isAnalysed: situation.isAnalysed)
    let watch = WatchedPlans(situation.engine)
    let reader = SQLDossierReader(large.place.location(for: situation.engine), wrapping: watch)
    for lookup in Self.lookups {
      #expect(try lookup.ask(reader), "\(lookup.name) finds nothing")
      expect(watch, lookup.name, whole: lookup.whole, index: lookup.index)
    }
    for lookup in Self.procedureLookups {
      #expect(try lookup.ask(reader), "\(lookup.name) finds nothing")
      expect(watch, lookup.name, whole: lookup.whole, index: lookup.index)
    }
    for (selection, whole, index) in Self.selections {
      _ = try reader.standings(selection, limit: 10)
      expect(watch, "standings \(selection)", whole: whole, index: index)
    }
  }

  @Test("a change of few messages reads few rows", arguments: situations)
  func changing(_ situation: Situation) throws {
    let large = try LargeStore(situation.engine, isAnalysed: situation.isAnalysed)
    let watch = WatchedPlans(situation.engine)
    let location = large.place.location(for: situation.engine)
    let store = try SQLDossierStore(location, at: LargeStore.start, conductor: ScriptedConductor(), wrapping: watch)
    defer { store.close() }
    let now = LargeStore.start + .seconds(60)
    let samples = SampleMessages()
    _ = watch.take()

    for key in [MessageKey("moi"), MessageKey("sha256 moi", scope: .latest)] {
      _ = try store.recordAndWait([samples.message(Self.some, key: key, to: ["x7", "moi"], at: now)])
    }
    var progress = samples.message(Self.some, body: "tiến độ", to: ["x7"], at: now)
    progress.deliveries[0].coalesces = true
    _ = try store.recordAndWait([progress])
    store.journalRefusal(RefusalRecord(at: now, sender: nil, fault: .malformed))
    expect(watch, "record")

    var answer = samples.message("R-1", to: [], at: now)
    answer.conducted = ConductedMessage(
      codes: ["R-1", Self.conducted], isAnswer: true,
      content: ScriptedConductor.Word(codes: [.init("R-1", of: samples.sender)], outputs: [("x1", "send b 1")]))
    _ = try store.recordAndWait([answer])
    #expect(try store.conductAndWait(ConductOrder(LargeStore.dossier(10_003), .timer(), at: now)))
    expect(watch, "a procedure", whole: ["known"])

    let claims = try store.exchangeAndWait(DeliveryExchange(claims: ["x1": 20], at: now))
    #expect(claims.count == 20)
    let settlements = claims.prefix(10).map { claim in
      var settlement = Settlement(
        delivery: claim.id, epoch: claim.epoch, outcome: .accepted(alreadyThere: false), startedAt: now, endedAt: now)
      settlement.awaitedAs = claim.type
      return settlement
    }
    _ = try store.exchangeAndWait(DeliveryExchange(settlements: Array(settlements), at: now))
    expect(watch, "exchange")
    // After a failure only, what this gateway holds is looked for: on SQLite among all that is open.
    var doubtful = DeliveryExchange(at: now)
    doubtful.inHand = []
    _ = try store.exchangeAndWait(doubtful)
    expect(watch, "an exchange in doubt", whole: ["delivery_stream"])

    let fetched = try #require(try store.fetchInboxAndWait(of: "x1", limit: 10, at: now).first)
    #expect(try store.acknowledgeAndWait(fetched.id, by: "x1", at: now))
    let entry = try #require(try store.inbox(of: "x1", InboxFilter(types: ["mau/thu"], limit: 1)).first)
    #expect(try store.handOutAndWait(entry.delivery, to: "x1", at: now))
    #expect(try store.declineAndWait(entry.delivery, by: "x1", note: "thử", at: now))
    expect(watch, "the inbox")

    for (selection, whole, index) in Self.selections {
      let order = OperatorOrder(.flush, selection, actor: "operator:lan", reason: "thử", at: now)
      _ = try store.carryOutAndWait(order)
      expect(watch, "an order for \(selection)", whole: whole, index: index)
    }
    let held = DeliveryID(Int64(LargeStore.held.lowerBound))
    _ = try store.carryOutAndWait(
      OperatorOrder(.release, DeliverySelection(delivery: held), actor: "operator:lan", reason: "thử", at: now))
    expect(watch, "to be written again")
    #expect(try store.supplyAndWait(Array("bytes".utf8), to: held, at: now))
    expect(watch, "supply")

    let poll = PollID("x1", "danh-sach")
    let lease = try #require(try store.claimAndWait(poll, at: now))
    var round = PollReport(lease, at: now, place: PollPlace(cursor: "7"))
    round.refused = [.init(PollItem(poll: poll, name: "1", bytes: [1]), fault: .invalid, note: "")]
    round.cleared = [PollItem(poll: poll, name: "2", bytes: [1])]
    round.asked = [AwaitedDossier(type: "mau/thu", code: Self.some)]
    round.settled = round.asked
    round.end = .done
    #expect(try store.reportAndWait(round))
    expect(watch, "a round of a poll")

    let reader = SQLDossierReader(location)
    let done = try LargeStore.message(LargeStore.delivered.lowerBound, in: reader)
    _ = try store.resendAndWait(
      ResendOrder(done, to: LargeStore.destination(1), actor: "operator:lan", reason: "thử", at: now))
    expect(watch, "resend")

    let page = try reader.prunable("mau/thu", before: Self.old, after: .start)
    let last = try #require(page.candidates.last)
    let report = try store.pruneAndWait(
      PruneOrder(
        type: "mau/thu", horizon: Self.old, after: .start, through: last.place, rule: "thử", at: Self.old))
    #expect(report.messages > 0)
    expect(watch, "prune")
  }

  private func expect(
    _ watch: WatchedPlans, _ name: String, whole: Set<String> = [], index: String? = nil,
    at location: SourceLocation = #_sourceLocation
  ) {
    let (scans, indexes, statements) = watch.take()
    #expect(statements > 0, "\(name): no statement was seen", sourceLocation: location)
    for scan in scans where !whole.contains(scan.name) {
      #expect(Bool(false), "\(name) reads all of \(scan)", sourceLocation: location)
    }
    if let index {
      #expect(indexes.contains(index), "\(name) goes by \(indexes), not by \(index)", sourceLocation: location)
    }
  }
}
