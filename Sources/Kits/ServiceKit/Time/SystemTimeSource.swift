import Glibc

/// The machine's clocks.
package struct SystemTimeSource: TimeSource {
  package init() {}

  package func now() -> Timestamp {
    let time = Self.read(CLOCK_REALTIME)
    return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }

  /// CLOCK_BOOTTIME: unlike CLOCK_MONOTONIC it goes on while a virtual machine is suspended, so a lease does end.
  package func monotonic() -> MonotonicInstant {
    let time = Self.read(CLOCK_BOOTTIME)
    return MonotonicInstant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  private static func read(_ clock: clockid_t) -> timespec {
    var time = timespec()
    // clock_gettime fails only for a clock that does not exist or a bad pointer; neither can happen here.
    guard clock_gettime(clock, &time) == 0 else { fatalError("the machine has no clock \(clock)") }
    return time
  }
}
