import Synchronization

/// A clock that a test or a simulation holds in its hand: it moves only when told to.
package final class ManualTimeSource: TimeSource {
  private struct State {
    var now: Timestamp
    var monotonic: MonotonicInstant
  }

  private let state: Mutex<State>

  /// Starts at 2026-01-01T00:00:00Z unless told otherwise.
  package init(
    now: Timestamp = Timestamp(seconds: 1_767_225_600), monotonic: MonotonicInstant = MonotonicInstant(nanoseconds: 0)
  ) {
    state = Mutex(State(now: now, monotonic: monotonic))
  }

  package func now() -> Timestamp { state.withLock { $0.now } }
  package func monotonic() -> MonotonicInstant { state.withLock { $0.monotonic } }

  /// Lets both clocks run; time does not run backward, a negative duration traps.
  package func advance(by duration: Duration) {
    precondition(duration >= .zero, "time runs forward; to set the wall clock back use set(now:)")
    state.withLock {
      $0.now += duration
      $0.monotonic = $0.monotonic + duration
    }
  }

  /// Sets the world's time, also backward, as an operator or NTP would; the monotonic clock is untouched.
  package func set(now: Timestamp) { state.withLock { $0.now = now } }
}
