import ServiceKit

/// The machine's clock, so much later.
struct LaterTime: TimeSource {
  private let pause: Duration
  private let clock = SystemTimeSource()

  init(by pause: Duration) { self.pause = pause }

  func now() -> Timestamp { clock.now() + pause }
  func monotonic() -> MonotonicInstant { clock.monotonic() }
}
