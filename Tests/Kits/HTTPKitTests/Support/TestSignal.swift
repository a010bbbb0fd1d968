import Glibc

/// Something that happens once, and can be waited for.
final class TestSignal: @unchecked Sendable {
  // A POSIX semaphore is made to be used from many threads, and its storage does not move.
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() {
    sem_init(semaphore, 0, 0)
  }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func set() {
    sem_post(semaphore)
  }

  /// Waits; false when it did not happen in time. Every ``set()`` lets one wait pass.
  func wait(seconds: Int = 20) -> Bool {
    var deadline = timespec()
    clock_gettime(CLOCK_REALTIME, &deadline)
    deadline.tv_sec += seconds
    while sem_timedwait(semaphore, &deadline) != 0 {
      if errno != EINTR { return false }
    }
    return true
  }
}
