package import ServiceKit

/// When the citizen is promised the result, as the sender of the dossier and the portal know it.
package struct Appointment: Sendable, Equatable {
  /// Whose word it is. One that comes later in this list is not replaced by an earlier one: a dossier that is handed in again
  /// still has the date from before the desk gave its own.
  package enum Source: String, Sendable, CaseIterable {
    /// The time of the whole, where nobody gave a date.
    case time
    case dossier
    case agency
  }

  package var at: Timestamp
  package var source: Source

  package init(_ at: Timestamp, by source: Source) {
    self.at = at
    self.source = source
  }
}

extension ProcedureInstance {
  /// Keeps an appointment unless a better source has given one; whether it is on another moment than the one that is known.
  mutating func keep(_ new: Appointment) -> Bool {
    if appointment?.source == .agency, new.source != .agency { return false }
    let isNews = appointment?.at != new.at
    appointment = new
    return isNews
  }
}
