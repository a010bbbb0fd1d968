package import ServiceKit

/// How a term is counted from the receipt of a dossier.
///
/// The sources differ, so each procedure says it.
package struct CountingRule: Sendable, Hashable {
  package enum Begin: String, Sendable, CaseIterable {
    /// From the moment of receipt, to the same time of day: what one-stop software does.
    case moment
    /// The day of receipt is not counted, and the last day is whole: the Civil Code's way.
    case nextDay
  }

  /// What happens to the time when a pause ends.
  package enum Resumption: String, Sendable, CaseIterable {
    /// The deadline moves by as much as was paused.
    case extend
    /// The whole time begins anew.
    case restart
  }

  package var begin: Begin
  /// From this time of day on a receipt is one of the next working day; nil: until the office closes.
  package var cutOff: TimeOfDay?
  package var resumption: Resumption
  /// So many working hours are a day: `72 workingHours` are nine days, whatever the sessions of the office are. Every
  /// implementation seen takes eight.
  package var hoursPerDay: Int

  package init(
    begin: Begin = .nextDay, cutOff: TimeOfDay? = nil, resumption: Resumption = .extend, hoursPerDay: Int = 8
  ) {
    precondition((1...24).contains(hoursPerDay), "a day has hours")
    self.begin = begin
    self.cutOff = cutOff
    self.resumption = resumption
    self.hoursPerDay = hoursPerDay
  }
}
