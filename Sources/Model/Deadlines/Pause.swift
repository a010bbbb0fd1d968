package import ServiceKit

/// A time in which the clock of a dossier stood still: a supplement was asked for, or a financial obligation was open.
package struct Pause: Sendable, Hashable {
  package let from: Timestamp
  /// Nil while it lasts.
  package let until: Timestamp?

  /// Nil when it would end before it has begun.
  package init?(from: Timestamp, until: Timestamp?) {
    if let until, until < from { return nil }
    self.from = from
    self.until = until
  }
}
