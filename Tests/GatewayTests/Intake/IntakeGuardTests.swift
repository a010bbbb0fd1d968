import Reception
import ServiceKit
import Synchronization
import Testing

@testable import Gateway

@Suite("The intake of a gateway whose disk fills up")
struct IntakeGuardTests {
  private static var limits: SpaceLimits {
    var limits = SpaceLimits()
    limits.reserveBytes = 1_000
    limits.logBytes = 100
    return limits
  }

  /// Whether it is open after each of these looks.
  private func course(_ rooms: [SpaceRule.Room], limits: SpaceLimits = Self.limits) -> [Bool] {
    var rule = SpaceRule(limits)
    return rooms.map { room in
      let before = rule.isOpen
      let hasChanged = rule.judge(room)
      #expect(hasChanged == (before != rule.isOpen), "\(room)")
      return rule.isOpen
    }
  }

  @Test("closes below the reserve and opens again only a quarter above it")
  func hysteresis() {
    let rooms = [1_000, 999, 1_000, 1_249, 1_250, 1_000, 0].map { SpaceRule.Room(free: $0) }
    #expect(course(rooms) == [true, false, false, false, true, true, false])
  }

  @Test("counts what is free inside the store's file, but not for the log, which grows beside it")
  func reusable() {
    let rooms = [(100, 900), (99, 5_000), (100, 1_150), (100, 899)].map { SpaceRule.Room(free: $0.0, reusable: $0.1) }
    #expect(course(rooms) == [true, false, true, false])
  }

  @Test("closes while the database says that its own disk is full")
  func serverFull() {
    let rooms = [true, false].map { SpaceRule.Room(free: .max, reusable: .max, isDatabaseFull: $0) }
    #expect(course(rooms) == [false, true])
  }

  @Test("a reserve of nothing never closes it")
  func noReserve() {
    var limits = Self.limits
    limits.reserveBytes = 0
    #expect(course([SpaceRule.Room(free: 0)], limits: limits) == [true])
  }

  @Test("one incident is one line in the log when it begins and one when it ends, and the gate follows")
  func log() {
    let room = Mutex(SpaceRule.Room(free: 5_000))
    let writable = Atomic(true)
    let memory = LogMemory()
    let gate = IntakeGate()
    let guardian = IntakeGuard(
      Self.limits, gate: gate, log: Log(output: memory), look: { room.withLock { $0 } },
      isWritable: { writable.load(ordering: .relaxed) })
    guardian.check()
    #expect(gate.isOpen && memory.lines.isEmpty)
    for free in [999, 500, 1_100] {
      room.withLock { $0.free = free }
      guardian.check()
      #expect(!gate.isOpen)
    }
    writable.store(false, ordering: .relaxed)
    guardian.check()
    guardian.check()
    room.withLock { $0.free = 5_000 }
    writable.store(true, ordering: .relaxed)
    guardian.check()
    guardian.check()
    #expect(gate.isOpen)
    let events = memory.lines.map { line in
      ["intake-closed", "intake-opened", "store-reads-only", "store-writes-again"].first { line.contains($0) } ?? line
    }
    #expect(events == ["intake-closed", "store-reads-only", "intake-opened", "store-writes-again"])
    #expect(memory.lines[0].contains("bytes=999") && memory.lines[0].contains("limit=1000"))
  }
}
