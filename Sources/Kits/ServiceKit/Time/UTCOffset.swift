/// The difference between local time and UTC, in whole minutes, as RFC 3339 writes it.
package struct UTCOffset: Sendable, Hashable {
  /// Minutes to add to UTC; at most ±23:59.
  package let minutes: Int

  /// Nil beyond ±23:59, which RFC 3339 cannot write.
  package init?(minutes: Int) {
    guard abs(minutes) < 24 * 60 else { return nil }
    self.minutes = minutes
  }

  private init(unchecked minutes: Int) { self.minutes = minutes }

  package static let utc = UTCOffset(unchecked: 0)
  /// Asia/Ho_Chi_Minh: +07:00 all year since 1975-06-13, so no time zone database is needed.
  package static let vietnam = UTCOffset(unchecked: 7 * 60)

  /// `Z` for UTC, otherwise `+07:00`.
  package var text: String {
    guard minutes != 0 else { return "Z" }
    let size = abs(minutes)
    return (minutes < 0 ? "-" : "+") + DecimalText.padded(size / 60, 2) + ":" + DecimalText.padded(size % 60, 2)
  }
}
