/// What a deliverer takes on, keeps and waits for at most.
package struct DelivererLimits: Sendable {
  /// Bytes of a partner's answer that are kept with the attempt.
  package var answerKeptBytes = 64 * 1024
  /// Bytes of one destination's deliveries in hand from which on no more are claimed for it, whatever its window; the last
  /// one may go beyond, and each exchange under way may bring as many.
  package var claimedBytes = 16 << 20
  /// How long requests under way may still take once the deliverer is told to stop.
  package var stopGrace = Duration.seconds(10)
  /// How long the store may then take for the last settlements.
  package var flushGrace = Duration.seconds(4)
  /// Every so often each destination looks into the store without having been told to.
  package var sweepPeriod = Duration.seconds(60)
  package var exchanges = ExchangeLane.Limits()
  package var window = WindowPolicy.standard

  package init() {}
}
