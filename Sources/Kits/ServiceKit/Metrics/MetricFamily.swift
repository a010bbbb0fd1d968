import Synchronization

/// The counters, gauges or histograms of one name, one for each combination of label values.
///
/// Asking for a child takes a lock and a look-up: keep the child where it is used often. The number of children is
/// limited; every further combination shares one child whose labels all say `other`, so that a label fed from outside
/// cannot fill the memory, and the refusal is counted by the registry.
package final class MetricFamily<Metric: Sendable>: Sendable {
  package let labelNames: [String]
  package let seriesLimit: Int
  private let make: @Sendable () -> Metric
  private let seriesRefused: Counter
  private let byLabels = Mutex<[[String]: Metric]>([:])

  package static var otherLabelValue: String { "other" }

  init(labelNames: [String], seriesLimit: Int, seriesRefused: Counter, make: @escaping @Sendable () -> Metric) {
    self.labelNames = labelNames
    self.seriesLimit = seriesLimit
    self.seriesRefused = seriesRefused
    self.make = make
  }

  /// The child with these label values, in the order of the names; made when it is asked for first.
  package func labelled(_ values: String...) -> Metric { child(values) }

  package func child(_ values: [String]) -> Metric {
    precondition(values.count == labelNames.count, "one value for each of the labels \(labelNames)")
    return byLabels.withLock { children in
      if let child = children[values] { return child }
      let isRefused = children.count >= seriesLimit
      if isRefused { seriesRefused.increment() }
      let key = isRefused ? labelNames.map { _ in Self.otherLabelValue } : values
      let child = children[key] ?? make()
      children[key] = child
      return child
    }
  }

  /// All children by label values, sorted so that two expositions can be compared.
  var children: [(labels: [String], metric: Metric)] {
    byLabels.withLock { $0 }.map { (labels: $0.key, metric: $0.value) }
      .sorted { $0.labels.lexicographicallyPrecedes($1.labels) }
  }
}
