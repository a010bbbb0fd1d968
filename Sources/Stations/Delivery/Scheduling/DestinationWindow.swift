package import ServiceKit

/// How many requests a destination gets at the same time: a state machine without effects.
///
/// While the destination works, that is its fixed size. After a row of infrastructure faults it is closed: nothing for
/// a pause, then one request as a probe. A failed probe doubles the pause, an answer of any kind opens the whole window,
/// for the fault was in reaching the partner and not in what it says. Only this type decides a limit; a window that
/// learns its size from successes and faults would replace `size` here and touch nothing else.
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

  package let size: Int
  private let pause: DestinationPause
  private var mode = Mode.open
  private var faultsInRow = 0
  private var closures = 0
  /// Counts changes of mode. A request remembers it from its start, and what it has to say counts only while the mode is
  /// the same: requests sent before the window closed fail together and are not taken for failed probes.
  package private(set) var generation = 0

  package init(size: Int, pause: DestinationPause = .standard) {
    precondition(size > 0, "a window has a place")
    self.size = size
    self.pause = pause
  }

  package var isOpen: Bool { mode == .open }

  /// When a closed window lets a probe through; nil when it is not closed.
  package var closedUntil: MonotonicInstant? {
    guard case .closed(let until) = mode else { return nil }
    return until
  }

  /// How many requests may be under way.
  package var limit: Int {
    switch mode {
    case .open: size
    case .closed: 0
    case .probing: 1
    }
  }

  /// Lets a closed window probe once its pause is over.
  package mutating func pass(to instant: MonotonicInstant) {
    guard case .closed(let until) = mode, instant >= until else { return }
    change(to: .probing)
  }

  /// A request that began in `generation` was answered, whatever the partner said.
  package mutating func answered(in generation: Int) {
    guard generation == self.generation else { return }
    faultsInRow = 0
    closures = 0
    if mode != .open { change(to: .open) }
  }

  /// A request that began in `generation` did not get through.
  package mutating func faulted(in generation: Int, at instant: MonotonicInstant, chance: Double) -> Reaction {
    guard generation == self.generation else { return .unchanged }
    faultsInRow += 1
    guard mode == .probing || faultsInRow >= min(size, pause.faultsLimit) else { return .unchanged }
    closures += 1
    return close(until: instant + pause.pause(closures: closures, chance: chance))
  }

  /// A request that began in `generation` showed that nothing can be sent for now, whatever the count of faults: the
  /// partner lets nobody in, or said when to come again (`wish`).
  package mutating func suspended(
    in generation: Int, at instant: MonotonicInstant, until wish: MonotonicInstant?, chance: Double
  ) -> Reaction {
    guard generation == self.generation else { return .unchanged }
    if let wish { return close(until: wish) }
    closures += 1
    return close(until: instant + pause.pause(closures: closures, chance: chance))
  }

  private mutating func close(until instant: MonotonicInstant) -> Reaction {
    faultsInRow = 0
    change(to: .closed(until: instant))
    return .closed(until: instant)
  }

  private mutating func change(to mode: Mode) {
    self.mode = mode
    generation += 1
  }
}
