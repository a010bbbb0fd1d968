/// Reads RFC 3339 §5.6 byte by byte, so that an error can say where the text stops being right.
struct TimestampScanner {
  private let bytes: [UInt8]
  private var next = 0

  init(_ text: String) { bytes = Array(text.utf8.prefix(Self.bytesLimit + 1)) }

  /// Longer than any text that has this form.
  private static let bytesLimit = 64

  mutating func scan(assuming assumedOffset: UTCOffset?) throws(TimestampError) -> Timestamp {
    let year = try number(4)
    try take("-")
    let month = try number(2)
    try take("-")
    let day = try number(2)
    guard takeIf("T") || takeIf("t") else { throw malformed("‘T’ between date and time") }
    let hour = try number(2)
    try take(":")
    let minute = try number(2)
    try take(":")
    let second = try number(2)
    let microsecond = takeIf(".") ? try fraction() : 0
    let offset = try offset(assuming: assumedOffset)
    guard next == bytes.count else { throw malformed("the end of the text") }
    guard
      let civil = CivilDateTime(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second, microsecond: microsecond)
    else { throw TimestampError(.noSuchTime, at: 0, "there is no such date or time of day") }
    return civil.timestamp(offset: offset)
  }

  private mutating func offset(assuming assumedOffset: UTCOffset?) throws(TimestampError) -> UTCOffset {
    if takeIf("Z") || takeIf("z") { return .utc }
    if next == bytes.count {
      guard let assumedOffset else {
        throw TimestampError(.offsetMissing, at: next, "the offset from UTC is missing, such as Z or +07:00")
      }
      return assumedOffset
    }
    let isNegative = takeIf("-")
    guard isNegative || takeIf("+") else { throw malformed("Z or an offset such as +07:00") }
    let start = next
    let hours = try number(2)
    try take(":")
    let minutes = try number(2)
    guard hours <= 23, minutes <= 59, let offset = UTCOffset(minutes: (hours * 60 + minutes) * (isNegative ? -1 : 1))
    else { throw TimestampError(.noSuchTime, at: start, "there is no such offset from UTC") }
    return offset
  }

  /// One digit or more; the seventh and later are read and cut.
  private mutating func fraction() throws(TimestampError) -> Int {
    var value = 0
    var digits = 0
    while next < bytes.count, let digit = Self.digit(bytes[next]) {
      if digits < 6 { value = value * 10 + digit }
      digits += 1
      next += 1
    }
    guard digits > 0 else { throw malformed("a digit") }
    for _ in 0..<max(0, 6 - digits) { value *= 10 }
    return value
  }

  private mutating func number(_ width: Int) throws(TimestampError) -> Int {
    var value = 0
    for _ in 0..<width {
      guard next < bytes.count, let digit = Self.digit(bytes[next]) else { throw malformed("a digit") }
      value = value * 10 + digit
      next += 1
    }
    return value
  }

  private mutating func take(_ character: Unicode.Scalar) throws(TimestampError) {
    guard takeIf(character) else { throw malformed("‘\(character)’") }
  }

  private mutating func takeIf(_ character: Unicode.Scalar) -> Bool {
    guard next < bytes.count, bytes[next] == UInt8(ascii: character) else { return false }
    next += 1
    return true
  }

  private func malformed(_ expected: String) -> TimestampError {
    TimestampError(.malformed, at: next, "\(expected) is expected here, as in 2026-11-20T08:15:30+07:00")
  }

  private static func digit(_ byte: UInt8) -> Int? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
  }
}
