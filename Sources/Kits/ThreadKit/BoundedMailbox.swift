/// A queue between threads: any thread puts, any thread waits and takes, first in, first out.
///
/// Bounded: `put` says false when it is full, and the caller decides what that means.
package final class BoundedMailbox<Element: Sendable>: Sendable {
  private struct State {
    var elements: [Element] = []
    /// Taken elements at the front, removed in bulk so that taking is O(1) on average.
    var taken = 0
    var isClosed = false

    var count: Int { elements.count - taken }

    mutating func takeFirst() -> Element? {
      guard taken < elements.count else { return nil }
      let element = elements[taken]
      taken += 1
      if taken == elements.count || taken >= 1024 {
        elements.removeFirst(taken)
        taken = 0
      }
      return element
    }
  }

  package enum Received: Sendable {
    case element(Element)
    case deadlinePassed
    /// Closed, and everything put before was taken.
    case closed
  }

  package let limit: Int
  private let monitor = Monitor(State())

  package init(limit: Int) {
    precondition(limit > 0, "a mailbox holds at least one element")
    self.limit = limit
  }

  package var count: Int { monitor.withLock { $0.count } }

  /// False when the mailbox is full or closed; never waits.
  @discardableResult
  package func put(_ element: Element) -> Bool {
    let isIn = monitor.withLock { state in
      guard !state.isClosed, state.count < limit else { return false }
      state.elements.append(element)
      return true
    }
    if isIn { monitor.wakeOne() }
    return isIn
  }

  /// Waits for the next element.
  package func take(deadline: Duration? = nil) -> Received {
    monitor.wait(deadline: deadline) { state in
      if let element = state.takeFirst() { return .element(element) }
      return state.isClosed ? .closed : nil
    } ?? .deadlinePassed
  }

  /// Refuses everything from now on; what is inside can still be taken.
  package func close() {
    monitor.withLock { $0.isClosed = true }
    monitor.wakeAll()
  }
}
