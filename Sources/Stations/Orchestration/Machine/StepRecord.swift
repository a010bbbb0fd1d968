package import Deadlines
package import DossierModel
package import ServiceKit

/// What has become of one step in an instance.
package struct StepRecord: Sendable, Equatable {
  package var state = StepState.waiting
  package var agency: PartyID?
  /// How often it was sent: 0 before it began; a supplement or a return begins the next round.
  package var round = 0
  package var sentAt: Timestamp?
  /// When the message of this round was delivered: what passed before is transport, what passes after is the agency's.
  package var deliveredAt: Timestamp?
  package var endedAt: Timestamp?
  /// When the answer is due; nil without a time, and while its clock stands.
  package var dueAt: Timestamp?
  package var warnAt: Timestamp?
  /// The edition of the calendar by which that was counted last.
  package var calendar: CalendarVersion?
  package var isLate = false
  /// How far its answer was overdue when it came.
  package var overdue: Overdue?
  /// Whether somebody was told that it cannot make it.
  package var isForecastLate = false
  package var pauses: [Pause] = []
  /// How many supplements were asked for.
  package var supplements = 0
  package var supplementDueAt: Timestamp?

  package init() {}

  /// The moments at which something happens to it by itself.
  var timers: [Timestamp] {
    switch state {
    case .active: [warnAt, isLate ? nil : dueAt].compactMap { $0 }
    case .supplementing: [supplementDueAt].compactMap { $0 }
    default: []
    }
  }
}
