import Glibc
import Synchronization

/// A value that a callback on another thread will bring, waited for with a limit.
package final class Awaited<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let semaphore: Semaphore

  private final class Semaphore: @unchecked Sendable {
    // Sendable because a POSIX semaphore is made for threads; it keeps its address until deinit.
    let handle = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    init() { sem_init(handle, 0, 0) }
    deinit {
      sem_destroy(handle)
      handle.deallocate()
    }
  }

  package init() { semaphore = Semaphore() }

  /// Brings the value; a second one is a defect of the subject, so it traps.
  package func bring(_ brought: Value) {
    value.withLock { value in
      precondition(value == nil, "a completion was called twice")
      value = brought
    }
    sem_post(semaphore.handle)
  }

  /// The value, or nil when it does not come in time.
  package func get(within seconds: Int = 20) -> Value? {
    var deadline = timespec()
    clock_gettime(CLOCK_REALTIME, &deadline)
    deadline.tv_sec += seconds
    while sem_timedwait(semaphore.handle, &deadline) != 0 {
      if errno != EINTR { return nil }
    }
    return value.withLock { $0 }
  }
}
