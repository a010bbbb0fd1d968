import CSystem
import Glibc
import Synchronization

/// A thread of its own for work that blocks: C libraries that wait, disk commits, polling loops.
///
/// Swift's cooperative pool has one thread per core; blocking there stalls everything else. `join` waits for the body to
/// return and may be called from any thread but the worker itself, more than once.
package final class WorkerThread: Sendable {
  /// Carries the body to the new thread, which takes it over exactly once.
  private final class Start: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, _ body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }

  private enum Handle: Sendable {
    case running(pthread_t)
    case joined
  }

  private let handle: Mutex<Handle>

  /// Starts the thread at once. `name` shows in the system's tools; the kernel keeps its first 15 bytes.
  package init(name: String, _ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let start = Unmanaged.passRetained(Start(name: name, body)).toOpaque()
    let result = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        // The creator retained it for us and gave it away.
        let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        lienthong_name_thread(start.name)
        start.body()
        return nil
      }, start)
    precondition(result == 0, "the system refuses another thread (error \(result)); raise the limit of processes")
    handle = Mutex(.running(thread))
  }

  package func join() {
    let thread: pthread_t? = handle.withLock { handle in
      guard case .running(let thread) = handle else { return nil }
      handle = .joined
      return thread
    }
    guard let thread else { return }
    precondition(pthread_equal(thread, pthread_self()) == 0, "a worker thread cannot wait for itself")
    pthread_join(thread, nil)
  }
}
