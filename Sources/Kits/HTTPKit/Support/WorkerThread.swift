import Glibc
import Synchronization

/// A thread of the system's own, for work that blocks: Swift's cooperative pool has one thread per core and stands
/// still when C code waits on it.
final class WorkerThread: Sendable {
  private let thread: Mutex<pthread_t?>

  /// Starts `body` on a new thread; nil when the system gives none.
  init?(body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Body(body))
    let code = pthread_create(&thread, nil, runWorkerThread, box.toOpaque())
    guard code == 0 else {
      box.release()
      return nil
    }
    self.thread = Mutex(thread)
  }

  /// Waits for the body to return; further calls return at once.
  func join() {
    guard let thread = thread.withLock({ $0.take() }) else { return }
    pthread_join(thread, nil)
  }

  /// Whether the caller runs on this thread.
  var isCurrent: Bool {
    thread.withLock { $0.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
  }

  deinit {
    // Nobody joined: the thread may still run, and gives its own resources back.
    if let thread = thread.withLock({ $0.take() }) { pthread_detach(thread) }
  }

  fileprivate final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}

/// The entry of every worker thread; a function, not a closure, so that it belongs to no actor.
private func runWorkerThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  // The reference was retained for this thread when it was made.
  Unmanaged<WorkerThread.Body>.fromOpaque(context!).takeRetainedValue().run()
  return nil
}
