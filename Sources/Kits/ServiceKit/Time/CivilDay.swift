/// A day of the calendar, without saying where: code tables, holidays and deadlines are written in days.
///
/// Proleptic Gregorian calendar, years 1 to 9999.
package struct CivilDay: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Days since 1970-01-01, negative before.
  package let daysSinceEpoch: Int

  package static let first = CivilDay(unchecked: -719_162)
  package static let last = CivilDay(unchecked: 2_932_896)

  private init(unchecked daysSinceEpoch: Int) { self.daysSinceEpoch = daysSinceEpoch }

  /// Nil for a day that does not exist.
  package init?(year: Int, month: Int, day: Int) {
    guard let midnight = CivilDateTime(year: year, month: month, day: day) else { return nil }
    self.init(midnight)
  }

  /// The day of a date with its time.
  package init(_ time: CivilDateTime) { daysSinceEpoch = time.daysSinceEpoch }

  /// `yyyy-MM-dd`; nil for anything else and for days that do not exist.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], parts.joined().allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
    self.init(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  /// The day that a calendar on the wall shows at a moment, `offset` from UTC; the first or the last day outside the years
  /// that have one.
  package init(_ moment: Timestamp, offset: UTCOffset) {
    if let time = CivilDateTime(moment, offset: offset) {
      self.init(time)
    } else {
      self = moment < .epoch ? .first : .last
    }
  }

  package var year: Int { date.year }
  package var month: Int { date.month }
  package var day: Int { date.day }
  /// All three at once, for who needs more than one.
  package var date: (year: Int, month: Int, day: Int) { CivilDateTime.date(daysSinceEpoch: daysSinceEpoch) }

  package var weekday: Weekday {
    let sinceThursday = (daysSinceEpoch % 7 + 7) % 7  // 1970-01-01 was a Thursday
    return Weekday.allCases[(sinceThursday + 3) % 7]
  }

  /// The day after; nil behind the last one.
  package var next: CivilDay? { self < .last ? self + 1 : nil }
  /// The day before; nil before the first one.
  package var previous: CivilDay? { self > .first ? self - 1 : nil }

  /// The moment at which the clock on the wall shows `time` on this day, `offset` from UTC; 24:00 is the next midnight.
  package func at(_ time: TimeOfDay, offset: UTCOffset) -> Timestamp {
    Timestamp(seconds: Int64((daysSinceEpoch * 1_440 + time.minutes - offset.minutes) * 60))
  }

  /// So many days later; stops at the last and the first day.
  package static func + (day: CivilDay, count: Int) -> CivilDay {
    let (sum, overflow) = day.daysSinceEpoch.addingReportingOverflow(count)
    guard !overflow else { return count < 0 ? .first : .last }
    return CivilDay(unchecked: min(max(sum, first.daysSinceEpoch), last.daysSinceEpoch))
  }

  package static func - (day: CivilDay, count: Int) -> CivilDay { day + -count }

  /// Days from one to the other.
  package static func - (later: CivilDay, earlier: CivilDay) -> Int { later.daysSinceEpoch - earlier.daysSinceEpoch }

  package static func < (left: CivilDay, right: CivilDay) -> Bool { left.daysSinceEpoch < right.daysSinceEpoch }

  /// `yyyy-MM-dd`.
  package var description: String {
    let date = date
    return [(date.year, 4), (date.month, 2), (date.day, 2)].map { DecimalText.padded($0.0, $0.1) }.joined(
      separator: "-")
  }
}
