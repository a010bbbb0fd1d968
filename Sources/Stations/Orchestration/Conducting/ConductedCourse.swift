import DossierModel
import ServiceKit

/// One occasion in the course of a procedure: it goes from the state before to the move that is written.
struct ConductedCourse {
  private let machine: ProcedureMachine
  private let sentences: ProcedureSentences
  private let receivers: [PartyID: Set<MessageKind>]
  private(set) var state: ConductedState
  private var history: [ConductedLine] = []
  private var outputs: [ConductedOutput] = []
  private var codes: [ConductedMove.Code] = []
  /// Whether anything is to be written.
  private var hasChanged = false

  init(_ state: ConductedState, _ machine: ProcedureMachine, receivers: [PartyID: Set<MessageKind>]) {
    self.state = state
    self.machine = machine
    self.receivers = receivers
    sentences = ProcedureSentences(machine.definition)
  }

  /// What is to be written; nil for nothing.
  var move: ConductedMove? {
    guard hasChanged else { return nil }
    let version = machine.definition.version
    return ConductedMove(
      procedure: version.name, version: version.number, state: state.json, outcome: state.instance.outcome?.name,
      dueAt: state.instance.dueAt, timer: state.instance.nextTimer, codes: codes, history: history, outputs: outputs)
  }

  // MARK: Occasions

  mutating func begin(
    _ message: ProcedureMessage, _ context: ConductOccasion.MessageContext, _ instructions: [ProcedureInstruction],
    at now: Timestamp
  ) {
    hasChanged = true
    // The code of the national platform is one that everybody may use.
    if let national = message.nationalCode, national != state.code {
      codes.append(ConductedMove.Code(national, of: nil))
    }
    history.append(
      ConductedLine(
        at: now, kind: .event, word: ProcedureWord.began.rawValue, step: nil, party: context.sender,
        text: sentences.beginning(dueAt: state.instance.dueAt)))
    follow(instructions, because: nil, at: now)
  }

  mutating func take(
    _ message: ProcedureMessage, _ names: [DossierCode], _ context: ConductOccasion.MessageContext, at now: Timestamp
  ) {
    let events = message.events(from: context.sender, in: state.instance, of: machine.definition)
    if let own = names.first, own != state.code, !events.isEmpty {
      hasChanged = true
      codes.append(ConductedMove.Code(own, of: context.sender))
    }
    if message.isComplete, !isAgency(context.sender) || context.sender == state.sender {
      hasChanged = true
      state.dossier = context.id
      if let appointedAt = message.appointedAt { _ = state.instance.keep(Appointment(appointedAt, by: .dossier)) }
    }
    for event in events {
      if case .answered(let step, let answer) = event {
        tellDelivery(of: step, context.delivered, to: context.sender)
        if case .done = answer { state.answers[step] = context.id }
      }
      advance(event, by: context.sender, because: context.id, at: now)
    }
    if message.isHandedInAgain, state.instance.outcome == nil {
      let text = events.contains(.supplemented) ? sentences.sentence(.supplemented) : "Công dân gửi lại hồ sơ"
      inform(standing, about: nil, text, isWhole: true, because: nil, by: context.sender, at: now)
    }
  }

  /// Where the whole stands.
  private var standing: DossierStatus {
    let states = state.instance.steps.values.map(\.state)
    if states.contains(.supplementing) { return .supplementRequested }
    if states.contains(.paying) { return .paymentRequested }
    return machine.definition.isOnlyReturning(state.instance) ? .completed : .processing
  }

  mutating func tick(delivered: [String: Timestamp], at now: Timestamp) {
    hasChanged = true
    // Whose lateness it is, is known by what has arrived.
    for step in machine.definition.steps.map(\.id) {
      tellDelivery(of: step, delivered, to: state.instance[step].agency)
    }
    let instructions = machine.advance(&state.instance, .clock, at: now)
    // A clock that only let time pass is no event.
    guard !instructions.isEmpty else { return }
    tell(.clock, by: nil, at: now)
    follow(instructions, because: nil, at: now)
  }

  /// What is expected in time is nothing to write.
  mutating func lookAhead(_ forecasts: [StepForecast], at now: Timestamp) {
    for forecast in forecasts {
      let event = ProcedureEvent.forecast(
        StepID(forecast.step), round: forecast.round, forecast.expectedAt, forecast.holder)
      let instructions = machine.advance(&state.instance, event, at: now)
      if !instructions.isEmpty { hasChanged = true }
      follow(instructions, because: nil, at: now)
    }
  }

  /// An order of which nothing comes is not written.
  mutating func carryOut(_ order: ProcedureOrder, at now: Timestamp) {
    var tried = state.instance
    guard !machine.advance(&tried, order.event, at: now).isEmpty || tried != state.instance else { return }
    let word = "order by \(order.actor): \(order.reason)"
    hasChanged = true
    history.append(
      ConductedLine(at: now, kind: .event, word: ProcedureWord.order.rawValue, step: nil, party: nil, text: word))
    advance(order.event, by: nil, because: nil, reason: order.reason, at: now)
  }

  // MARK: Moving

  private mutating func advance(
    _ event: ProcedureEvent, by party: PartyID?, because message: MessageID?, reason: String? = nil, at now: Timestamp
  ) {
    hasChanged = true
    tell(event, by: party, at: now)
    let before = event.step.map { state.instance[$0].state }
    let instructions = machine.advance(&state.instance, event, at: now)
    follow(instructions, of: event, because: message, by: party, reason: reason, at: now)
    // What an agency works on and what it has done is told while the whole goes on; what tells the whole tells that too.
    guard !instructions.contains(where: \.tellsTheWhole) else { return }
    let status = machine.definition.isOnlyReturning(state.instance) ? DossierStatus.completed : .processing
    if case .answered(let step, let answer) = event, before?.isWithAgency == true {
      switch answer {
      case .taken, .done:
        inform(status, about: step, sentences.sentence(event), because: message, by: party, at: now)
      case .refused, .supplementRequested, .paymentRequested, .returned: break
      }
    }
  }

  /// When what the agency now answers had reached it: the time before was transport, the time after it the agency's.
  private mutating func tellDelivery(of step: StepID, _ delivered: [String: Timestamp], to agency: PartyID?) {
    let record = state.instance[step]
    guard record.deliveredAt == nil, record.state.isWithAgency,
      let moment = delivered[ConductedState.sendName(step, record.round)]
    else { return }
    tell(.delivered(step, round: record.round), by: agency, at: moment)
    _ = machine.advance(&state.instance, .delivered(step, round: record.round), at: moment)
  }

  private func isAgency(_ party: PartyID) -> Bool { state.instance.steps.values.contains { $0.agency == party } }

  // MARK: What is owed

  private mutating func follow(
    _ instructions: [ProcedureInstruction], of event: ProcedureEvent? = nil, because message: MessageID?,
    by party: PartyID? = nil, reason: String? = nil, at now: Timestamp
  ) {
    let lapse = instructions.compactMap { instruction -> String? in
      guard case .inform(let information) = instruction, case .supplementLapsed = information else { return nil }
      return sentences.words(information)
    }.first
    for instruction in instructions where !isToldAnyway(instruction) {
      let text = sentences.sentence(instruction, of: state.instance)
      history.append(
        ConductedLine(
          at: now, kind: instruction.isAlarm ? .alarm : .instruction, word: instruction.word.rawValue,
          step: instruction.step?.text,
          party: instruction.step.flatMap { state.instance[$0].agency }, text: text))
      switch instruction {
      case .send(let step, let round, let occasion):
        var giver: StepID?
        if case .answered(let giving, .returned(to: step)) = event { giver = giving }
        send(step, round, occasion, givenBackBy: giver, because: message, reason ?? text, at: now)
      case .tell(let step, let notice): tell(step, notice, text, at: now)
      // Beside the end nothing else is news.
      case .inform(let information) where state.instance.outcome == nil || information.isEnd:
        inform(
          status(of: information), about: information.step,
          // What an agency wants of the citizen stands in its message, or else in the operator's word.
          ([sentences.words(information)]
            + [information.isRequest ? reason : information.isEnd ? lapse : nil]
            .compactMap { $0 }).joined(separator: ": "),
          isWhole: information.isWhole, because: message, by: party, until: information.until,
          dueAt: information.isAppointment ? state.instance.appointment?.at : nil, at: now)
      case .inform, .alarm: break
      }
    }
  }

  /// Whether it is an end that its agency learns as the sender or the portal.
  private func isToldAnyway(_ instruction: ProcedureInstruction) -> Bool {
    guard case .tell(let step, let notice) = instruction, notice.isEnd else { return false }
    return state.instance[step].agency.map(state.informed.contains) ?? true
  }

  /// A dossier whose result was taken to the citizen ends as one that was returned.
  private func status(of information: ProcedureInstruction.Information) -> DossierStatus {
    // An appointment moves nothing: it is told where the whole stands.
    if case .appointed = information { return standing }
    let status = information.status
    return information.isEnd && status == .completed && machine.definition.hasReturned(state.instance)
      ? .returned : status
  }

  private mutating func send(
    _ step: StepID, _ round: Int, _ occasion: ProcedureInstruction.Occasion, givenBackBy giver: StepID?,
    because message: MessageID?, _ text: String, at now: Timestamp
  ) {
    guard let agency = state.instance[step].agency else { preconditionFailure("a step is sent to its agency") }
    let needs = machine.definition[step]?.needs ?? []
    var errand = errand(.send, about: step, .processing, text, at: now)
    errand.round = round
    // Who has it to do again wants to know why.
    if let giver {
      errand.givenBackBy = giver
      errand.answers = message.map { [$0] } ?? []
    }
    // Who has had the dossier takes it for known, and would overlook what was handed in since.
    let last = state.given[agency]
    if occasion == .supplemented || (last != nil && last != state.dossier) {
      errand.isHandedInAgain = true
      errand.dueAt = state.instance.dueAt ?? state.instance[step].dueAt
    }
    state.given[agency] = state.dossier
    errand.results = state.instance.results.filter { needs.contains($0.key) }
    append(errand, named: ConductedState.sendName(step, round), to: agency, as: .dossier)
  }

  private mutating func tell(
    _ step: StepID, _ notice: ProcedureInstruction.Notice, _ text: String, at now: Timestamp
  ) {
    guard let agency = state.instance[step].agency else { return }
    let errand = errand(.tell, about: step, notice.status, text, at: now)
    append(errand, named: "tell \(step) \(notice.rawValue) \(number())", to: agency, as: .progress)
  }

  private mutating func inform(
    _ status: DossierStatus, about step: StepID?, _ text: String, isWhole: Bool = false,
    because message: MessageID?, by party: PartyID?, until: Timestamp? = nil, dueAt: Timestamp? = nil,
    at now: Timestamp
  ) {
    let number = number()
    var errand = errand(.inform, about: step, status, text, at: now)
    errand.party = party
    errand.supplementDueAt = until
    errand.dueAt = dueAt
    if status == .returned { errand.finishedAt = machine.definition.handledAt(state.instance) }
    if isWhole { errand.appointedAt = state.instance.appointment?.at }
    // The whole is told with all results; before it, with what the message has that is passed on.
    let own = message.map { [$0] } ?? []
    errand.answers = isWhole ? Set(state.answers.values).union(own).sorted() : own
    for informed in state.informed where informed != party {
      append(errand, named: "inform \(number)", to: informed, as: isWhole ? .dossier : .progress)
    }
  }

  private mutating func number() -> Int {
    state.outputs += 1
    return state.outputs
  }

  private func errand(
    _ purpose: OutputErrand.Purpose, about step: StepID?, _ status: DossierStatus, _ text: String, at now: Timestamp
  ) -> OutputErrand {
    OutputErrand(
      purpose: purpose, procedure: machine.definition.version, code: state.code, step: step, round: 1,
      givenBackBy: nil, isHandedInAgain: false, status: status, at: now, text: text, supplementDueAt: nil, dueAt: nil,
      appointedAt: nil, finishedAt: nil, party: nil, dossier: state.dossier, answers: [], results: [:])
  }

  /// In the kind that is meant, or the other one if the party takes only that; a party that takes neither is told nothing.
  private mutating func append(_ errand: OutputErrand, named name: String, to party: PartyID, as kind: MessageKind) {
    guard let kinds = receivers[party], let kind = kinds.contains(kind) ? kind : kinds.first else { return }
    outputs.append(ConductedOutput(destination: party, kind: kind, name: name, errand: errand.json))
  }

  private mutating func tell(_ event: ProcedureEvent, by party: PartyID?, at now: Timestamp) {
    history.append(
      ConductedLine(
        at: now, kind: .event, word: event.word.rawValue, step: event.step?.text, party: party,
        text: sentences.sentence(event)))
  }
}
