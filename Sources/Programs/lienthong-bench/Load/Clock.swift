import Glibc

/// Time as benchmarks need it.
enum Clock {
  /// Seconds on a clock that nobody sets.
  static var seconds: Double { read(CLOCK_MONOTONIC) }
  /// Seconds of processor that this thread has used.
  static var threadCPU: Double { read(CLOCK_THREAD_CPUTIME_ID) }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
