package import ServiceKit

/// What a dossier counts as at the end of a period.
package struct CaseVerdict: Sendable, Hashable {
  package enum Ending: String, Sendable, CaseIterable {
    /// A result: `completed` or `returned`.
    case solved
    case notAccepted
    case stopped
    case withdrawn
    /// Not ended.
    case pending
  }

  package enum Timeliness: String, Sendable, CaseIterable {
    /// On a day before the appointed one. That a whole day makes the difference is a choice of this project: no source says
    /// where early ends.
    case early
    case onTime
    case late
  }

  package let ending: Ending
  package let timeliness: Timeliness
  /// When it ended; nil while it is pending.
  package let endedAt: Timestamp?

  package init(ending: Ending, timeliness: Timeliness, endedAt: Timestamp?) {
    self.ending = ending
    self.timeliness = timeliness
    self.endedAt = endedAt
  }
}
