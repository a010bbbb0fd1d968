import ServiceKit
import Statistics

/// A period of which statistics can tell: a month, or a year.
struct ReportMonth: CustomStringConvertible {
  let year: Int
  /// Nil for the year.
  let month: Int?

  /// Nil where the period is neither.
  init?(_ period: Period) {
    let first = period.first.date
    year = first.year
    if Period(String(first.year)) == period {
      month = nil
    } else if Period("\(first.year)-\(Self.two(first.month))") == period {
      month = first.month
    } else {
      return nil
    }
  }

  /// `2026-10`, or `2026`.
  var description: String { month.map { "\(year)-\(Self.two($0))" } ?? String(year) }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
