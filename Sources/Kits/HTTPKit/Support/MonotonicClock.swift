import Glibc

/// Nanoseconds of the clock that deadlines of sockets are counted on; unmoved by changes of the wall clock.
enum MonotonicClock {
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// The instant `duration` from now; never for a duration too long to count.
  static func deadline(after duration: Duration) -> Int64 {
    let (instant, overflow) = now().addingReportingOverflow(nanoseconds(duration))
    return overflow ? .max : instant
  }

  /// `duration` in nanoseconds, at most `Int64.max`.
  static func nanoseconds(_ duration: Duration) -> Int64 {
    let parts = duration.components
    let (seconds, overflow) = parts.seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, carry) = seconds.addingReportingOverflow(parts.attoseconds / 1_000_000_000)
    return overflow || carry ? .max : sum
  }
}
