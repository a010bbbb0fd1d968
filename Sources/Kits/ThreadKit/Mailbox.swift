import Glibc

/// Where many threads leave work for one thread that takes everything waiting at once.
///
/// Taking all is what makes group commit work: while one batch is on its way to the disk, the next one gathers.
package final class Mailbox<Element: Sendable>: @unchecked Sendable {
  // Sendable because every access to the stored properties below happens between lock and unlock of `mutex`, and the
  // two C objects stay at their address until deinit, when no other thread can hold a reference.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var waiting: [Element] = []
  private var isClosed = false

  package init() {
    mutex = .allocate(capacity: 1)
    condition = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    // Deadlines are measured on the clock that nobody sets.
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

  /// Leaves an element; false when the mailbox is closed and the element was not taken.
  @discardableResult
  package func put(_ element: Element) -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    guard !isClosed else { return false }
    waiting.append(element)
    // Only an empty mailbox can have its reader asleep.
    if waiting.count == 1 { pthread_cond_signal(condition) }
    return true
  }

  /// Waits for at least one element and takes up to `limit`; an empty array means that time is up or that the mailbox is
  /// closed and empty (`isDrained`).
  package func takeAll(limit: Int = .max, timeout: Duration? = nil) -> [Element] {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    if let timeout {
      var deadline = Self.monotonicTime(after: timeout)
      while waiting.isEmpty && !isClosed {
        if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT { break }
      }
    } else {
      while waiting.isEmpty && !isClosed { pthread_cond_wait(condition, mutex) }
    }
    guard waiting.count > limit else {
      let taken = waiting
      waiting = []
      return taken
    }
    let taken = Array(waiting.prefix(limit))
    waiting.removeFirst(limit)
    return taken
  }

  /// Lets no new element in; what is there can still be taken.
  package func close() {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    isClosed = true
    pthread_cond_broadcast(condition)
  }

  /// Closed, and nothing is left to take.
  package var isDrained: Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return isClosed && waiting.isEmpty
  }

  private static func monotonicTime(after duration: Duration) -> timespec {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let (seconds, attoseconds) = duration.components
    time.tv_sec += Int(seconds)
    time.tv_nsec += Int(attoseconds / 1_000_000_000)
    if time.tv_nsec >= 1_000_000_000 {
      time.tv_sec += 1
      time.tv_nsec -= 1_000_000_000
    }
    return time
  }
}
