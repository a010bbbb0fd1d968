import Synchronization

/// A number that only grows, such as messages received since the start. One atomic addition a count.
package final class Counter: Sendable {
  private let total = Atomic<UInt64>(0)

  init() {}

  /// Adds; the total starts again from zero after 2⁶⁴, which no process lives to see.
  package func increment(by amount: Int = 1) {
    precondition(amount >= 0, "a counter only grows; use a gauge for what also shrinks")
    total.wrappingAdd(UInt64(amount), ordering: .relaxed)
  }

  package var value: UInt64 { total.load(ordering: .relaxed) }
}
