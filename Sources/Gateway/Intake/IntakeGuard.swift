import DossierStore
import FileKit
import Reception
import ServiceKit
import Synchronization
import ThreadKit

/// Closes the intake before the disk is full, opens it again, and tells the log once when that or the store's failing
/// begins and ends.
///
/// It looks at the room every so often and never for a single request. Within one look (`SpaceLimits.period`) senders
/// can write what the line takes in that time: the reserve is many times that.
final class IntakeGuard: Service {
  var name: String { thread.name }
  private let limits: SpaceLimits
  private let gate: IntakeGate
  private let look: @Sendable () -> SpaceRule.Room
  private let isWritable: @Sendable () -> Bool
  private let log: Log
  private let thread = ServiceThread("intake-guard")
  private let state: Mutex<State>

  private struct State {
    var rule: SpaceRule
    var wasWritable = true
  }

  /// - Parameters:
  ///   - look: how much room there is.
  ///   - isWritable: whether the store takes changes.
  init(
    _ limits: SpaceLimits, gate: IntakeGate, log: Log, look: @escaping @Sendable () -> SpaceRule.Room,
    isWritable: @escaping @Sendable () -> Bool
  ) {
    self.limits = limits
    self.gate = gate
    self.log = log
    self.look = look
    self.isWritable = isWritable
    state = Mutex(State(rule: SpaceRule(limits)))
  }

  func start() {
    // Before the first message can come.
    check()
    thread.start { [self] in run() }
  }

  func stop() {
    thread.stop()
  }

  private func run() {
    while !thread.stopping.wait(deadline: limits.period) { check() }
  }

  func check() {
    let room = look()
    let writable = isWritable()
    state.withLock { state in
      if state.rule.judge(room) {
        gate.isOpen = state.rule.isOpen
        if state.rule.isOpen {
          log.info("intake-opened", [.bytes(room.free)])
        } else {
          log.error(
            "intake-closed",
            [
              .reason(room.isDatabaseFull ? "the database's disk is full" : "the disk is nearly full"),
              .bytes(room.free), .limit(limits.reserveBytes),
            ])
        }
      }
      if state.wasWritable != writable {
        state.wasWritable = writable
        if writable { log.info("store-writes-again") } else { log.error("store-reads-only") }
      }
    }
  }
}
