import Deadlines
import DossierModel
import Orchestration
import ServiceKit

/// One play of a procedure: agencies and citizen act by a list, in the order of time.
struct ProcedurePlay {
  private struct Act {
    let at: Timestamp
    let event: ProcedureEvent
  }

  private let definition: ProcedureDefinition
  private let machine: ProcedureMachine
  private let sentences: ProcedureSentences
  private var answers: [StepID: [SimulatedAnswer]]
  private var acts: [Act] = []
  /// More events than this are a play that goes round in circles.
  private static let limit = 500

  init(_ definition: ProcedureDefinition, clock: ProcedureClock, answers: [StepID: [SimulatedAnswer]]) {
    self.definition = definition
    machine = ProcedureMachine(definition, clock: clock)
    sentences = ProcedureSentences(definition)
    self.answers = answers
  }

  /// Plays to the end, or until nobody acts any more.
  mutating func run(without: Set<StepID>, at start: Timestamp, line: (String) -> Void) -> ProcedureInstance {
    let steps = definition.steps.filter { !without.contains($0.id) }
    let facts = ProcedureFacts(
      applies: Set(steps.map(\.id)),
      agencies: Dictionary(uniqueKeysWithValues: steps.map { ($0.id, Self.agency($0)) }))
    line("\(ProcedureSentences.text(start))  Tiếp nhận hồ sơ")
    var (instance, instructions) = machine.begin(facts, at: start)
    if let dueAt = instance.dueAt { line("                    Hẹn trả \(ProcedureSentences.text(dueAt))") }
    tell(instructions, instance, at: start, line)
    for _ in 0..<Self.limit where instance.outcome == nil {
      guard let act = next(instance) else { break }
      instructions = machine.advance(&instance, act.event, at: act.at)
      if act.event != .clock || !instructions.isEmpty {
        line("\(ProcedureSentences.text(act.at))  \(sentences.sentence(act.event))")
      }
      tell(instructions, instance, at: act.at, line)
    }
    if instance.outcome == nil {
      for step in definition.steps where !instance[step.id].state.isEnd {
        line("                    Đang chờ: \(step.title) (\(instance[step.id].state.rawValue))")
      }
    }
    return instance
  }

  private mutating func next(_ instance: ProcedureInstance) -> Act? {
    let first = acts.indices.min { acts[$0].at < acts[$1].at }
    if let timer = instance.nextTimer, first.map({ timer <= acts[$0].at }) ?? true {
      return Act(at: timer, event: .clock)
    }
    return first.map { acts.remove(at: $0) }
  }

  private mutating func tell(
    _ instructions: [ProcedureInstruction], _ instance: ProcedureInstance, at now: Timestamp, _ line: (String) -> Void
  ) {
    for instruction in instructions {
      line("                    → " + sentences.sentence(instruction, of: instance))
      let day = now + .seconds(86_400)
      switch instruction {
      case .send(let step, _, _): answer(step, at: now + .seconds(3_600))
      case .tell(let step, .paid): answer(step, at: now + .seconds(3_600))
      case .inform(.supplementRequested): acts.append(Act(at: day, event: .supplemented))
      case .inform(.paymentRequested): acts.append(Act(at: day, event: .paid))
      default: break
      }
    }
  }

  private mutating func answer(_ id: StepID, at moment: Timestamp) {
    guard let step = definition[id] else { return }
    let answer = answers[id]?.first ?? .done
    if answers[id]?.isEmpty == false { answers[id]?.removeFirst() }
    switch answer {
    case .silent: break
    case .answer(let answer): acts.append(Act(at: moment, event: .answered(id, answer)))
    case .done:
      acts.append(Act(at: moment, event: .answered(id, .done(results: step.results.mapValues { _ in "(mô phỏng)" }))))
    }
  }

  private static func agency(_ step: StepDefinition) -> PartyID {
    switch step.agency {
    case .fixed(let party): party
    case .table(_, let rows, let otherwise): otherwise ?? rows.min { $0.key < $1.key }?.value ?? ""
    }
  }
}
