import DossierModel
import DossierStore
import GatewayTesting
import ServiceKit
import Testing

@Suite("Procedures in the transaction of their messages, on every engine", .timeLimit(.minutes(2)))
struct ProcedureConformance {
  private let place = StorePlace()
  private let t0 = Timestamp(seconds: 1_790_000_000)
  private let citizen = SampleMessages(sender: "mot-cua")
  private let agency = SampleMessages(sender: "ho-tich")

  private func open(_ engine: StoreEngine) throws -> SQLDossierStore {
    try SQLDossierStore(place.location(for: engine), at: t0, conductor: ScriptedConductor())
  }

  private func message(
    _ samples: SampleMessages, _ code: DossierCode, known codes: [DossierCode]? = nil, body: String = "noi dung",
    to destinations: [PartyID] = [], at seconds: Int = 0, says word: ScriptedConductor.Word
  ) -> MessageRecord {
    var record = samples.message(code, body: body, to: destinations, at: t0 + .seconds(seconds))
    record.conducted = ConductedMessage(codes: codes ?? [code], isAnswer: false, content: word)
    return record
  }

  @Test("a message begins a procedure with what it owes, in one commit", arguments: StoreEngine.allCases)
  func begins(engine: StoreEngine) throws {
    let store = try open(engine)
    defer { store.close() }
    let word = ScriptedConductor.Word(
      begins: true, outputs: [("ho-tich", "send a 1")], timer: t0 + .seconds(60), alarm: "alarm.thu")
    _ = try store.recordAndWait([message(citizen, "H1", to: ["cong"], says: word)])
    let found = try #require(try store.procedure(knownAs: ["H0", "H1"], to: nil))
    #expect(found.dossier == "H1" && found.procedure == "thu" && found.version == 1 && found.sender == "mot-cua")
    #expect(found.state == [UInt8(ascii: ".")] && found.outcome == nil && found.timer == t0 + .seconds(60))
    #expect(found.beganAt == t0 && found.changedAt == t0)
    let history = try store.procedureHistory(of: "H1")
    #expect(history.map(\.line.word) == ["said", "alarm.thu"] && history[0].line.party == "mot-cua")
    #expect(try store.procedureAlarms(after: 0, limit: 9).map(\.line.step) == ["a"])
    #expect(try store.latestProcedureAlarm() == history[1].number)
    let owed = try #require(try store.procedureOutputs(of: "H1").first)
    #expect(owed.destination == "ho-tich" && owed.state == .held && owed.errand == Array("việc send a 1".utf8))
    #expect(try store.unwrittenOutputs(after: nil, limit: 9).map(\.delivery) == [owed.delivery])
    #expect(try store.heldOutputs(after: nil, limit: 9).map(\.delivery) == [owed.delivery])
    #expect(try store.editionsUnderWay().map(\.procedure) == ["thu"])
    #expect(try store.procedures(ProcedureFilter(dueBefore: t0 + .seconds(61)), after: nil, limit: 9).count == 1)
    #expect(try store.procedures(ProcedureFilter(procedure: "khác"), after: nil, limit: 9).isEmpty)
    #expect(try store.procedures(ProcedureFilter(), after: "H1", limit: 9).isEmpty)
  }

  @Test("a message that is sent again moves nothing again", arguments: StoreEngine.allCases)
  func duplicate(engine: StoreEngine) throws {
    let store = try open(engine)
    defer { store.close() }
    var record = message(citizen, "H1", says: .init(begins: true, outputs: [("ho-tich", "send a 1")]))
    record.envelope.key = MessageKey("k")
    _ = try store.recordAndWait([record])
    _ = try store.recordAndWait([record])
    #expect(try store.procedureHistory(of: "H1").count == 1)
    #expect(try store.procedureOutputs(of: "H1").count == 1)
  }

  @Test("what cannot be recorded moves no procedure", arguments: StoreEngine.allCases)
  func wholly(engine: StoreEngine) throws {
    let store = try open(engine)
    defer { store.close() }
    // Two outputs of one name are a defect of the conductor: nothing of the message is kept.
    let twice = message(citizen, "H1", says: .init(begins: true, outputs: [("ho-tich", "x"), ("ho-tich", "x")]))
    #expect(throws: StoreError.self) { try store.recordAndWait([twice]) }
    #expect(try store.procedure(knownAs: ["H1"], to: nil) == nil)
    #expect(try store.timeline(of: "H1", visibleTo: nil) == nil)
    _ = try store.recordAndWait([message(citizen, "H2", says: .init(begins: true))])
    #expect(try store.procedure(knownAs: ["H2"], to: nil) != nil)
  }

  @Test(
    "a procedure is found by its other codes, and by an agency's own only for that agency",
    arguments: StoreEngine.allCases)
  func codes(engine: StoreEngine) throws {
    let store = try open(engine)
    defer { store.close() }
    let begin = ScriptedConductor.Word(begins: true, codes: [.init("G22", of: nil)])
    _ = try store.recordAndWait([message(citizen, "H1", says: begin)])
    let own = ScriptedConductor.Word(codes: [.init("HT-7", of: "ho-tich")])
    _ = try store.recordAndWait([message(agency, "HT-7", known: ["HT-7", "H1"], at: 1, says: own)])
    #expect(try store.procedure(knownAs: ["HT-7"], to: "ho-tich")?.dossier == "H1")
    #expect(try store.procedure(knownAs: ["HT-7"], to: "cong-an") == nil)
    #expect(try store.procedure(knownAs: ["G22"], to: "cong-an")?.state == Array("..".utf8))
    _ = try store.recordAndWait([
      message(agency, "HT-7", body: "lần hai", at: 2, says: .init(outputs: [("bhxh", "send b 1")]))
    ])
    let output = try #require(try store.procedureOutputs(of: "H1").first)
    #expect(output.dossier == "H1", "what is owed is of the dossier's code, whatever the agency calls it")
  }

  @Test(
    "statistics know an agency's word about its step, also under the agency's own code, and what became of the whole",
    arguments: StoreEngine.allCases)
  func cases(engine: StoreEngine) throws {
    let store = try open(engine)
    defer { store.close() }
    _ = try store.recordAndWait([message(citizen, "H1", says: .init(begins: true))])
    _ = try store.recordAndWait([message(agency, "H1", body: "xong", at: 1, says: .init())])
    let own = ScriptedConductor.Word(codes: [.init("HT-7", of: "ho-tich")])
    _ = try store.recordAndWait([message(agency, "HT-7", known: ["HT-7", "H1"], at: 2, says: own)])
    _ = try store.recordAndWait([citizen.message("H2", to: [], at: t0)])
    let page = try store.caseMessages(after: .start, portal: nil, limit: 9)
    #expect(page.messages.map(\.dossier.text) == ["H1", "H1", "H2", "HT-7"])
    #expect(page.messages.map(\.isOfStep) == [false, true, false, true])
    #expect(page.conducted.keys.map(\.text) == ["H1"])
    #expect(page.conducted["H1"]?.map(\.word) == ["said", "said", "said"])
    #expect(page.conducted["H1"]?.map(\.at) == [0, 1, 2].map { t0 + .seconds($0) })
  }

  @Test("an output is written once, goes in its turn, and is known by when it arrived", arguments: StoreEngine.allCases)
  func written(engine: StoreEngine) throws {
    let store = try open(engine)
    defer { store.close() }
    let word = ScriptedConductor.Word(begins: true, outputs: [("ho-tich", "send a 1"), ("ho-tich", "tell a 2")])
    _ = try store.recordAndWait([message(citizen, "H1", says: word)])
    let owed = try store.procedureOutputs(of: "H1").map(\.delivery)
    let supply = Supply.bytes(Array("<dossier/>".utf8), files: [], type: "rest/dossier", note: nil)
    #expect(try store.supplyAndWait(supply, to: owed[1], at: t0 + .seconds(1)))
    #expect(try store.standing(of: owed[1])?.delivery.state == .waiting, "the one before it goes first")
    #expect(try store.supplyAndWait(supply, to: owed[0], at: t0 + .seconds(2)))
    #expect(try !store.supplyAndWait(supply, to: owed[0], at: t0 + .seconds(3)))
    #expect(try store.unwrittenOutputs(after: nil, limit: 9).isEmpty)
    let first = try #require(try store.procedureOutputs(of: "H1").first)
    #expect(first.errand.isEmpty && first.state == .ready)
    #expect(try store.standing(of: owed[0])?.delivery.type == "rest/dossier")
    let fetched = try store.fetchInboxAndWait(of: "ho-tich", limit: 9, at: t0 + .seconds(4))
    #expect(fetched.map(\.id) == [owed[0]] && fetched[0].payload == Array("<dossier/>".utf8))
    #expect(try store.acknowledgeAndWait(owed[0], by: "ho-tich", at: t0 + .seconds(5)))
    _ = try store.recordAndWait([message(agency, "H1", body: "xong", at: 9, says: .init())])
    let arrived = t0 + .seconds(5)
    #expect(try store.procedureHistory(of: "H1").last?.line.text == "delivered send a 1@\(arrived.microseconds)")
    #expect(try store.procedureArrivals(of: "H1") == ["send a 1": arrived])
    #expect(try store.procedureArrivals(of: "H2").isEmpty)
  }

  @Test("a timer is told what has arrived; a look ahead is written down", arguments: StoreEngine.allCases)
  func occasions(engine: StoreEngine) throws {
    let store = try open(engine)
    defer { store.close() }
    let word = ScriptedConductor.Word(begins: true, outputs: [("ho-tich", "send a 1")], timer: t0 + .seconds(60))
    _ = try store.recordAndWait([message(citizen, "H1", says: word)])
    let owed = try #require(try store.procedureOutputs(of: "H1").first).delivery
    let supply = Supply.bytes(Array("x".utf8), files: [], type: "rest/dossier", note: nil)
    #expect(try store.supplyAndWait(supply, to: owed, at: t0))
    _ = try store.fetchInboxAndWait(of: "ho-tich", limit: 9, at: t0 + .seconds(1))
    #expect(try store.acknowledgeAndWait(owed, by: "ho-tich", at: t0 + .seconds(2)))
    let ahead = StepForecast(step: "a", round: 1, expectedAt: t0 + .seconds(90), holder: .agency)
    #expect(try store.conductAndWait(ConductOrder("H1", .forecast([ahead]), at: t0 + .seconds(3))))
    #expect(try store.procedureAlarms(after: 0, limit: 9).map(\.line.word) == ["alarm.a"])
    _ = try store.recordAndWait([
      message(agency, "H1", body: "nữa", at: 4, says: .init(timer: t0 + .seconds(60)))
    ])
    #expect(try store.conductAndWait(ConductOrder("H1", .timer(), at: t0 + .seconds(60))))
    #expect(try store.procedureHistory(of: "H1").last?.line.text == "delivered send a 1")
    #expect(try store.recentProcedureEvents(limit: 100).map(\.line.kind).allSatisfy { $0 == .event })
    #expect(try store.recentProcedureEvents(limit: 1).map(\.line.text) == ["delivered send a 1"])
  }

  @Test("what a procedure owes is not coalesced, whatever a route declares", arguments: StoreEngine.allCases)
  func notCoalesced(engine: StoreEngine) throws {
    let store = try open(engine)
    defer { store.close() }
    var begin = message(citizen, "H1", says: .init(begins: true, outputs: [("cong", "inform 1")]))
    begin.facts.marks = .plainProgress
    _ = try store.recordAndWait([begin])
    let owed = try #require(try store.procedureOutputs(of: "H1").first).delivery
    let supply = Supply.bytes(Array("x".utf8), files: [], type: "mau/thu", note: nil)
    #expect(try store.supplyAndWait(supply, to: owed, at: t0))
    var progress = citizen.message("H1", body: "tiến độ", to: ["cong"], at: t0 + .seconds(1))
    progress.facts.marks = .plainProgress
    progress.deliveries[0].coalesces = true
    _ = try store.recordAndWait([progress])
    #expect(try store.procedureOutputs(of: "H1").map(\.state) == [.ready])
  }

  @Test("how fast a destination takes what it is sent is counted over the last hour", arguments: StoreEngine.allCases)
  func paces(engine: StoreEngine) throws {
    let store = try open(engine)
    defer { store.close() }
    #expect(try store.deliveryPaces(at: t0).isEmpty)
    for (code, seconds) in [("P1", 0), ("P2", 5_000), ("P3", 5_600)] {
      _ = try store.recordAndWait([citizen.message(DossierCode(code), to: ["x", "y"], at: t0 + .seconds(seconds))])
      let fetched = try store.fetchInboxAndWait(of: "x", limit: 9, at: t0 + .seconds(seconds))
      for delivery in fetched {
        #expect(try store.acknowledgeAndWait(delivery.id, by: "x", at: t0 + .seconds(seconds + 10)))
      }
    }
    let now = t0 + .seconds(7_200)
    #expect(try store.deliveryPaces(at: now) == [DeliveryPace(destination: "x", delivered: 2, over: .seconds(3_600))])
    #expect(try store.deliveryPaces(at: t0 + .seconds(60)).first?.over == .seconds(60), "there is nothing before")
    #expect(try store.deliveryPaces(at: now)[0].time(for: 3) == .seconds(5_400))
  }

  @Test(
    "an output that cannot be written says why, and an operator has it tried again", arguments: StoreEngine.allCases)
  func unwritten(engine: StoreEngine) throws {
    let store = try open(engine)
    defer { store.close() }
    _ = try store.recordAndWait([
      message(citizen, "H1", says: .init(begins: true, outputs: [("buu-dien", "send a 1")]))
    ])
    let owed = try #require(try store.procedureOutputs(of: "H1").first).delivery
    let unwritten = Supply.unwritten(reason: "send a 1 cannot be written: ReceiverTel")
    #expect(try !store.supplyAndWait(unwritten, to: owed, at: t0))
    let standing = try #require(try store.standing(of: owed)).delivery
    #expect(standing.state == .held && standing.note == "send a 1 cannot be written: ReceiverTel")
    #expect(try store.unwrittenOutputs(after: nil, limit: 9).map(\.note) == [standing.note])
    let order = OperatorOrder(
      .release, DeliverySelection(delivery: owed), actor: "operator:lan", reason: "đã sửa", at: t0 + .seconds(1))
    #expect(try store.carryOutAndWait(order).items.map(\.result) == [.toBeWritten])
    #expect(try store.unwrittenOutputs(after: nil, limit: 9).map(\.note) == ["to be written again: đã sửa"])
    let entries = try #require(try store.timeline(of: "H1", visibleTo: nil)).entries
    #expect(entries.last.map { "\($0.event) \($0.actor)" } == "writeAgain operator:lan")
    let supply = Supply.bytes(Array("{}".utf8), files: [], type: "vnpost/don-hang", note: nil)
    #expect(try store.supplyAndWait(supply, to: owed, at: t0 + .seconds(2)))
    #expect(try store.standing(of: owed)?.delivery.state == .ready)
    #expect(try store.carryOutAndWait(order).items.map(\.result) == [.notApplicable], "it is written")
  }

  @Test("an output with nothing to say is cancelled and holds up nobody", arguments: StoreEngine.allCases)
  func nothing(engine: StoreEngine) throws {
    let store = try open(engine)
    defer { store.close() }
    let word = ScriptedConductor.Word(begins: true, outputs: [("cong", "inform 1"), ("cong", "inform 2")])
    _ = try store.recordAndWait([message(citizen, "H1", says: word)])
    let owed = try store.procedureOutputs(of: "H1").map(\.delivery)
    let bytes = Supply.bytes(Array("x".utf8), files: [], type: "rest/progress", note: nil)
    #expect(try store.supplyAndWait(bytes, to: owed[1], at: t0))
    #expect(try store.supplyAndWait(.nothing(reason: "không có loại"), to: owed[0], at: t0))
    #expect(try store.procedureOutputs(of: "H1").map(\.state) == [.cancelled, .ready])
    #expect(try store.unwrittenOutputs(after: nil, limit: 9).isEmpty)
  }

  @Test(
    "a timer moves its procedure when it is due, once, and an order whenever it comes", arguments: StoreEngine.allCases)
  func timers(engine: StoreEngine) throws {
    let store = try open(engine)
    defer { store.close() }
    let due = t0 + .seconds(60)
    _ = try store.recordAndWait([message(citizen, "H1", says: .init(begins: true, timer: due))])
    #expect(try store.procedure(knownAs: ["H1"], to: nil)?.timer == due)
    #expect(try store.dueProcedures(at: t0 + .seconds(59), limit: 9).isEmpty)
    #expect(try !store.conductAndWait(ConductOrder("H1", .timer(), at: t0 + .seconds(59))))
    #expect(try store.dueProcedures(at: due, limit: 9) == ["H1"])
    #expect(try store.conductAndWait(ConductOrder("H1", .timer(), at: due)))
    #expect(try !store.conductAndWait(ConductOrder("H1", .timer(), at: due)), "it is not due any more")
    #expect(try store.procedure(knownAs: ["H1"], to: nil)?.outcome == "timer")
    #expect(try store.procedures(ProcedureFilter(), after: nil, limit: 9).isEmpty)
    #expect(try store.procedures(ProcedureFilter(isOpen: false), after: nil, limit: 9).count == 1)
    let order = ScriptedConductor.Word(outputs: [("ho-tich", "tell a 1")])
    #expect(try store.conductAndWait(ConductOrder("H1", .order(order), at: due)))
    #expect(try store.procedureOutputs(of: "H1").count == 1)
    #expect(try !store.conductAndWait(ConductOrder("H9", .order(order), at: due)))
  }

  @Test(
    "what is under way survives its gateway; nothing is pruned of it until it is over", arguments: StoreEngine.allCases)
  func lasting(engine: StoreEngine) throws {
    let first = try open(engine)
    let word = ScriptedConductor.Word(
      begins: true, codes: [.init("HT-7", of: "ho-tich")], outputs: [("ho-tich", "send a 1")])
    _ = try first.recordAndWait([message(citizen, "H1", says: word)])
    _ = try first.recordAndWait([message(agency, "HT-7", at: 1, says: .init())])
    first.close()
    let store = try open(engine)
    defer { store.close() }
    let owed = try #require(try store.unwrittenOutputs(after: nil, limit: 9).first)
    #expect(try store.supplyAndWait(.nothing(reason: "thử"), to: owed.delivery, at: t0))
    let late = t0 + .seconds(90 * 86_400)
    func due() throws -> Int {
      try store.prunable("mau/thu", before: late, after: .start).candidates.filter(\.isDue).count
    }
    #expect(try due() == 0)
    #expect(try store.conductAndWait(ConductOrder("H1", .order(ScriptedConductor.Word(outcome: "completed")), at: t0)))
    #expect(try due() == 2)
    let page = try store.prunable("mau/thu", before: late, after: .start)
    let order = PruneOrder(
      type: "mau/thu", horizon: late, after: .start, through: try #require(page.candidates.last?.place), rule: "90d",
      at: late)
    #expect(try store.pruneAndWait(order).messages == 2)
    #expect(try store.procedure(knownAs: ["H1"], to: nil)?.state.isEmpty == true, "results go with the message")
    #expect(try !store.procedureHistory(of: "H1").isEmpty)
  }

  @Test("two messages of one procedure at the same time move it one after the other", arguments: StoreEngine.allCases)
  func together(engine: StoreEngine) throws {
    let store = try open(engine)
    defer { store.close() }
    _ = try store.recordAndWait([message(citizen, "H1", says: .init(begins: true))])
    let place = place
    let other = engine == .postgresql ? try open(engine) : store
    defer { if other !== store { other.close() } }
    _ = place
    try Crew.work(
      (0..<8).map { worker in
        { [self] in
          let target = worker % 2 == 0 ? store : other
          for turn in 0..<10 {
            let samples = SampleMessages(sender: PartyID("co-quan-\(worker)"))
            let code = DossierCode(worker % 2 == 0 ? "H1" : "R-\(worker)")
            let word = ScriptedConductor.Word(outputs: [("mot-cua", "inform \(worker) \(turn)")])
            _ = try target.recordAndWait([
              message(samples, code, known: [code, "H1"], body: "\(turn)", at: turn, says: word)
            ])
          }
        }
      })
    #expect(try store.procedure(knownAs: ["H1"], to: nil)?.state.count == 81)
    #expect(try store.procedureOutputs(of: "H1").count == 80)
  }
}
