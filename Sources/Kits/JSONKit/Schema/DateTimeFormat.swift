/// Dates and times of RFC 3339 §5.6.
enum DateTimeFormat {
  typealias Text = Slice<UnsafeBufferPointer<UInt8>>

  static func isDateTime(_ text: Text) -> Bool {
    guard text.count > 11, text[text.startIndex + 10] | 0x20 == UInt8(ascii: "t") else { return false }
    return isDate(text.prefix(10)) && isTime(text.dropFirst(11))
  }

  /// `YYYY-MM-DD`, a day of the Gregorian calendar.
  static func isDate(_ text: Text) -> Bool {
    guard text.count == 10, byte(text, 4) == UInt8(ascii: "-"), byte(text, 7) == UInt8(ascii: "-"),
      let century = twoDigits(text, 0), let rest = twoDigits(text, 2), let month = twoDigits(text, 5),
      let day = twoDigits(text, 8), (1...12).contains(month)
    else { return false }
    let year = century * 100 + rest
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  /// `HH:MM:SS`, perhaps a fraction, and `Z` or `±HH:MM`; a leap second only where it can be, at 23:59:60 UTC.
  static func isTime(_ text: Text) -> Bool {
    guard text.count >= 9, byte(text, 2) == UInt8(ascii: ":"), byte(text, 5) == UInt8(ascii: ":"),
      let hour = twoDigits(text, 0), let minute = twoDigits(text, 3), let second = twoDigits(text, 6),
      hour < 24, minute < 60, second <= 60
    else { return false }
    var rest = text.dropFirst(8)
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard !fraction.isEmpty else { return false }
      rest = rest.dropFirst(1 + fraction.count)
    }
    guard let offset = offsetMinutes(rest) else { return false }
    let minutesInUTC = (hour * 60 + minute - offset + 2 * 1_440) % 1_440
    return second < 60 || minutesInUTC == 1_439
  }

  private static func offsetMinutes(_ text: Text) -> Int? {
    if text.count == 1 { return byte(text, 0) | 0x20 == UInt8(ascii: "z") ? 0 : nil }
    guard text.count == 6, byte(text, 3) == UInt8(ascii: ":"), let hours = twoDigits(text, 1),
      let minutes = twoDigits(text, 4), hours < 24, minutes < 60
    else { return nil }
    switch byte(text, 0) {
    case UInt8(ascii: "+"): return hours * 60 + minutes
    case UInt8(ascii: "-"): return -(hours * 60 + minutes)
    default: return nil
    }
  }

  private static func byte(_ text: Text, _ index: Int) -> UInt8 { text[text.startIndex + index] }

  private static func twoDigits(_ text: Text, _ index: Int) -> Int? {
    let (tens, ones) = (byte(text, index), byte(text, index + 1))
    guard (0x30...0x39).contains(tens), (0x30...0x39).contains(ones) else { return nil }
    return Int(tens - 0x30) * 10 + Int(ones - 0x30)
  }
}
