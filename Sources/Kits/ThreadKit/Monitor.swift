import Glibc

/// A value behind a lock together with the possibility to wait for it to change.
///
/// `Mutex` of the standard library cannot be waited on. Waiting happens on the calling thread and is for threads of
/// our own, never for Swift's cooperative pool.
package final class Monitor<Value: ~Copyable>: @unchecked Sendable {
  // Sendable: `value` is read and written only between lock and unlock of `mutex`; the pthread objects live at fixed
  // heap addresses from init to deinit, as POSIX demands, and nobody can wait during deinit.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var value: Value

  package init(_ value: consuming sending Value) {
    self.value = value
    mutex = .allocate(capacity: 1)
    condition = .allocate(capacity: 1)
    // None of these calls can fail with default attributes and a clock that Linux has.
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  package func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value)
  }

  package func wakeOne() { pthread_cond_signal(condition) }
  package func wakeAll() { pthread_cond_broadcast(condition) }

  /// Asks `take` under the lock, again after every wake, until it gives something; nil when `deadline` passed first.
  package func wait<Result: Sendable>(deadline: Duration? = nil, _ take: (inout Value) -> Result?) -> Result? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    var end = timespec()
    if let deadline { end = Self.moment(after: deadline) }
    while true {
      if let result = take(&value) { return result }
      if deadline == nil {
        pthread_cond_wait(condition, mutex)
      } else if pthread_cond_timedwait(condition, mutex, &end) == ETIMEDOUT {
        return take(&value)
      }
    }
  }

  private static func moment(after duration: Duration) -> timespec {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let (seconds, attoseconds) = max(.zero, min(duration, .seconds(1_000_000_000))).components
    let nanoseconds = Int64(now.tv_nsec) + attoseconds / 1_000_000_000
    now.tv_sec += Int(seconds + nanoseconds / 1_000_000_000)
    now.tv_nsec = Int(nanoseconds % 1_000_000_000)
    return now
  }
}
