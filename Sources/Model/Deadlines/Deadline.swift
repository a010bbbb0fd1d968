package import ServiceKit

/// When something is due, with all that is needed to compute it again.
package struct Deadline: Sendable, Equatable {
  /// When the office's time began: the receipt, moved to the hours of the office.
  package let beganAt: Timestamp
  /// Nil while the clock stands.
  package let dueAt: Timestamp?
  package let calendar: CalendarVersion
  /// Days it was counted over of which not everything is known; while there are any, the deadline is provisional.
  package let doubts: [Doubt]

  package init(beganAt: Timestamp, dueAt: Timestamp?, calendar: CalendarVersion, doubts: [Doubt]) {
    self.beganAt = beganAt
    self.dueAt = dueAt
    self.calendar = calendar
    self.doubts = doubts
  }

  package var isProvisional: Bool { !doubts.isEmpty }
}
