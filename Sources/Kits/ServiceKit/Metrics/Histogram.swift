import Synchronization

/// How often a measured value fell into each of several ranges: durations and sizes, of which averages say little.
///
/// An observation is two atomic additions and a search through the bounds.
package final class Histogram: @unchecked Sendable {
  // Sendable: the cells are atomics, allocated and initialised in init, never moved, released in deinit, when no other
  // reference exists any more.
  private let cells: UnsafeMutablePointer<Atomic<UInt64>>
  private let sum = Atomic<Int64>(0)
  let layout: HistogramLayout

  init(layout: HistogramLayout) {
    self.layout = layout
    cells = .allocate(capacity: layout.bounds.count + 1)
    for place in 0...layout.bounds.count { (cells + place).initialize(to: Atomic(0)) }
  }

  deinit {
    cells.deinitialize(count: layout.bounds.count + 1)
    cells.deallocate()
  }

  /// Counts a duration; for layouts in seconds.
  package func observe(_ duration: Duration) {
    precondition(layout.unit == .seconds, "a duration is observed in a histogram of seconds")
    let (seconds, attoseconds) = duration.components
    count(seconds &* 1_000_000_000 &+ attoseconds / 1_000_000_000)
  }

  /// Counts a number of bytes or of things; for layouts of whole numbers.
  package func observe(_ number: Int) {
    precondition(layout.unit == .whole, "a whole number is observed in a histogram of whole numbers")
    count(Int64(number))
  }

  private func count(_ value: Int64) {
    let bounds = layout.bounds
    var low = 0
    var high = bounds.count
    while low < high {
      let middle = (low + high) / 2
      if value <= bounds[middle] { high = middle } else { low = middle + 1 }
    }
    cells[low].wrappingAdd(1, ordering: .relaxed)
    sum.wrappingAdd(value, ordering: .relaxed)
  }

  /// The counts of each range, the last without an upper bound; and the sum in the layout's scale. The counts and the
  /// sum are read one after the other: a value observed meanwhile may be in the one and not yet in the other.
  var snapshot: (counts: [UInt64], sum: Int64) {
    ((0...layout.bounds.count).map { cells[$0].load(ordering: .relaxed) }, sum.load(ordering: .relaxed))
  }

  /// How many values were observed.
  package var count: UInt64 { snapshot.counts.reduce(0, &+) }
}
