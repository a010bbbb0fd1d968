/// The upper bounds of a histogram's ranges and their unit.
package struct HistogramLayout: Sendable, Equatable {
  enum Unit: Sendable {
    /// Durations, kept in nanoseconds and told in seconds.
    case seconds
    /// Bytes or things.
    case whole
  }

  let unit: Unit
  /// Ascending; in nanoseconds or in whole numbers.
  let bounds: [Int64]

  /// More ranges than this are refused: each is a time series of its own.
  package static let boundsLimit = 64

  /// Durations up to each of the bounds.
  package static func durations(_ bounds: [Duration]) -> HistogramLayout {
    HistogramLayout(unit: .seconds, bounds: bounds.map { $0.wholeMicroseconds * 1_000 })
  }

  /// Whole numbers up to each of the bounds.
  package static func wholeNumbers(_ bounds: [Int]) -> HistogramLayout {
    HistogramLayout(unit: .whole, bounds: bounds.map(Int64.init))
  }

  /// From half a millisecond to a minute, for requests and deliveries.
  package static let latency = durations([
    .microseconds(500), .milliseconds(1), .microseconds(2_500), .milliseconds(5), .milliseconds(10), .milliseconds(25),
    .milliseconds(50), .milliseconds(100), .milliseconds(250), .milliseconds(500), .seconds(1), .milliseconds(2_500),
    .seconds(5), .seconds(10), .seconds(30), .seconds(60),
  ])

  /// From 256 bytes to 16 MiB in steps of four, for documents.
  package static let size = wholeNumbers((4...12).map { 1 << (2 * $0) })

  private init(unit: Unit, bounds: [Int64]) {
    precondition(!bounds.isEmpty && bounds.count <= Self.boundsLimit, "a histogram has 1 to \(Self.boundsLimit) bounds")
    precondition(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }, "a histogram's bounds ascend")
    self.unit = unit
    self.bounds = bounds
  }

  /// A value of this layout's scale as Prometheus wants it: base units, seconds with a fraction.
  func number(_ value: Int64) -> String {
    switch unit {
    case .seconds: MetricsText.number(Double(value) / 1e9)
    case .whole: String(value)
    }
  }
}
