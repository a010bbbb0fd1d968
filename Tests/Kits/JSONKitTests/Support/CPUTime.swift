import Glibc

/// Processor time, which a busy machine does not stretch.
enum CPUTime {
  /// What the calling thread spends on a synchronous piece of work.
  static func spent(by body: () throws -> Void) rethrows -> Duration {
    let start = now()
    try body()
    return now() - start
  }

  private static func now() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
