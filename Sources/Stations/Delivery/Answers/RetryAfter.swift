package import ServiceKit

/// Reads the `Retry-After` field of an answer (RFC 9110 §10.2.3): seconds, or a date.
package enum RetryAfter {
  /// A partner that asks for more is asked again after this long all the same.
  package static let longest = Duration.seconds(3_600)

  /// nil when the text is neither form.
  package static func moment(of text: String, now: Timestamp) -> Timestamp? {
    let latest = now + longest
    if !text.isEmpty, text.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) {
      guard let seconds = Int64(text), seconds <= longest.components.seconds else { return latest }
      return now + .seconds(seconds)
    }
    guard let date = date(text) else { return nil }
    return min(max(date, now), latest)
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`, the one form a sender may write today (RFC 9110 §5.6.7).
  private static func date(_ text: String) -> Timestamp? {
    let fields = text.split(separator: " ")
    guard fields.count == 6, fields[0].hasSuffix(","), fields[5] == "GMT", let day = Int(fields[1]),
      let month = months.firstIndex(of: fields[2]), let year = Int(fields[3])
    else { return nil }
    let clock = fields[4].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3 else { return nil }
    return CivilDateTime(
      year: year, month: month + 1, day: day, hour: clock[0], minute: clock[1], second: min(clock[2], 59)
    )?.timestamp(offset: .utc)
  }

  private static let months: [Substring] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
