/// Lays out one line.
struct LogLine {
  private let format: LogFormat
  private(set) var bytes: [UInt8] = []

  init(format: LogFormat, time: Timestamp, level: LogLevel, event: StaticString) {
    self.format = format
    bytes.reserveCapacity(256)
    if format == .json { bytes.append(UInt8(ascii: "{")) }
    key("time", isFirst: true)
    word(time.rfc3339(fraction: .milliseconds))
    key("level")
    constant(level.name)
    key("event")
    constant(event)
  }

  mutating func append(_ fields: some Sequence<LogField>) {
    for field in fields {
      let (name, value) = field.keyAndValue
      key(name)
      append(value)
      if case .error(let error as any LoggableError) = field {
        for detail in error.logFields.prefix(Self.errorFieldsLimit) {
          // An error inside an error is named by its type: no recursion.
          let (name, value) = detail.keyAndValue
          key(name)
          append(value)
        }
      }
    }
  }

  /// The line with its end.
  consuming func finished() -> [UInt8] {
    if format == .json { bytes.append(UInt8(ascii: "}")) }
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private static let errorFieldsLimit = 8

  private mutating func append(_ value: LogValue) {
    switch value {
    case .identifier(let text): word(LogText.isIdentifier(text) ? text : LogText.refused)
    case .address(let text): word(LogText.isAddress(text) ? text : LogText.refused)
    case .path(let text): word(LogText.isPath(text) ? text : LogText.refused)
    case .typeName(let text): word(LogText.isPath(text) ? text : LogText.refused)
    case .constant(let text): constant(text)
    case .integer(let number): bytes += String(number).utf8
    case .unsigned(let number): word(String(number))
    case .boolean(let flag): bytes += (flag ? "true" : "false").utf8
    case .seconds(let duration): seconds(duration)
    case .moment(let moment): word(moment.rfc3339(fraction: .milliseconds))
    case .hexadecimal(let hash): word(hexadecimal(hash.prefix(64)))
    }
  }

  private mutating func key(_ name: StaticString, isFirst: Bool = false) {
    switch format {
    case .logfmt:
      if !isFirst { bytes.append(UInt8(ascii: " ")) }
      name.withUTF8Buffer { bytes += $0 }
      bytes.append(UInt8(ascii: "="))
    case .json:
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "\""))
      name.withUTF8Buffer { bytes += $0 }
      bytes += "\":".utf8
    }
  }

  /// A text without blanks, quotes and control characters.
  private mutating func word(_ text: String) {
    if format == .json { bytes.append(UInt8(ascii: "\"")) }
    bytes += text.utf8
    if format == .json { bytes.append(UInt8(ascii: "\"")) }
  }

  /// A text written in our own source: it may have blanks, and is quoted and escaped then.
  private mutating func constant(_ text: StaticString) {
    let isWord = text.withUTF8Buffer { $0.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x3D } }
    if isWord, format == .logfmt {
      text.withUTF8Buffer { bytes += $0 }
      return
    }
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8Buffer { characters in
      for byte in characters {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
        bytes.append(byte < 0x20 ? 0x20 : byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Seconds with six digits: the base unit, as in the metrics.
  private mutating func seconds(_ duration: Duration) {
    let microseconds = duration.wholeMicroseconds
    let size = microseconds.magnitude
    if microseconds < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes += "\(size / 1_000_000).".utf8
    bytes += DecimalText.padded(Int(size % 1_000_000), 6).utf8
  }

  private func hexadecimal(_ hash: ArraySlice<UInt8>) -> String {
    hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
