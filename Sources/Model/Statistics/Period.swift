package import ServiceKit

/// The time that a report is about, from its first day to its last, by Viet Nam's clock.
package struct Period: Sendable, Hashable, CustomStringConvertible {
  package let first: CivilDay
  package let last: CivilDay

  /// Nil when it would end before it begins.
  package init?(first: CivilDay, last: CivilDay) {
    guard first <= last else { return nil }
    self.first = first
    self.last = last
  }

  /// `2026`, `2026-Q4`, `2026-11`, `2026-11-20` or `2026-11-01/2026-11-20`; nil for anything else.
  package init?(_ text: String) {
    let ends = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if ends.count == 2 {
      guard let first = CivilDay(ends[0]), let last = CivilDay(ends[1]) else { return nil }
      self.init(first: first, last: last)
      return
    }
    if let day = CivilDay(text) {
      self.init(first: day, last: day)
      return
    }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let year = Int(parts[0]), parts[0].utf8.count == 4, parts.count <= 2 else { return nil }
    guard parts.count == 2 else {
      self.init(year: year, months: 1...12)
      return
    }
    if parts[1].hasPrefix("Q"), let quarter = Int(parts[1].dropFirst()), (1...4).contains(quarter) {
      self.init(year: year, months: quarter * 3 - 2...quarter * 3)
    } else if parts[1].utf8.count == 2, let month = Int(parts[1]), (1...12).contains(month) {
      self.init(year: year, months: month...month)
    } else {
      return nil
    }
  }

  private init?(year: Int, months: ClosedRange<Int>) {
    guard let first = CivilDay(year: year, month: months.lowerBound, day: 1),
      let last = CivilDay(
        year: year, month: months.upperBound, day: CivilDateTime.days(inMonth: months.upperBound, of: year))
    else { return nil }
    self.init(first: first, last: last)
  }

  package var begin: Timestamp { first.at(.midnight, offset: .vietnam) }
  /// The first moment behind it.
  package var end: Timestamp { last.at(.endOfDay, offset: .vietnam) }

  package func contains(_ moment: Timestamp) -> Bool { begin <= moment && moment < end }

  package var description: String { first == last ? "\(first)" : "\(first)/\(last)" }
}
