/// Something that happens once and that any number of threads can wait for.
package final class Latch: Sendable {
  private let monitor = Monitor(false)

  package init() {}

  package var isSet: Bool { monitor.withLock { $0 } }

  /// Lets every waiting thread go on, now and later; setting it again changes nothing.
  package func set() {
    monitor.withLock { $0 = true }
    monitor.wakeAll()
  }

  /// Waits until it is set; false when `deadline` passed first. Without a deadline it waits for ever.
  @discardableResult
  package func wait(deadline: Duration? = nil) -> Bool {
    monitor.wait(deadline: deadline) { $0 ? true : nil } ?? false
  }
}
