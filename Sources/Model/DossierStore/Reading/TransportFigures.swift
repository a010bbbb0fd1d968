package import DossierModel

/// How what was sent to one destination got there.
package struct TransportFigures: Sendable, Equatable {
  package var destination: PartyID
  package var delivered: Int
  /// Of those delivered: with the first attempt.
  package var atFirstAttempt: Int
  /// From when it was queued until the partner had it, on average.
  package var average: Duration
  package var longest: Duration
}
