/// A moment on a clock that only runs forward, for deadlines and durations inside one process.
///
/// It has no meaning in another process and is never stored.
package struct MonotonicInstant: Sendable, Hashable, Comparable {
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  package static func < (left: MonotonicInstant, right: MonotonicInstant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// Moves by a duration, whole nanoseconds of it; stops at the end of the clock (292 years) instead of overflowing,
  /// so that a deadline "never" can be written as a very long duration.
  package static func + (instant: MonotonicInstant, duration: Duration) -> MonotonicInstant {
    let (seconds, attoseconds) = duration.components
    let (scaled, tooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (size, tooLongWithRest) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
    let (sum, beyond) = instant.nanoseconds.addingReportingOverflow(size)
    if tooLong || tooLongWithRest || beyond { return MonotonicInstant(nanoseconds: seconds < 0 ? .min : .max) }
    return MonotonicInstant(nanoseconds: sum)
  }

  package static func - (later: MonotonicInstant, earlier: MonotonicInstant) -> Duration {
    .nanoseconds(later.nanoseconds - earlier.nanoseconds)
  }
}
