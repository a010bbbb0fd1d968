package import ServiceKit
import ThreadKit

/// Does things later, in the order of their times, on a thread of its own.
package final class DelayLine: Sendable {
  private struct Item: Sendable {
    let due: MonotonicInstant
    let body: @Sendable () -> Void
  }

  private let orders = Mailbox<Item>()
  private let time: any TimeSource
  private let worker: WorkerThread

  /// Starts the thread. Waiting is by the system's clock; `time` must run with it.
  package init(name: String, time: any TimeSource = SystemTimeSource()) {
    self.time = time
    let orders = orders
    worker = WorkerThread(name: name) { Self.run(orders, time: time) }
  }

  /// Calls `body` on the line's thread when `delay` has passed; it must not block for long.
  package func after(_ delay: Duration, _ body: @escaping @Sendable () -> Void) {
    orders.put(Item(due: time.monotonic() + delay, body: body))
  }

  /// Forgets what is still to come and joins the thread. Must not be called on the line's own thread.
  package func stop() {
    orders.close()
    worker.join()
  }

  private static func run(_ orders: Mailbox<Item>, time: any TimeSource) {
    var waiting: [Item] = []
    while !orders.isDrained {
      let timeout = waiting.first.map { max(.zero, $0.due - time.monotonic()) }
      for item in orders.takeAll(timeout: timeout) {
        let place = waiting.firstIndex { item.due < $0.due } ?? waiting.endIndex
        waiting.insert(item, at: place)
      }
      while let first = waiting.first, first.due <= time.monotonic() {
        waiting.removeFirst()
        first.body()
      }
    }
  }
}
