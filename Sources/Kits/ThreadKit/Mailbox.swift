/// Where many threads leave work for one thread that takes everything waiting at once.
///
/// Taking all is what makes group commit work: while one batch is on its way to the disk, the next one gathers.
package final class Mailbox<Element: Sendable>: Sendable {
  private struct State {
    var waiting: [Element] = []
    var isClosed = false
  }

  private let monitor = Monitor(State())

  package init() {}

  /// Leaves an element; false when the mailbox is closed and the element was not taken.
  @discardableResult
  package func put(_ element: Element) -> Bool {
    let (taken, isFirst) = monitor.withLock { state in
      guard !state.isClosed else { return (false, false) }
      state.waiting.append(element)
      return (true, state.waiting.count == 1)
    }
    // Only an empty mailbox can have its reader asleep.
    if isFirst { monitor.wakeOne() }
    return taken
  }

  /// Waits for at least one element and takes up to `limit`; an empty array means that time is up or that the mailbox is
  /// closed and empty (`isDrained`).
  package func takeAll(limit: Int = .max, timeout: Duration? = nil) -> [Element] {
    monitor.wait(deadline: timeout) { state in
      guard !state.waiting.isEmpty else { return state.isClosed ? [] : nil }
      guard state.waiting.count > limit else {
        let taken = state.waiting
        state.waiting = []
        return taken
      }
      let taken = Array(state.waiting.prefix(limit))
      state.waiting.removeFirst(limit)
      return taken
    } ?? []
  }

  /// Lets no new element in; what is there can still be taken.
  package func close() {
    monitor.withLock { $0.isClosed = true }
    monitor.wakeAll()
  }

  /// Closed, and nothing is left to take.
  package var isDrained: Bool { monitor.withLock { $0.isClosed && $0.waiting.isEmpty } }
}
