import DocumentKit

/// Numbers with a unit, as people write them in configuration files.
enum Quantity {
  private static let durationUnits: [(suffix: String, microseconds: Int64)] = [
    ("ms", 1_000), ("s", 1_000_000), ("m", 60_000_000), ("h", 3_600_000_000), ("d", 86_400_000_000),
  ]
  private static let byteUnits: [(suffix: String, bytes: Int64)] = [
    ("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
  ]

  /// `10s`: whole number, unit, nothing between. `1h30m` is written `90m`.
  static func duration(_ text: String) throws(ConfigurationFault) -> Duration {
    let remedy = Sentence(
      "write a whole number with its unit, such as 500ms, 10s, 5m, 2h or 30d",
      "hãy viết số nguyên kèm đơn vị, ví dụ 500ms, 10s, 5m, 2h hoặc 30d")
    return .microseconds(
      try parse(text, units: durationUnits, what: Sentence("duration", "thời lượng"), remedy: remedy))
  }

  /// `64MiB`: the units are powers of 1,024 and say so; `MB` is refused because half the world reads it so, half not.
  static func byteCount(_ text: String) throws(ConfigurationFault) -> Int {
    let remedy = Sentence(
      "write a whole number with its unit, such as 512B, 64KiB, 16MiB or 1GiB",
      "hãy viết số nguyên kèm đơn vị, ví dụ 512B, 64KiB, 16MiB hoặc 1GiB")
    return Int(try parse(text, units: byteUnits, what: Sentence("size", "kích thước"), remedy: remedy))
  }

  /// The shortest exact way to write a duration.
  static func text(_ duration: Duration) -> String {
    let microseconds = duration.wholeMicroseconds
    for (suffix, size) in durationUnits.reversed() where microseconds.isMultiple(of: size) && microseconds >= size {
      return "\(microseconds / size)\(suffix)"
    }
    return microseconds == 0 ? "0s" : "\(duration)"
  }

  static func text(bytes: Int) -> String {
    for (suffix, size) in byteUnits.reversed() where Int64(bytes).isMultiple(of: size) && bytes >= size {
      return "\(Int64(bytes) / size)\(suffix)"
    }
    return "\(bytes)B"
  }

  private static func parse(
    _ text: String, units: [(String, Int64)], what: Sentence, remedy: Sentence
  ) throws(ConfigurationFault) -> Int64 {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty else {
      throw ConfigurationFault(
        .wrongType, Sentence("a \(what) is needed here", "ở đây cần \(what.vietnamese)"), remedy: remedy)
    }
    guard let (_, size) = units.first(where: { $0.0 == text.dropFirst(digits.count) }) else {
      let problem =
        digits.count == text.count
        ? Sentence("has no unit", "không có đơn vị")
        : Sentence("has a unit that is not known", "có đơn vị không dùng được")
      throw ConfigurationFault(
        .badUnit, Sentence("the \(what) \(problem)", "\(what.vietnamese) ở đây \(problem.vietnamese)"), remedy: remedy)
    }
    guard let number = Int64(digits) else {
      throw ConfigurationFault(
        .outOfRange, Sentence("the \(what) is too large", "\(what.vietnamese) quá lớn"), remedy: remedy)
    }
    let (product, overflow) = number.multipliedReportingOverflow(by: size)
    guard !overflow else {
      throw ConfigurationFault(
        .outOfRange, Sentence("the \(what) is too large", "\(what.vietnamese) quá lớn"), remedy: remedy)
    }
    return product
  }
}
