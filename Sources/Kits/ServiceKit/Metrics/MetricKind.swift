/// What a metric is, as Prometheus' `# TYPE` line says it.
enum MetricKind: Sendable {
  case counter
  case gauge
  case histogram(HistogramLayout)

  var typeName: String {
    switch self {
    case .counter: "counter"
    case .gauge: "gauge"
    case .histogram: "histogram"
    }
  }
}
