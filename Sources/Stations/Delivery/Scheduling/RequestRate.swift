package import ServiceKit
import Synchronization

/// The rate of one party, counted by everything of this gateway that sends it requests: deliveries and questions.
///
/// Deliveries take what is free at the moment (`take`); a question that finds nothing free books its turn (`book`), so
/// that a party which gets deliveries without end is still asked. Together they never exceed the rate. Any thread.
package final class RequestRate: Sendable {
  private let limit: RateLimit
  /// Begins with the first look at it.
  private let meter = Mutex<RateMeter?>(nil)

  package init(_ limit: RateLimit) { self.limit = limit }

  /// Counts anew, by this gateway's part of the rate: as many gateways share it.
  package func share(by count: Int, at instant: MonotonicInstant) {
    meter.withLock { $0 = RateMeter(limit, sharedBy: count, at: instant) }
  }

  /// How many requests it lets through now.
  package func available(at instant: MonotonicInstant) -> Int {
    withMeter(at: instant) { $0.available(at: instant) }
  }

  /// When it lets the next one through, if none now.
  package func nextAt(_ instant: MonotonicInstant) -> MonotonicInstant? {
    withMeter(at: instant) { $0.nextAt(instant) }
  }

  /// One goes out now; false, and nothing is counted, when the rate lets none through.
  package func take(at instant: MonotonicInstant) -> Bool {
    withMeter(at: instant) { meter in
      guard meter.available(at: instant) > 0 else { return false }
      meter.take(at: instant)
      return true
    }
  }

  /// One goes out now that cannot wait, and what comes next waits for it: a login, without which nothing goes out.
  package func count(at instant: MonotonicInstant) { withMeter(at: instant) { $0.take(at: instant) } }

  /// One will go out as soon as the rate lets it: then.
  package func book(at instant: MonotonicInstant) -> MonotonicInstant {
    withMeter(at: instant) { meter in
      let turn = meter.nextAt(instant) ?? instant
      meter.take(at: turn)
      return turn
    }
  }

  private func withMeter<Result>(at instant: MonotonicInstant, _ body: (inout RateMeter) -> Result) -> Result {
    meter.withLock { meter in
      var current = meter ?? RateMeter(limit, at: instant)
      defer { meter = current }
      return body(&current)
    }
  }
}
