package import ServiceKit

/// Counts requests against a rate: the generic cell rate algorithm (ITU-T I.371), whole nanoseconds, nothing to refill.
///
/// It begins with a single request instead of a burst, so that a gateway which is started again and again does not send
/// more than the agency takes.
package struct RateMeter: Sendable {
  private let interval: Int64
  private let burst: Int64
  /// When a request would come if all had come in a steady stream.
  private var expected: Int64

  /// `count`: meters that count against one rate, each its equal part.
  package init(_ rate: RateLimit, sharedBy count: Int = 1, at instant: MonotonicInstant) {
    interval = rate.interval * Int64(count)
    burst = Int64(max(1, rate.burst / count))
    expected = instant.nanoseconds + (burst - 1) * interval
  }

  /// How many requests may go out now.
  package func available(at instant: MonotonicInstant) -> Int {
    let ahead = max(expected, instant.nanoseconds) - instant.nanoseconds
    return Int(max(0, (burst * interval - ahead) / interval))
  }

  /// When the next one may go out, if none may now.
  package func nextAt(_ instant: MonotonicInstant) -> MonotonicInstant? {
    guard available(at: instant) == 0 else { return nil }
    return MonotonicInstant(nanoseconds: expected - (burst - 1) * interval)
  }

  /// One goes out.
  package mutating func take(at instant: MonotonicInstant) {
    expected = max(expected, instant.nanoseconds) + interval
  }
}
