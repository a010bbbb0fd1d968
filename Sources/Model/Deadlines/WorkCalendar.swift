package import ServiceKit

/// The days of one office: its ordinary week under the holidays of its country.
package struct WorkCalendar: Sendable, Equatable {
  package let office: OfficeHours
  package let holidays: HolidayCalendar

  package init(office: OfficeHours, holidays: HolidayCalendar) {
    self.office = office
    self.holidays = holidays
  }

  /// A worked Saturday has the sessions of the day in whose place it is; an office that does not work on that day of the
  /// week has nothing to make good.
  package func day(_ day: CivilDay) -> WorkDay {
    if let missed = holidays.worked(day) {
      return office[missed.weekday].map { .open($0, inPlaceOf: missed) } ?? ordinary(day)
    }
    return holidays.dayOff(day).map { .dayOff($0) } ?? ordinary(day)
  }

  private func ordinary(_ day: CivilDay) -> WorkDay {
    office[day.weekday].map { .open($0, inPlaceOf: nil) } ?? .weeklyRest
  }
}
