/// How long a destination that does not work is left alone before it is probed.
package struct DestinationPause: Sendable, Equatable {
  /// The first pause; each failed probe doubles it.
  package var minimum: Duration
  package var maximum: Duration

  package init(minimum: Duration = .seconds(1), maximum: Duration = .seconds(60)) {
    precondition(minimum > .zero && maximum >= minimum, "pauses are positive and in order")
    self.minimum = minimum
    self.maximum = maximum
  }

  package static let standard = DestinationPause()

  /// 1 s, 2 s, 4 s … 60 s, each less up to a quarter by `chance` (uniform in 0..<1).
  func pause(closures: Int, chance: Double) -> Duration {
    let doubled = minimum * (1 << min(max(closures - 1, 0), 20))
    let pause = min(doubled, maximum)
    return pause - pause * (chance / 4)
  }
}
