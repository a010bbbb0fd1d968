package import ServiceKit

/// How many requests a destination gets at the same time: a state machine without effects.
///
/// After Postfix's queue manager: answers let the window grow and faults let it shrink, each by a part of a place. It
/// grows at the end of a cycle (a whole window of answers) and shrinks at the start of one (the first fault), so that a
/// destination which takes ten at a time is met by ten, and seldom by eleven. Only faults in reaching the partner count;
/// what a partner says about a message never does. A window full of faults closes the destination: nothing for a pause,
/// then one request as a probe. A failed probe doubles the pause; an answer opens the window at its initial size.
package struct DestinationWindow: Sendable {
  private enum Mode: Sendable, Equatable {
    case open
    case closed(until: MonotonicInstant)
    case probing
  }

  /// What a fault did to the window.
  package enum Reaction: Sendable, Equatable {
    case unchanged
    /// Closed until then.
    case closed(until: MonotonicInstant)
  }

  /// The most places it may have.
  package private(set) var limit: Int
  private let policy: WindowPolicy
  private var mode = Mode.open
  private var size: Int
  /// Parts of a place that answers have earned and faults have left, as Postfix counts them.
  private var earned = 0.0
  private var left = 0.0
  private var failedWindows = 0.0
  private var closures = 0
  /// Counts changes of mode. A request remembers it from its start, and what it has to say counts only while the mode is
  /// the same: requests sent before the window closed fail together and are not taken for failed probes.
  package private(set) var generation = 0

  /// Ten tenths are a little less than one.
  private static let roundingError = 1e-9

  package init(limit: Int, policy: WindowPolicy = .standard) {
    precondition(limit > 0, "a window has a place")
    self.limit = limit
    self.policy = policy
    size = min(policy.initial, limit)
  }

  package var isOpen: Bool { mode == .open }

  /// When a closed window lets a probe through; nil when it is not closed.
  package var closedUntil: MonotonicInstant? {
    guard case .closed(let until) = mode else { return nil }
    return until
  }

  /// How many requests may be under way.
  package var places: Int {
    switch mode {
    case .open: size
    case .closed: 0
    case .probing: 1
    }
  }

  /// The most places change while it works: several nodes share one partner, and a node came or went.
  package mutating func setLimit(_ limit: Int) {
    precondition(limit > 0, "a window has a place")
    self.limit = limit
    size = min(size, limit)
  }

  /// Lets a closed window probe once its pause is over.
  package mutating func pass(to instant: MonotonicInstant) {
    guard case .closed(let until) = mode, instant >= until else { return }
    change(to: .probing)
  }

  /// A request that began in `generation` was answered, whatever the partner said; `busy` requests were under way, it
  /// included.
  package mutating func answered(in generation: Int, busy: Int) {
    guard generation == self.generation else { return }
    failedWindows = 0
    closures = 0
    guard mode == .open else {
      size = min(policy.initial, limit)
      (earned, left) = (0, 0)
      return change(to: .open)
    }
    // A window that is not used would grow without the partner having shown that it can take as many.
    guard size < limit, size < busy + policy.initial else { return }
    earned += policy.growth.places(window: size)
    while earned >= 1 - Self.roundingError {
      size += 1
      earned -= 1
      left = 0
    }
    size = min(size, limit)
  }

  /// A request that began in `generation` did not get through.
  package mutating func faulted(in generation: Int, at instant: MonotonicInstant, chance: Double) -> Reaction {
    guard generation == self.generation else { return .unchanged }
    failedWindows += 1 / Double(size)
    guard mode == .open, failedWindows < policy.failedWindows - Self.roundingError else {
      closures += 1
      return close(until: instant + policy.pause.pause(closures: closures, chance: chance))
    }
    left -= policy.shrinkage.places(window: size)
    while left < -Self.roundingError {
      size -= 1
      left += 1
      earned = 0
    }
    size = max(1, size)
    return .unchanged
  }

  /// A request that began in `generation` showed that nothing can be sent for now, whatever the count of faults: the
  /// partner lets nobody in, or said when to come again (`wish`).
  package mutating func suspended(
    in generation: Int, at instant: MonotonicInstant, until wish: MonotonicInstant?, chance: Double
  ) -> Reaction {
    guard generation == self.generation else { return .unchanged }
    if let wish { return close(until: wish) }
    closures += 1
    return close(until: instant + policy.pause.pause(closures: closures, chance: chance))
  }

  private mutating func close(until instant: MonotonicInstant) -> Reaction {
    failedWindows = 0
    change(to: .closed(until: instant))
    return .closed(until: instant)
  }

  private mutating func change(to mode: Mode) {
    self.mode = mode
    generation += 1
  }
}
