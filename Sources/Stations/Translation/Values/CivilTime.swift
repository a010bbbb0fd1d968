/// A moment as a calendar writes it: date, time of day and distance from UTC.
///
/// Where a text names no offset the offset is that of Asia/Ho_Chi_Minh, +07:00, which has had no daylight saving time
/// since 1975; so no time zone database is needed. Invalid dates (30 February) cannot be made.
struct CivilTime: Sendable, Equatable {
  let year: Int
  let month: Int
  let day: Int
  let hour: Int
  let minute: Int
  let second: Int
  let millisecond: Int
  /// Minutes east of UTC.
  let offset: Int

  /// Asia/Ho_Chi_Minh in minutes east of UTC.
  static let vietnamOffset = 7 * 60

  /// Nil unless every part is in range: years 1–9999, hours 0–23, seconds 0–59 (no leap seconds), offset up to 14 h.
  init?(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0,
    offset: Int = vietnamOffset,
  ) {
    guard (1...9_999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(of: month, in: year),
      (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second), (0...999).contains(millisecond),
      (-14 * 60...14 * 60).contains(offset)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.millisecond = millisecond
    self.offset = offset
  }

  /// The moment so many milliseconds after 1970-01-01T00:00:00Z, on Vietnam's clock; nil outside the years 1–9999.
  init?(millisecondsSince1970 milliseconds: Int, offset: Int = vietnamOffset) {
    guard milliseconds.magnitude < 1 << 52 else { return nil }
    let local = milliseconds + offset * 60_000
    let (days, ofDay) = Self.floorDivide(local, by: 86_400_000)
    let (year, month, day) = Self.date(ofDaysSince1970: days)
    self.init(
      year: year, month: month, day: day, hour: ofDay / 3_600_000, minute: ofDay / 60_000 % 60,
      second: ofDay / 1_000 % 60, millisecond: ofDay % 1_000, offset: offset)
  }

  var millisecondsSince1970: Int {
    let days = Self.daysSince1970(year: year, month: month, day: day)
    let seconds = days * 86_400 + hour * 3_600 + (minute - offset) * 60 + second
    return seconds * 1_000 + millisecond
  }

  /// The same moment on Vietnam's clock; nil if that lies outside the years 1–9999.
  var inVietnam: CivilTime? {
    offset == Self.vietnamOffset ? self : CivilTime(millisecondsSince1970: millisecondsSince1970)
  }

  private static func days(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days between 1970-01-01 and a date of the proleptic Gregorian calendar, counted in eras of 400 years that begin
  /// on 1 March, so that the leap day is the last of its year.
  private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let (era, ofEra) = floorDivide(shifted, by: 400)
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let dayOfEra = ofEra * 365 + ofEra / 4 - ofEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func date(ofDaysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = floorDivide(days + 719_468, by: 146_097)
    let ofEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * ofEra + ofEra / 4 - ofEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = (shiftedMonth + 2) % 12 + 1
    let year = era * 400 + ofEra + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private static func floorDivide(_ value: Int, by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
