import SQLKit
import ServiceKit
import Synchronization

/// Decides where the disk fails; shared by every connection of a world.
final class DiskFaults: Sendable {
  private struct State {
    var random: SeededGenerator
    var rates: FaultRates
    var struck = 0
  }

  private let state: Mutex<State>
  let canary: Canary?

  init(random: SeededGenerator, rates: FaultRates, canary: Canary?) {
    state = Mutex(State(random: random, rates: rates))
    self.canary = canary
  }

  /// Faults so far.
  var struck: Int { state.withLock { $0.struck } }

  func set(_ rates: FaultRates) { state.withLock { $0.rates = rates } }

  /// Throws if the disk fails here.
  func strike(_ rate: any KeyPath<FaultRates, Double> & Sendable, _ where: String) throws(SQLError) {
    guard happens(rate) else { return }
    throw SQLError(code: .inputOutput, message: "the simulated disk fails \(`where`)")
  }

  func happens(_ rate: any KeyPath<FaultRates, Double> & Sendable) -> Bool {
    state.withLock { state in
      guard state.random.happens(state.rates[keyPath: rate]) else { return false }
      state.struck += 1
      return true
    }
  }
}
