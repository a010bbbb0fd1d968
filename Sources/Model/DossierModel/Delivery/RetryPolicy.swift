package import ServiceKit

/// When a failed delivery is tried again: the older it is, the longer the pause (after Postfix's queue manager).
///
/// The pause is the age of the delivery, at least `pauseMinimum`, at most `pauseMaximum`, less up to a quarter by chance
/// so that deliveries that failed together do not come back together. With the defaults (5 s … 4000 s) a destination
/// that is down sees attempts after about 5 s, 10 s, 20 s, 40 s … 21 min, 43 min, then every 67 minutes for five days.
package struct RetryPolicy: Sendable, Equatable {
  package var pauseMinimum: Duration
  package var pauseMaximum: Duration
  /// Age after which a delivery is dead instead of tried again.
  package var lifetime: Duration

  package init(
    pauseMinimum: Duration = .seconds(5), pauseMaximum: Duration = .seconds(4_000),
    lifetime: Duration = .seconds(432_000)
  ) {
    precondition(pauseMinimum > .zero && pauseMaximum >= pauseMinimum, "pauses are positive and in order")
    self.pauseMinimum = pauseMinimum
    self.pauseMaximum = pauseMaximum
    self.lifetime = lifetime
  }

  /// The time of the next attempt, or nil when the delivery's lifetime is spent.
  ///
  /// `notBefore` is the partner's own wish and wins when it is later. `chance` is uniform in 0..<1.
  package func nextAttempt(
    createdAt: Timestamp, now: Timestamp, notBefore: Timestamp? = nil, chance: Double
  ) -> Timestamp? {
    let age = now - createdAt
    guard age < lifetime else { return nil }
    let pause = max(pauseMinimum, min(age, pauseMaximum))
    let due = now + (pause - pause * (chance / 4))
    guard let notBefore else { return due }
    return max(due, notBefore)
  }
}
