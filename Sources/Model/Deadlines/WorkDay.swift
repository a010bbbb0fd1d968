package import ServiceKit

/// What a day is to an office.
package enum WorkDay: Sendable, Equatable {
  /// The office works; `inPlaceOf` is the day off that a worked Saturday makes good.
  case open(OfficeHours.Day, inPlaceOf: CivilDay?)
  /// A day of the week on which it never works.
  case weeklyRest
  /// A holiday, or a day off by swap.
  case dayOff(HolidayCalendar.DayOff)

  package var hours: OfficeHours.Day? {
    if case .open(let day, _) = self { day } else { nil }
  }

  /// Whether it counts where a term is in working days.
  package var isWorkingDay: Bool { hours?.isWorkingDay ?? false }
}
