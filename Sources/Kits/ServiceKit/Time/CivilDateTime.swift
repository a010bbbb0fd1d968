/// A date and time of day as read from a calendar and a clock on the wall, without saying where the wall is.
///
/// Proleptic Gregorian calendar. Every value is a valid date: the initialiser refuses 30 February.
package struct CivilDateTime: Sendable, Hashable {
  package let year: Int
  package let month: Int
  package let day: Int
  package let hour: Int
  package let minute: Int
  package let second: Int
  package let microsecond: Int

  /// Nil when this is no date or time of day: years 1 to 9999, seconds 0 to 59 (no leap second).
  package init?(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0
  ) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year),
      (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
      (0...999_999).contains(microsecond)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.microsecond = microsecond
  }

  /// For the two ends of the calendar, which are known to be dates.
  init(unchecked year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int, _ second: Int, _ microsecond: Int) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.microsecond = microsecond
  }

  /// What calendar and clock show at a moment, `offset` from UTC; nil outside the years 1 to 9999.
  package init?(_ moment: Timestamp, offset: UTCOffset) {
    let (shifted, overflow) = moment.microseconds.addingReportingOverflow(Int64(offset.minutes) * 60_000_000)
    guard !overflow else { return nil }
    let (wholeDays, inDay) = shifted.flooredDivision(by: Self.microsecondsPerDay)
    let date = Self.date(daysSinceEpoch: Int(wholeDays))
    let seconds = Int(inDay / 1_000_000)
    self.init(
      year: date.year, month: date.month, day: date.day, hour: seconds / 3600, minute: seconds / 60 % 60,
      second: seconds % 60, microsecond: Int(inDay % 1_000_000))
  }

  /// The moment at which calendar and clock show this, `offset` from UTC.
  package func timestamp(offset: UTCOffset) -> Timestamp {
    let seconds = (daysSinceEpoch * 24 + hour) * 3600 + (minute - offset.minutes) * 60 + second
    return Timestamp(microseconds: Int64(seconds) * 1_000_000 + Int64(microsecond))
  }

  /// Days since 1970-01-01, negative before.
  package var daysSinceEpoch: Int {
    // Days from civil, after Howard Hinnant: years begin in March so that the leap day is the last of its year.
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  package static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  package static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  static let microsecondsPerDay: Int64 = 86_400_000_000

  /// The calendar date of a day number: the inverse of `daysSinceEpoch`.
  static func date(daysSinceEpoch: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = daysSinceEpoch + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
