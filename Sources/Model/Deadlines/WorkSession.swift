package import ServiceKit

/// A part of a day in which an office works: from the first moment of `from` up to, and not with, `to`.
package struct WorkSession: Sendable, Hashable, CustomStringConvertible {
  package let from: TimeOfDay
  package let to: TimeOfDay

  /// Nil when it would end before it has begun.
  package init?(from: TimeOfDay, to: TimeOfDay) {
    guard from < to else { return nil }
    self.from = from
    self.to = to
  }

  static let whole = WorkSession(unchecked: .midnight, .endOfDay)

  private init(unchecked from: TimeOfDay, _ to: TimeOfDay) {
    self.from = from
    self.to = to
  }

  /// `07:30-11:30`; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let from = TimeOfDay(parts[0]), let to = TimeOfDay(parts[1]) else { return nil }
    self.init(from: from, to: to)
  }

  package var description: String { "\(from)-\(to)" }
}
