import DossierStore
import ServiceKit
import ThreadKit

/// Removes the bytes of messages that have been kept long enough, a few at a time, beside the line.
///
/// It finds them with a reader of its own and removes them in small commits that others share, with a rest after each. Each
/// commit is whole, so it may end anywhere, and the next pass goes on with what is still there. Of several gateways on one
/// database the first one does it.
final class RetentionKeeper: Service {
  var name: String { thread.name }
  private let policy: RetentionPolicy
  private let limits: RetentionLimits
  private let store: any DossierStore
  private let log: Log
  private let time: any TimeSource
  private let rest: @Sendable (Duration, Latch) -> Bool
  private let pruned: Counter
  private let thread = ServiceThread("retention")

  /// - Parameter rest: waits so long, or until the latch is set; then true.
  init(
    _ policy: RetentionPolicy, limits: RetentionLimits = .standard, store: any DossierStore, metrics: Metrics, log: Log,
    time: any TimeSource, rest: @escaping @Sendable (Duration, Latch) -> Bool = { $1.wait(deadline: $0) }
  ) {
    self.policy = policy
    self.limits = limits
    self.store = store
    self.log = log
    self.time = time
    self.rest = rest
    pruned = metrics.counter(
      "lienthong_messages_pruned_total", "Messages whose bytes were removed by the retention policy.")
  }

  func start() {
    guard !policy.removesNothing else { return }
    thread.start { [self] in run() }
  }

  func stop() {
    thread.stop()
  }

  private func run() {
    var pause = limits.firstPass
    while !rest(pause, thread.stopping) {
      if store.share.rank == 0 { pass() }
      pause = limits.period
    }
  }

  /// Prunes everything that is due now, or until it is told to stop or the store fails.
  func pass() {
    let began = time.monotonic()
    var report = PruneReport()
    do throws(StoreError) {
      // What a start before this one set aside.
      guard try eraseAll() else { return }
      for type in try store.prunableTypes() {
        let rule = policy.rule(for: type)
        guard case .time(let period) = rule.period else { continue }
        let walk = RetentionWalk(type: type, horizon: time.now() - period, rule: rule.text)
        guard try go(walk, &report) else { break }
      }
    } catch {
      log.warning("retention-broken-off", [.errorCode(error.code.rawValue)])
    }
    guard report.messages > 0 else { return }
    log.info(
      "messages-pruned", [.count(report.messages), .bytes(report.bytes), .duration(time.monotonic() - began)])
  }

  /// False when it was told to stop.
  private func go(_ start: RetentionWalk, _ report: inout PruneReport) throws(StoreError) -> Bool {
    var walk = start
    while true {
      let page = try store.prunable(walk.type, before: walk.horizon, after: walk.place)
      for stretch in walk.stretches(of: page, limits: limits) {
        if thread.stopping.isSet { return false }
        let began = ContinuousClock.now
        let order = walk.order(for: stretch, at: time.now())
        let removed = try OneAnswer.wait { store.prune(order, then: $0) }.get()
        report.messages += removed.messages
        report.bytes += removed.bytes
        pruned.increment(by: removed.messages)
        if rest(limits.rest(after: ContinuousClock.now - began), thread.stopping) { return false }
        if removed.setAside > 0, try !eraseAll() { return false }
      }
      guard walk.advance(behind: page) else { return true }
    }
  }

  /// Removes what was set aside, a part at a time. False when it was told to stop.
  private func eraseAll() throws(StoreError) -> Bool {
    while try store.hasErasures() {
      if thread.stopping.isSet { return false }
      let began = ContinuousClock.now
      _ = try OneAnswer.wait { store.erase(atMost: limits.batchBytes, then: $0) }.get()
      if rest(limits.rest(after: ContinuousClock.now - began), thread.stopping) { return false }
    }
    return true
  }

}
