import ServiceKit
package import Statistics

/// A period of which statistics can tell: a month, or a year.
package struct ReportMonth: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let year: Int
  /// Nil for the year.
  package let month: Int?

  /// Nil where the period is neither.
  package init?(_ period: Period) {
    let first = period.first.date
    if Period(String(first.year)) == period {
      self.init(year: first.year, month: nil)
    } else if Period("\(first.year)-\(Self.two(first.month))") == period {
      self.init(year: first.year, month: first.month)
    } else {
      return nil
    }
  }

  /// `2026-10`, or `2026`; nil for anything else.
  package init?(_ text: String) {
    guard let period = Period(text) else { return nil }
    self.init(period)
    guard description == text else { return nil }
  }

  private init(year: Int, month: Int?) {
    self.year = year
    self.month = month
  }

  /// The one behind it: a month behind a month, a year behind a year.
  package var next: ReportMonth {
    guard let month else { return ReportMonth(year: year + 1, month: nil) }
    return month == 12 ? ReportMonth(year: year + 1, month: 1) : ReportMonth(year: year, month: month + 1)
  }

  package var period: Period {
    guard let period = Period(description) else { preconditionFailure("a month of the calendar is a period") }
    return period
  }

  /// `2026-10`, or `2026`.
  package var description: String { month.map { "\(year)-\(Self.two($0))" } ?? String(year) }

  package static func < (left: ReportMonth, right: ReportMonth) -> Bool {
    (left.year, left.month ?? 0) < (right.year, right.month ?? 0)
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
