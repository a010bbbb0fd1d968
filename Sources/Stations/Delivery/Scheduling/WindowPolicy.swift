/// The rules by which a destination's window grows, shrinks and closes.
package struct WindowPolicy: Sendable, Equatable {
  /// Places at the start, and again after the destination was closed: it is not met by everything that gathered.
  package var initial: Int
  package var growth: ConcurrencyFeedback
  package var shrinkage: ConcurrencyFeedback
  /// Windows full of faults, without an answer between them, that close the destination. Each fault is 1/N of one.
  package var failedWindows: Double
  package var pause: DestinationPause

  package init(
    initial: Int = 5, growth: ConcurrencyFeedback = .inverse, shrinkage: ConcurrencyFeedback = .inverse,
    failedWindows: Double = 1, pause: DestinationPause = .standard
  ) {
    precondition(
      initial > 0 && failedWindows > 0, "a window starts with a place and closes after a fault at the earliest")
    self.initial = initial
    self.growth = growth
    self.shrinkage = shrinkage
    self.failedWindows = failedWindows
    self.pause = pause
  }

  package static let standard = WindowPolicy()
}
