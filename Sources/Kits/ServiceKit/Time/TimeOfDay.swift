/// What a clock on the wall shows, to the minute; 24:00 is the end of a day.
package struct TimeOfDay: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Minutes after midnight, 0 to 1440.
  package let minutes: Int

  package static let midnight = TimeOfDay(unchecked: 0)
  package static let endOfDay = TimeOfDay(unchecked: 1_440)

  private init(unchecked minutes: Int) { self.minutes = minutes }

  /// Nil outside a day.
  package init?(minutes: Int) {
    guard (0...1_440).contains(minutes) else { return nil }
    self.minutes = minutes
  }

  /// `HH:mm`, two digits each, `24:00` among them; nil for anything else.
  package init?(_ text: some StringProtocol) {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.map(\.count) == [2, 2], parts.joined().allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
    guard numbers[1] < 60 else { return nil }
    self.init(minutes: numbers[0] * 60 + numbers[1])
  }

  /// The hour and minute that a clock shows at a moment, `offset` from UTC; seconds are cut.
  package init(_ moment: Timestamp, offset: UTCOffset) {
    let seconds = moment.seconds + Int64(offset.minutes * 60)
    minutes = Int((seconds % 86_400 + 86_400) % 86_400) / 60
  }

  package static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.minutes < right.minutes }

  /// `HH:mm`.
  package var description: String {
    "\(DecimalText.padded(minutes / 60, 2)):\(DecimalText.padded(minutes % 60, 2))"
  }
}
