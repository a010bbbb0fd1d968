import ServiceKit

/// How far an ordered stop has come: first grace for the requests under way, then for the store.
struct StopProgress {
  private let cancelAt: MonotonicInstant
  private let endAt: MonotonicInstant
  private var hasCancelled = false

  init(limits: DelivererLimits, at instant: MonotonicInstant) {
    cancelAt = instant + limits.stopGrace
    endAt = cancelAt + limits.flushGrace
  }

  /// Whether the requests under way have had their time and are still to be cancelled.
  func isOverdue(at instant: MonotonicInstant) -> Bool { !hasCancelled && instant >= cancelAt }

  /// Whether nothing is waited for any more.
  func isOver(at instant: MonotonicInstant) -> Bool { instant >= endAt }

  mutating func didCancel() { hasCancelled = true }

  func pause(at instant: MonotonicInstant) -> Duration {
    max((hasCancelled ? endAt : cancelAt) - instant, .zero)
  }
}
