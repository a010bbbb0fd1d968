import ServiceKit

/// How many requests an agency takes in a time.
package struct RateLimit: Sendable, Equatable {
  package var requests: Int
  package var period: Duration
  /// How many may go out at once after a rest.
  package var burst: Int

  package init(requests: Int, period: Duration, burst: Int = 1) {
    precondition(requests > 0 && period > .zero && burst > 0, "a rate lets something through")
    self.requests = requests
    self.period = period
    self.burst = burst
  }

  /// Nanoseconds between two requests of a steady stream, rounded up: the rate is never exceeded.
  var interval: Int64 {
    let nanoseconds = period.wholeMicroseconds * 1_000
    return (nanoseconds + Int64(requests) - 1) / Int64(requests)
  }
}
