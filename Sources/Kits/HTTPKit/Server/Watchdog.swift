import Synchronization
import ThreadKit

/// The thread that looks after a server's deadlines, a few times per shortest deadline.
final class Watchdog: Sendable {
  private let core: ServerCore
  private let end = Latch()
  private let thread = Mutex<WorkerThread?>(nil)

  /// Starts looking; nil when the system gives no thread.
  init?(core: ServerCore) {
    self.core = core
    let limits = core.limits
    let shortest = [
      limits.headDeadline, limits.bodyDeadline, limits.replyDeadline, limits.sendDeadline, limits.streamPeriod,
    ].min()!
    let period = min(.milliseconds(250), max(.milliseconds(5), shortest / 8))
    // The thread keeps this alive until `stop`.
    let worker = WorkerThread.ifGiven(name: "http-watchdog") {
      while !self.end.wait(deadline: period) {
        let now = MonotonicClock.now()
        core.enforceDeadlines(at: now)
        core.lingering.readOn(at: now)
      }
    }
    guard let worker else { return nil }
    thread.withLock { $0 = worker }
  }

  /// Ends the thread and waits for it.
  func stop() {
    end.set()
    thread.withLock { $0.take() }?.join()
    core.lingering.closeAll()
  }
}
