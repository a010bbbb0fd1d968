package import ServiceKit

/// One public service as a catalogue publishes it: which agency gives it online, how far, and from which day.
package struct PublicService: Sendable, Hashable {
  /// Whose it is.
  package enum Office: String, Sendable, CaseIterable {
    case ministry
    case province
    /// Until mid-2025.
    case district
    case commune
  }

  /// From the information alone (1) to payment and result online (4); the catalogues of 2013 to 2021 have these.
  package static let levels = 1...4

  package let procedure: String
  package let agency: String
  package let office: Office
  package let level: Int
  /// From this day on it is given so.
  package let from: CivilDay

  package init(_ procedure: String, agency: String, office: Office, level: Int, from: CivilDay) {
    precondition(Self.levels.contains(level), "a service is of level 1 to 4")
    self.procedure = procedure
    self.agency = agency
    self.office = office
    self.level = level
    self.from = from
  }
}
