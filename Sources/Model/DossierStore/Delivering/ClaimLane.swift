/// The lanes in which deliveries of one destination wait to be claimed.
///
/// Inside `single` and `bulk` the earliest legal deadline goes first, in `retry` what has been due longest.
package enum ClaimLane: Int, Sendable, CaseIterable {
  /// Ready, of a request about few dossiers: somebody may stand at the desk.
  case single
  /// Ready, of a request about many dossiers.
  case bulk
  /// To be tried again, and due.
  case retry

  /// Every fifth claim is for the bulk lane while something waits there: single dossiers overtake a nightly job, which
  /// still gets a fifth of the destination (after the slots of Postfix's scheduler).
  static let bulkPeriod = 5
  /// Every second claim is for what is tried again: after a long outage the retries do not hold up what is new, nor the
  /// other way round.
  static let retryPeriod = 2

  /// The lanes in the order in which this turn prefers them.
  private static func preference(turn: Int) -> [ClaimLane] {
    if turn % bulkPeriod == bulkPeriod - 1 { return [.bulk, .single, .retry] }
    if turn % retryPeriod == retryPeriod - 1 { return [.retry, .single, .bulk] }
    return [.single, .bulk, .retry]
  }

  /// The lanes to take from, one by one, of what waits in them, for a claim of `request.count`.
  package static func order(_ request: ClaimRequest, waiting: [ClaimLane: Int]) -> [ClaimLane] {
    var left = waiting
    var order: [ClaimLane] = []
    for turn in request.turn..<request.turn + request.count {
      guard let lane = preference(turn: turn).first(where: { left[$0, default: 0] > 0 }) else { break }
      left[lane, default: 0] -= 1
      order.append(lane)
    }
    return order
  }
}
