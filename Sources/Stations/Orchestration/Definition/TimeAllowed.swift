package import Deadlines

/// How long something may take, and by whose hours and which rule it is counted.
package struct TimeAllowed: Sendable, Hashable {
  package var term: Term
  package var rule: CountingRule
  /// The office by whose hours it is counted, of the calendars' folder.
  package var office: String
  /// So many working hours before the end somebody is warned; 0: nobody is.
  package var warningHours: Int

  package init(_ term: Term, by rule: CountingRule = CountingRule(), office: String = "standard", warningHours: Int = 0)
  {
    self.term = term
    self.rule = rule
    self.office = office
    self.warningHours = warningHours
  }
}
