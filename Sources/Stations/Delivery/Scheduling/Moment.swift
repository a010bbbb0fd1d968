package import ServiceKit

/// One reading of both clocks: the world's time for what is stored, the monotonic one for pauses and tokens.
package struct Moment: Sendable {
  package var now: Timestamp
  package var monotonic: MonotonicInstant

  package init(now: Timestamp, monotonic: MonotonicInstant) {
    self.now = now
    self.monotonic = monotonic
  }

  package init(reading time: any TimeSource) {
    now = time.now()
    monotonic = time.monotonic()
  }
}
