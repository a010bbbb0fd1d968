/// A day of the calendar, by Vietnam's clock.
package struct CivilDay: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let year: Int
  package let month: Int
  package let day: Int

  private static let format = TimeFormat("yyyy-MM-dd")

  /// `yyyy-MM-dd`; nil for anything else and for days that do not exist.
  package init?(_ text: String) {
    self.init(text, in: Self.format ?? .iso)
  }

  /// The day in Vietnam of a moment written in this format.
  package init?(_ text: String, in format: TimeFormat) {
    guard let time = format.read(text)?.inVietnam else { return nil }
    self.init(time)
  }

  /// The day after; nil behind the last day of the year 9999.
  package var next: CivilDay? { moved(by: 1) }
  /// The day before; nil before the first day of the year 1.
  package var previous: CivilDay? { moved(by: -1) }

  private func moved(by days: Int) -> CivilDay? {
    guard let noon = CivilTime(year: year, month: month, day: day, hour: 12),
      let moved = CivilTime(millisecondsSince1970: noon.millisecondsSince1970 + days * 86_400_000)
    else { return nil }
    return CivilDay(moved)
  }

  private init(_ time: CivilTime) {
    year = time.year
    month = time.month
    day = time.day
  }

  package static func < (left: CivilDay, right: CivilDay) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// `yyyy-MM-dd`.
  package var description: String {
    func padded(_ number: Int, _ digits: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}
