import ServiceKit
import Simulation
import Testing

@Suite("How faults are planned")
struct FaultPlanTests {
  private let start = MonotonicInstant(nanoseconds: 0)

  @Test("An order lasts to the nanosecond, and no longer")
  func lasting() {
    var plan = FaultPlan()
    plan.set(FaultSetting(.error500, lasting: .seconds(8)), now: start)
    #expect(plan.next(now: start + (.seconds(8) - .nanoseconds(1))).mode == .error500)
    #expect(plan.next(now: start + .seconds(8)).mode == .ok)
  }

  @Test("An order for n requests is for n requests")
  func requests() {
    var plan = FaultPlan()
    plan.set(FaultSetting(.refuse, requests: 2), now: start)
    #expect((0..<4).map { _ in plan.next(now: start).mode } == [.refuse, .refuse, .ok, .ok])
  }

  @Test("The same seed brings the same faults, another seed others, and about as many as the rate says")
  func chance() {
    func modes(seed: UInt64, rate: Double) -> [FaultMode] {
      var plan = FaultPlan(rate: rate, seed: seed)
      return (0..<2_000).map { _ in plan.next(now: start).mode }
    }
    #expect(modes(seed: 42, rate: 0.1) == modes(seed: 42, rate: 0.1))
    #expect(modes(seed: 42, rate: 0.1) != modes(seed: 43, rate: 0.1))
    let faults = modes(seed: 42, rate: 0.1).count { $0 != .ok }
    #expect((150...250).contains(faults))
    #expect(Set(modes(seed: 42, rate: 1)) == Set(FaultMode.byChance))
    #expect(Set(modes(seed: 42, rate: 0)) == [.ok])
    var chosen = FaultPlan(rate: 1, modes: [.silent, .slow], seed: 42)
    #expect(Set((0..<100).map { _ in chosen.next(now: start).mode }) == [.silent, .slow])
  }

  @Test("Every fault can be drawn, the same for the same seed; a partner that is gone by chance is so for a second")
  func everyFault() {
    let faults = FaultMode.allCases.filter { $0 != .ok }
    func drawn() -> [FaultSetting] {
      var plan = FaultPlan(rate: 0.5, modes: faults, seed: 11)
      return (0..<2_000).map { _ in plan.next(now: start) }
    }
    #expect(Set(drawn().map(\.mode)) == Set(FaultMode.allCases))
    #expect(drawn() == drawn())
    #expect(drawn().allSatisfy { $0.lasting == ($0.mode == .down ? .seconds(1) : nil) })
  }

  @Test("An order in force is not disturbed by chance")
  func orderBeatsChance() {
    var plan = FaultPlan(rate: 1, seed: 7)
    plan.set(FaultSetting(.duplicate), now: start)
    #expect((0..<100).allSatisfy { _ in plan.next(now: start).mode == .duplicate })
  }
}
