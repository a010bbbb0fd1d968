import Synchronization

/// All that a process measures, told in Prometheus' text format (version 0.0.4).
///
/// Metrics are registered once, at the start; a name registered twice or not following the rules is a mistake in the
/// program and traps: names are `[a-zA-Z_:][a-zA-Z0-9_:]*`, counters end in `_total`, histograms in their base unit
/// `_seconds` or `_bytes` unless they count things.
package final class Metrics: Sendable {
  private struct Family: Sendable {
    let name: String
    let help: String
    let kind: MetricKind
    let write: @Sendable (inout MetricsText) -> Void
  }

  /// Label combinations of one metric, unless said otherwise.
  package static let standardSeriesLimit = 500

  private let families = Mutex<[Family]>([])
  private let seriesRefused = Counter()

  package init() {
    let refused = seriesRefused
    register(
      "metrics_series_refused_total", "Times a label combination beyond a metric's limit was counted as ‘other’.",
      .counter, labelNames: []
    ) { $0.sample("metrics_series_refused_total", value: String(refused.value)) }
  }

  package func counter(_ name: String, _ help: String) -> Counter {
    let counter = Counter()
    register(name, help, .counter, labelNames: []) { $0.sample(name, value: String(counter.value)) }
    return counter
  }

  package func counters(
    _ name: String, _ help: String, labels: [String], seriesLimit: Int = standardSeriesLimit
  ) -> MetricFamily<Counter> {
    let family = MetricFamily(labelNames: labels, seriesLimit: seriesLimit, seriesRefused: seriesRefused) { Counter() }
    register(name, help, .counter, labelNames: labels) { text in
      for child in family.children {
        text.sample(name, labels: zip(labels, child.labels), value: String(child.metric.value))
      }
    }
    return family
  }

  package func gauge(_ name: String, _ help: String) -> Gauge {
    let gauge = Gauge()
    register(name, help, .gauge, labelNames: []) { $0.sample(name, value: MetricsText.number(gauge.value)) }
    return gauge
  }

  /// A gauge whose value is asked for at every exposition; nil leaves the sample out. The body must be quick.
  package func gauge(_ name: String, _ help: String, read: @escaping @Sendable () -> Double?) {
    register(name, help, .gauge, labelNames: []) { text in
      if let value = read() { text.sample(name, value: MetricsText.number(value)) }
    }
  }

  package func gauges(
    _ name: String, _ help: String, labels: [String], seriesLimit: Int = standardSeriesLimit
  ) -> MetricFamily<Gauge> {
    let family = MetricFamily(labelNames: labels, seriesLimit: seriesLimit, seriesRefused: seriesRefused) { Gauge() }
    register(name, help, .gauge, labelNames: labels) { text in
      for child in family.children {
        text.sample(name, labels: zip(labels, child.labels), value: MetricsText.number(child.metric.value))
      }
    }
    return family
  }

  /// A counter kept elsewhere (by the kernel, by a library), asked for at every exposition.
  package func counter(_ name: String, _ help: String, read: @escaping @Sendable () -> Double?) {
    register(name, help, .counter, labelNames: []) { text in
      if let value = read() { text.sample(name, value: MetricsText.number(value)) }
    }
  }

  package func histogram(_ name: String, _ help: String, _ layout: HistogramLayout) -> Histogram {
    let histogram = Histogram(layout: layout)
    register(name, help, .histogram(layout), labelNames: []) { $0.histogram(name, labels: [], histogram) }
    return histogram
  }

  package func histograms(
    _ name: String, _ help: String, _ layout: HistogramLayout, labels: [String],
    seriesLimit: Int = standardSeriesLimit
  ) -> MetricFamily<Histogram> {
    let family = MetricFamily(labelNames: labels, seriesLimit: seriesLimit, seriesRefused: seriesRefused) {
      Histogram(layout: layout)
    }
    register(name, help, .histogram(layout), labelNames: labels) { text in
      for child in family.children {
        text.histogram(name, labels: Array(zip(labels, child.labels)), child.metric)
      }
    }
    return family
  }

  /// The content type of `exposition`.
  package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// Everything, sorted by name.
  package func exposition() -> [UInt8] {
    var text = MetricsText()
    for family in families.withLock({ $0 }).sorted(by: { $0.name < $1.name }) {
      text.head(family.name, help: family.help, type: family.kind.typeName)
      family.write(&text)
    }
    return text.bytes
  }

  private func register(
    _ name: String, _ help: String, _ kind: MetricKind, labelNames: [String],
    write: @escaping @Sendable (inout MetricsText) -> Void
  ) {
    MetricName.check(name, kind: kind, labelNames: labelNames)
    families.withLock { families in
      precondition(!families.contains { $0.name == name }, "the metric \(name) is registered twice")
      families.append(Family(name: name, help: help, kind: kind, write: write))
    }
  }
}
