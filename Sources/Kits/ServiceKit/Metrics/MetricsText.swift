/// Writes Prometheus' text exposition format, version 0.0.4.
struct MetricsText {
  private(set) var bytes: [UInt8] = []

  /// `# HELP` and `# TYPE`. In help texts a backslash and a line feed are escaped.
  mutating func head(_ name: String, help: String, type: String) {
    bytes += "# HELP \(name) ".utf8
    append(escaped: help, quoteAlso: false)
    bytes += "\n# TYPE \(name) \(type)\n".utf8
  }

  mutating func sample(_ name: String, value: String) {
    bytes += "\(name) \(value)\n".utf8
  }

  /// `name{label="value",…} number`. In label values a backslash, a quote and a line feed are escaped.
  mutating func sample(_ name: String, labels: some Sequence<(String, String)>, value: String) {
    bytes += name.utf8
    var separator = "{"
    for (label, content) in labels {
      bytes += "\(separator)\(label)=\"".utf8
      append(escaped: content, quoteAlso: true)
      bytes.append(UInt8(ascii: "\""))
      separator = ","
    }
    if separator == "," { bytes.append(UInt8(ascii: "}")) }
    bytes += " \(value)\n".utf8
  }

  /// Cumulative buckets up to `+Inf`, sum and count; the count is that of the buckets, so that the two always agree.
  mutating func histogram(_ name: String, labels: [(String, String)], _ histogram: Histogram) {
    let (counts, sum) = histogram.snapshot
    var total: UInt64 = 0
    for (place, count) in counts.enumerated() {
      total &+= count
      let bounds = histogram.layout.bounds
      let bound = place < bounds.count ? histogram.layout.number(bounds[place]) : "+Inf"
      sample("\(name)_bucket", labels: labels + [("le", bound)], value: String(total))
    }
    sample("\(name)_sum", labels: labels, value: histogram.layout.number(sum))
    sample("\(name)_count", labels: labels, value: String(total))
  }

  /// A number as Go's parser, which Prometheus uses, reads it; whole numbers without a fraction.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    if value.magnitude < 0x1p53, value == value.rounded(.towardZero) { return String(Int64(value)) }
    return value.description
  }

  private mutating func append(escaped text: String, quoteAlso: Bool) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
      case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
      case UInt8(ascii: "\"") where quoteAlso: bytes += #"\""#.utf8
      default: bytes.append(byte)
      }
    }
  }
}
