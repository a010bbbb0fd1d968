import Synchronization
package import ThreadKit

/// The thread of a service that works from its start to its stop, in rounds with rests between them.
package final class ServiceThread: Sendable {
  /// Set as soon as the service is to stop: the body looks at it in its work, and rests by waiting for it.
  package let stopping = Latch()
  /// As the system shows the thread, and the service's own.
  package let name: String
  private let worker = Mutex<WorkerThread?>(nil)

  package init(_ name: String) { self.name = name }

  package func start(_ body: @escaping @Sendable () -> Void) {
    worker.withLock { $0 = WorkerThread(name: name, body) }
  }

  /// Waits until the body has ended; at once where none was started.
  package func stop() {
    stopping.set()
    worker.withLock { $0 }?.join()
  }
}
