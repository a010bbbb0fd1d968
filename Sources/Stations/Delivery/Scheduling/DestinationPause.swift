/// How long a destination that does not work is left alone before it is probed, and how many faults close it.
package struct DestinationPause: Sendable, Equatable {
  /// Faults in a row, without an answer between them, that close a destination with a large window; a smaller window
  /// closes after as many faults as it has places.
  package var faultsLimit: Int
  /// The first pause; each failed probe doubles it.
  package var minimum: Duration
  package var maximum: Duration

  package init(faultsLimit: Int = 8, minimum: Duration = .seconds(1), maximum: Duration = .seconds(60)) {
    precondition(faultsLimit > 0 && minimum > .zero && maximum >= minimum, "pauses are positive and in order")
    self.faultsLimit = faultsLimit
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
