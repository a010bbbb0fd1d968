import CryptographyKit
import DocumentKit
import DossierModel
import DossierStore
package import Orchestration
import ServiceKit
import XMLKit

/// Procedures in a world of their own: the real conductor and recognition in the real store on a disk that fails, with agencies,
/// citizens and operators that a seed decides about, and a gateway that is killed.
///
/// Nothing runs by itself. Each step does one thing: a citizen lodges or speaks, an agency takes what waits for it or answers,
/// an output is written, time passes, the store commits, or the gateway is killed and started again.
package final class ProcedureWorld {
  private let path: String
  private let procedures: ConductedProcedures
  private let definitions: [ProcedureVersion: ProcedureDefinition]
  private let beginnings: [(code: String, choices: [String])]
  private let conductor: Conductor
  private let time = ManualTimeSource()
  private var random: SeededGenerator
  private let faults: DiskFaults
  private let rates: FaultRates
  private var store: SQLDossierStore
  private let identifiers = UUIDv7Generator()
  private let parties: [PartyID]
  private let desk = WordDesk()
  /// What each party has taken, by party: the names of outputs by dossier.
  private var taken: [PartyID: Set<String>] = [:]
  private var lodged = 0
  package private(set) var crashes = 0
  /// Instances that this world begins.
  package let dossiers: Int

  static let citizen = PartyID("mot-cua")

  /// - Parameters:
  ///   - machines: the procedures, each with one of its codes and the choices that its dossiers may make.
  ///   - folder: an empty one, best in memory.
  package init(
    seed: UInt64, in folder: String, dossiers: Int,
    machines: [(machine: ProcedureMachine, code: String, choices: [String])],
    rates: FaultRates = FaultRates(), canary: Canary? = nil
  ) throws {
    path = folder + "/store.sqlite"
    self.dossiers = dossiers
    self.rates = rates
    procedures = ConductedProcedures(machines.map(\.machine))
    definitions = Dictionary(
      uniqueKeysWithValues: machines.map { ($0.machine.definition.version, $0.machine.definition) })
    beginnings = machines.map { ($0.code, $0.choices) }
    parties = Set(machines.flatMap { $0.machine.definition.parties }).union([Self.citizen]).sorted()
    let both: Set<MessageKind> = [.dossier, .progress]
    conductor = Conductor(procedures, receivers: Dictionary(uniqueKeysWithValues: parties.map { ($0, both) }))
    random = SeededGenerator(seed: seed)
    faults = DiskFaults(random: random.generator(for: "disk"), rates: rates, canary: canary)
    store = try SQLDossierStore(
      driven: .sqlite(path: path), at: time.now(), conductor: conductor, wrapping: DiskWrapping(faults: faults))
  }

  // MARK: Steps

  /// One thing happens.
  package func step() throws {
    switch random.number(below: 100) {
    case ..<8: lodge()
    case ..<40: _ = store.commitWaiting()
    case ..<55: try write()
    case ..<80: try take(parties[random.number(below: parties.count)])
    case ..<92: try answer()
    case ..<97: time.advance(by: .seconds(random.number(below: 20_000)))
    default: try letTimeCount()
    }
    try sayAgain()
    if random.happens(rates.crash) { try crash() }
  }

  private func crash() throws {
    crashes += 1
    desk.gatewayDied()
    store = try SQLDossierStore(
      driven: .sqlite(path: path), at: time.now(), conductor: conductor, wrapping: DiskWrapping(faults: faults))
  }

  // MARK: Speaking

  private func lodge() {
    guard lodged < dossiers, let beginning = random.element(of: beginnings) else { return }
    lodged += 1
    let chosen = beginning.choices.filter { _ in random.happens(0.7) }
    let choices = chosen.isEmpty ? Array(beginning.choices.prefix(1)) : chosen
    let ids = choices.map { "<externalId><system>thu-tuc</system><id>\($0)</id></externalId>" }.joined()
    desk.put(
      WordDesk.Word(
        key: "begin \(lodged)", sender: Self.citizen,
        text: "<dossier><code>H\(lodged)</code><procedure><code>\(beginning.code)</code></procedure>"
          + "<status>accepted</status>\(ids)</dossier>"))
  }

  /// Says again what no answer has come to, as every partner does.
  private func sayAgain() throws {
    for word in desk.unsaid(limit: 4) { try say(word) }
  }

  private func say(_ word: WordDesk.Word) throws {
    let tree = try DocumentTree(parsing: Array(word.text.utf8), as: .xml)
    let record: MessageRecord
    do {
      record = try self.record(word, tree)
    } catch {
      // The ledger could not be read: the sender is told so, and comes again.
      return
    }
    desk.began(word)
    let (desk, gateway) = (desk, crashes)
    store.record([record]) { result in
      desk.ended(word, isKept: (try? result.get()) != nil, gateway: gateway)
    }
  }

  private func record(_ word: WordDesk.Word, _ tree: DocumentTree) throws(Refusal) -> MessageRecord {
    let root = tree.root
    guard let kind = MessageKind(rawValue: root.localName), let code = root.firstElement(named: "code")?.text else {
      preconditionFailure("words of the world are canonical")
    }
    let status = root.firstElement(named: "status") ?? root.firstElement(named: "entry")?.firstElement(named: "status")
    let fields = DossierFields(
      code: DossierCode(code), procedure: root.firstElement(named: "procedure")?.firstElement(named: "code")?.text,
      status: status?.text)
    let body = Array(word.text.utf8)
    let envelope = Envelope(
      id: MessageID(identifiers.next()), sender: word.sender, type: "rest/\(kind.rawValue)", receivedAt: time.now(),
      digest: MessageDigest(of: body), key: MessageKey(word.key))
    var passage = Passage(
      envelope: envelope,
      type: MessageType(
        name: "rest/\(kind.rawValue)", format: .xml, kind: kind, recognise: "true()", schema: ""),
      source: tree, root: root, json: nil, body: body)
    passage.canonical = tree
    passage.fields = fields
    let store = store
    let recognition = ProcedureRecognition(procedures: procedures) { codes, party throws(Refusal) in
      do throws(StoreError) {
        return try store.procedure(knownAs: codes, to: party).flatMap { ConductedState(json: $0.state) }
      } catch {
        throw Refusal(.unavailable, english: "the disk", vietnamese: "đĩa")
      }
    }
    try recognition.process(&passage)
    return MessageRecord(
      envelope: envelope, fields: fields, body: body, deliveries: [], conducted: passage.conducted)
  }

  // MARK: Outputs

  /// Some of what is owed is written: its errand itself stands for the document.
  private func write() throws {
    guard let page = try? store.unwrittenOutputs(after: nil, limit: 8) else { return }
    for output in page {
      guard let owed = try? store.procedureOutput(output.delivery), !owed.errand.isEmpty else { continue }
      let text = Array("\(owed.name)\n".utf8) + owed.errand
      store.supply(
        .bytes(text, files: [], type: "rest/\(owed.kind.rawValue)", note: nil), to: output.delivery, at: time.now()
      ) { _ in }
    }
  }

  /// A party takes what waits for it; what it has acknowledged it never gets again, and nothing under one name twice.
  private func take(_ party: PartyID) throws {
    let fetched = Held<[ClaimedDelivery]>([])
    store.fetchInbox(of: party, limit: 4, at: time.now()) { fetched.set((try? $0.get()) ?? []) }
    while store.commitWaiting() {}
    for delivery in fetched.value {
      let text = String(decoding: delivery.payload, as: UTF8.self)
      guard let end = text.firstIndex(of: "\n") else { preconditionFailure("an output begins with its name") }
      let name = "\(delivery.dossier) \(text[..<end])"
      let isDone = Held(false)
      store.acknowledge(delivery.id, by: party, at: time.now()) { isDone.set((try? $0.get()) == true) }
      while store.commitWaiting() {}
      // A receipt that was lost is given again with the next fetch.
      guard isDone.value else { continue }
      guard taken[party, default: []].insert("\(name) \(delivery.id)").inserted else { continue }
      let names = taken[party, default: []].filter { $0.hasPrefix(name + " ") }
      guard names.count == 1 else { throw Violation(.doneTwice, "\(party) got \(name) \(names.count) times") }
      if let errand = OutputErrand(json: Array(text[text.index(after: end)...].utf8)) { think(errand, party) }
    }
  }

  // MARK: Answers

  /// What a party will say to what it got.
  private func think(_ errand: OutputErrand, _ party: PartyID) {
    let code = errand.code
    switch errand.purpose {
    case .send:
      guard let step = errand.step else { return }
      desk.plan(code, step, by: party)
    case .tell: break
    case .inform where party == Self.citizen && errand.status == .supplementRequested:
      desk.put(
        WordDesk.Word(
          key: "supplement \(code) \(desk.count)", sender: Self.citizen,
          text: "<dossier><code>\(code)</code><procedure><code>x</code></procedure><status>accepted</status></dossier>")
      )
    case .inform where party == Self.citizen && errand.status == .paymentRequested:
      desk.put(
        WordDesk.Word(
          key: "paid \(code) \(desk.count)", sender: Self.citizen,
          text: "<progress><code>\(code)</code><entry><status>processing</status></entry></progress>"))
    case .inform: break
    }
  }

  /// An agency says something about a step that it has.
  private func answer() throws {
    guard let plan = desk.takePlan(&random) else { return }
    let definition = definitions.values.first { $0[plan.step]?.agency.parties.contains(plan.party) ?? false }
    let status: DossierStatus
    var (head, more) = ("<externalId><system>buoc</system><id>\(plan.step)</id></externalId>", "")
    switch random.number(below: 20) {
    case ..<2: status = .processing
    case 2: status = .supplementRequested
    case 3: status = .paymentRequested
    case 4: status = .stopped
    case 5:
      status = .stopped
      if let target = definition?[plan.step]?.returnsTo.first {
        head += "<externalId><system>chuyen-tra</system><id>\(target)</id></externalId>"
      }
    // Silence: the law or an operator has the word.
    case 6: return
    default:
      status = .completed
      more = """
        <result><number>1</number><registration><entry><number>2</number></entry><person><role>child</role>\
        <personalNumber>3</personalNumber></person></registration></result>
        """
    }
    // It has the step on, unless it is done with it.
    if status == .processing || status == .supplementRequested || status == .paymentRequested {
      if status == .processing { desk.plan(plan.dossier, plan.step, by: plan.party) }
      if status == .paymentRequested { desk.plan(plan.dossier, plan.step, by: plan.party) }
    }
    desk.put(
      WordDesk.Word(
        key: "answer \(desk.count)", sender: plan.party,
        text:
          "<progress><code>\(plan.dossier)</code>\(head)<entry><status>\(status.rawValue)</status>\(more)</entry></progress>"
      ))
  }

  /// The timers that are due.
  private func letTimeCount() throws {
    guard let due = try? store.dueProcedures(at: time.now(), limit: 20) else { return }
    for dossier in due { store.conduct(ConductOrder(dossier, .timer(), at: time.now())) { _ in } }
  }

  // MARK: Coming to rest

  /// Nothing fails any more: everybody lodges and says what is left to say, and every promise is looked at.
  package func settle() throws -> Summary {
    faults.set(.none)
    var quiet = 0
    for _ in 0..<200_000 {
      if lodged < dossiers { lodge() }
      try sayAgain()
      while store.commitWaiting() {}
      try write()
      while store.commitWaiting() {}
      for party in parties { try take(party) }
      try answer()
      try letTimeCount()
      while store.commitWaiting() {}
      let isQuiet =
        try desk.isQuiet && lodged == dossiers && store.unwrittenOutputs(after: nil, limit: 1).isEmpty
        && store.queue().isEmpty && store.dueProcedures(at: time.now(), limit: 1).isEmpty
      quiet = isQuiet ? quiet + 1 : 0
      if quiet > 2 { return try look() }
    }
    throw Violation(.finishes, "\(desk.count) words, \(try store.queue())")
  }

  package struct Summary: Sendable, Equatable {
    package var ended = 0
    package var waiting = 0
  }

  private func look() throws -> Summary {
    var summary = Summary()
    var last: DossierCode?
    while case let page = try store.procedures(ProcedureFilter(isOpen: false), after: last, limit: 500), !page.isEmpty {
      for procedure in page { try look(at: procedure, &summary) }
      last = page.last?.dossier
    }
    guard summary.ended + summary.waiting == dossiers else {
      throw Violation(.acceptedIsKept, "\(summary.ended + summary.waiting) of \(dossiers) procedures are there")
    }
    return summary
  }

  private func look(at procedure: StoredProcedure, _ summary: inout Summary) throws {
    guard let state = ConductedState(json: procedure.state) else {
      throw Violation(.acceptedIsKept, "\(procedure.dossier) has no state")
    }
    let steps = state.instance.steps.values
    if procedure.outcome == nil {
      guard steps.contains(where: { $0.state.isWithAgency || $0.state == .blocked }) else {
        throw Violation(.finishes, "\(procedure.dossier) waits for nobody")
      }
      summary.waiting += 1
    } else {
      guard steps.allSatisfy(\.state.isEnd) else {
        throw Violation(.finishes, "\(procedure.dossier) ended with work left")
      }
      summary.ended += 1
    }
    let history = try store.procedureHistory(of: procedure.dossier).map(\.line)
    for (step, record) in state.instance.steps {
      let sends = history.filter { $0.word == ProcedureWord.send.rawValue && $0.step == step.text }.count
      let done = history.filter { $0.word == ProcedureWord.answeredDone.rawValue && $0.step == step.text }.count
      guard sends == record.round else { throw Violation(.doneTwice, "\(procedure.dossier) \(step): \(sends) sent") }
      let alarms = history.filter {
        ($0.word == ProcedureWord.alarmUnexpected.rawValue && $0.step == step.text)
          || $0.word == ProcedureWord.alarmAfterTheEnd.rawValue
      }.count
      guard done <= record.round + alarms else {
        throw Violation(.doneTwice, "\(procedure.dossier) \(step): \(done) done")
      }
    }
    let outputs = try store.procedureOutputs(of: procedure.dossier)
    let owed = history.filter { $0.word == ProcedureWord.send.rawValue }.count
    guard outputs.filter({ $0.name.hasPrefix("send ") }).count == owed else {
      throw Violation(.acceptedIsKept, "\(procedure.dossier): \(owed) sends in the history")
    }
    for output in outputs where output.state != .delivered {
      throw Violation(.finishes, "\(procedure.dossier): \(output.name) is \(output.state.rawValue)")
    }
  }
}
