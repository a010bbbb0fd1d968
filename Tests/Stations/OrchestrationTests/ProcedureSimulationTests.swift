import Deadlines
import DossierModel
import GatewayTesting
import JSONKit
import Orchestration
import ServiceKit
import Testing

/// Random procedures with agencies, citizens and operators that a seed decides about.
@Suite("Ten thousand procedures")
struct ProcedureSimulationTests {
  /// A random definition: steps behind earlier ones, in every kind of join, silence and refusal.
  private func definition(_ chance: inout SeededGenerator) throws -> ProcedureDefinition {
    var rows: [String] = []
    let count = chance.number(in: 1...9)
    for number in 0..<count {
      var keys = ["title: Bước, agency: x\(number)"]
      let before = (0..<number).filter { _ in chance.happens(0.4) }
      keys.append("after: [\(before.map { "b\($0)" }.joined(separator: ", "))]")
      keys.append("join: \(["all", "any", "ended"][chance.number(below: 3)])")
      if chance.happens(0.5) {
        keys.append(
          "time: { term: \(chance.number(in: 0...4)) workingDays, warningHours: \(chance.number(below: 10)) }")
        keys.append("onExpiry: \(["late", "consent", "pass"][chance.number(below: 3)])")
      }
      if chance.happens(0.3) { keys.append("results: { r\(number): \"string(r)\" }") }
      if let source = before.first, chance.happens(0.3) { keys.append("needs: [r\(source)]") }
      if chance.happens(0.4) { keys.append("supplements: [2 workingDays]") }
      if let target = before.first, chance.happens(0.3) { keys.append("returnsTo: [b\(target)]") }
      if chance.happens(0.5) { keys.append("onRefusal: branch") }
      if chance.happens(0.5) { keys.append("compensated: true") }
      if chance.happens(0.2) { keys.append("inProcedureTime: false") }
      if chance.happens(0.3) { keys.append("toldTheEnd: true") }
      if chance.happens(0.2) { keys.append("handsOver: true") }
      rows.append("  b\(number): { \(keys.joined(separator: ", ")) }")
    }
    return try Procedures.definition(rows.joined(separator: "\n") + "\n", time: "{ term: 9 workingDays }")
  }

  private func event(_ instance: ProcedureInstance, _ steps: [StepDefinition], _ chance: inout SeededGenerator)
    -> ProcedureEvent
  {
    let step = steps[chance.number(below: steps.count)]
    switch chance.number(below: 20) {
    case 0..<7:
      let results = chance.happens(0.9) ? step.results.mapValues { _ in "gia-tri" } : [:]
      return .answered(step.id, .done(results: results))
    case 7: return .answered(step.id, .refused)
    case 8, 9: return .answered(step.id, .supplementRequested)
    case 10: return .answered(step.id, .paymentRequested)
    case 11: return .answered(step.id, .returned(to: step.returnsTo.first ?? "b0"))
    case 12:
      return chance.happens(0.5)
        ? .answered(step.id, .taken) : .appointed(step.id, instance.receivedAt + .seconds(chance.number(below: 9)))
    case 13, 14: return .supplemented
    case 15: return .paid
    case 16: return .delivered(step.id, round: instance[step.id].round)
    case 17: return chance.happens(0.1) ? .withdrawn : .assigned(step.id, "thay")
    case 18: return chance.happens(0.1) ? .cancelled : .clock
    default: return .clock
    }
  }

  @Test(
    "each ends or waits for somebody who can be named; no round is sent twice, and nothing after the end",
    arguments: 0..<20)
  func everyInstance(part: Int) throws {
    let calendars = try Procedures.calendars()
    var outcomes: [ProcedureOutcome?: Int] = [:]
    for number in 0..<500 {
      let seed = UInt64(part * 500 + number)
      var chance = SeededGenerator(seed: seed)
      let definition = try definition(&chance)
      let machine = ProcedureMachine(definition, clock: try #require(ProcedureClock(definition, calendars: calendars)))
      let steps = definition.steps.map(\.id)
      let facts = ProcedureFacts(
        applies: Set(steps.filter { _ in chance.happens(0.9) }),
        agencies: Dictionary(uniqueKeysWithValues: steps.filter { _ in chance.happens(0.97) }.map { ($0, "noi") }))
      var now = try Procedures.moment("16 09:00")
      var (instance, instructions) = machine.begin(facts, at: now)
      var sent: Set<String> = []
      var (ends, told) = (0, 0)
      for turn in 0..<60 {
        if turn > 0 {
          // To what happens by itself, or to what somebody does before.
          now = now + .seconds(60 * chance.number(below: 3_000))
          if let timer = instance.nextTimer, chance.happens(0.5) { now = max(now, timer) }
          let (before, event) = (instance, event(instance, definition.steps, &chance))
          instructions = machine.advance(&instance, event, at: now)
          if before.outcome != nil { #expect(instance == before, "seed \(seed): moved after the end") }
        }
        for instruction in instructions {
          if case .send(let step, let round, _) = instruction {
            #expect(sent.insert("\(step) \(round)").inserted, "seed \(seed), turn \(turn): \(step) was sent twice")
            #expect(instance.outcome == nil && instance[step].round == round, "seed \(seed)")
          }
          if case .inform(.ended) = instruction { ends += 1 }
          if case .tell(_, let notice) = instruction, notice == .completed || notice == .returned { told += 1 }
        }
        try look(at: instance, definition, seed)
        if turn.isMultiple(of: 20) { try storeAndRead(instance, seed) }
      }
      try storeAndRead(instance, seed)
      #expect(ends == (instance.outcome == nil ? 0 : 1), "seed \(seed)")
      // All steps are at one agency, or at two when an operator had a hand in it.
      let agencies = Set(definition.steps.filter(\.isToldTheEnd).compactMap { instance[$0.id].agency }).count
      #expect(told <= agencies, "seed \(seed): \(told) are told the end")
      outcomes[instance.outcome, default: 0] += 1
    }
    #expect(outcomes.count > 4, "the simulation sees every kind of end: \(outcomes)")
  }

  private func storeAndRead(_ instance: ProcedureInstance, _ seed: UInt64) throws {
    var writer = JSONWriter()
    instance.write(to: &writer)
    let stored = try JSONDocument(parsing: writer.finish()).root
    #expect(ProcedureInstance(json: stored) == instance, "seed \(seed): it is stored as something else")
  }

  /// What must hold of an instance after every event.
  private func look(at instance: ProcedureInstance, _ definition: ProcedureDefinition, _ seed: UInt64) throws {
    let states = definition.steps.map { instance[$0.id].state }
    if instance.outcome == nil {
      #expect(
        states.contains { $0.isWithAgency || $0 == .blocked }, "seed \(seed): it waits for nobody: \(states)")
    } else {
      #expect(states.allSatisfy(\.isEnd) && instance.nextTimer == nil, "seed \(seed): it ended with \(states)")
    }
    for step in definition.steps where instance[step.id].state.isWithAgency {
      #expect(instance[step.id].round > 0 && instance[step.id].agency != nil, "seed \(seed)")
      #expect(step.needs.allSatisfy { instance.results[$0] != nil }, "seed \(seed)")
    }
    for step in definition.steps where instance[step.id].state != .active {
      #expect(instance[step.id].dueAt == nil, "seed \(seed): \(step.id) is due and nobody works on it")
    }
  }
}
