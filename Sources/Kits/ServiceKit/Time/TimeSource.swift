/// Where the time comes from: everything that asks for it is given one, so that tests and simulations hold the clock.
package protocol TimeSource: Sendable {
  /// The world's time; it may jump when the machine's clock is set.
  func now() -> Timestamp
  /// A clock that only runs forward, for deadlines and durations.
  func monotonic() -> MonotonicInstant
}
