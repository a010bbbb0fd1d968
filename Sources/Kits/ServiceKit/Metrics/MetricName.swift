/// The rules for names: Prometheus' data model and its naming practice.
enum MetricName {
  /// Traps with a sentence: names are written in our source, not by users.
  static func check(_ name: String, kind: MetricKind, labelNames: [String]) {
    precondition(isMetricName(name), "‘\(name)’ is no metric name")
    switch kind {
    case .counter: precondition(name.hasSuffix("_total"), "the counter \(name) must end in _total")
    case .gauge: break
    case .histogram(let layout):
      let isSeconds = name.hasSuffix("_seconds")
      precondition(isSeconds == (layout.unit == .seconds), "a histogram ends in _seconds when it measures durations")
      precondition(!labelNames.contains("le"), "the label le belongs to histograms themselves")
    }
    precondition(Set(labelNames).count == labelNames.count, "the labels of \(name) must differ")
    for label in labelNames { precondition(isLabelName(label), "‘\(label)’ is no label name") }
  }

  static func isMetricName(_ name: String) -> Bool { isName(name, colonAllowed: true) }

  /// Names beginning with `__` are Prometheus' own.
  static func isLabelName(_ name: String) -> Bool { isName(name, colonAllowed: false) && !name.hasPrefix("__") }

  private static func isName(_ name: String, colonAllowed: Bool) -> Bool {
    guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      case UInt8(ascii: ":"): colonAllowed
      default: false
      }
    }
  }
}
