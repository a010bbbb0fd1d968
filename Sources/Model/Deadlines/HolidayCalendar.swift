package import ServiceKit

/// Which days are off and which Saturdays are worked in their place, by announcement, for a span of years.
///
/// Swaps are announced year by year, so a calendar is data with its sources, and has a version: a change is a new version,
/// and what was computed with an old one can be computed again.
package struct HolidayCalendar: Sendable, Equatable {
  package struct DayOff: Sendable, Equatable {
    /// `Tết Nguyên đán`.
    package let name: String

    package init(name: String) { self.name = name }
  }

  package let version: CalendarVersion
  /// The days it says something about; of others it is not known whether they are off.
  package let covers: ClosedRange<CivilDay>
  private let daysOff: [CivilDay: DayOff]
  private let workedDays: [CivilDay: CivilDay]
  private let undecided: [CivilDay: String]

  /// - Parameters:
  ///   - workedDays: days that are worked although they are of a weekend, each with the day in whose place it is.
  ///   - undecided: days of which it is not announced yet whether they are off, with what is known.
  package init(
    version: CalendarVersion, covers: ClosedRange<CivilDay>, daysOff: [CivilDay: DayOff] = [:],
    workedDays: [CivilDay: CivilDay] = [:], undecided: [CivilDay: String] = [:]
  ) {
    self.version = version
    self.covers = covers
    self.daysOff = daysOff
    self.workedDays = workedDays
    self.undecided = undecided
  }

  package func dayOff(_ day: CivilDay) -> DayOff? { daysOff[day] }

  /// The day off in whose place this day is worked.
  package func worked(_ day: CivilDay) -> CivilDay? { workedDays[day] }

  /// Why what is said about this day may change.
  package func doubt(about day: CivilDay) -> Doubt? {
    if !covers.contains(day) { return Doubt(day: day, reason: .notCovered(version)) }
    return undecided[day].map { Doubt(day: day, reason: .undecided($0)) }
  }
}
