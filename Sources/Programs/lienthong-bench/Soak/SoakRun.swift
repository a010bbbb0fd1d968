import EngineSimulation
import Glibc

/// `lienthong-bench soak`: world after world of the engine's simulation, until the steps are spent or a promise breaks.
struct SoakRun {
  /// Steps of one world, and between two rests in it.
  static let worldSteps = 200_000
  static let restEvery = 10_000

  private var steps = 10_000_000
  /// Of the first world; the next ones count up. Another one at each call unless told.
  private var seed = UInt64(max(0, time(nil)))

  /// Nil when the words are no call of it.
  init?(parsing words: [String]) {
    var rest = words[...]
    while let word = rest.popFirst() {
      switch (word, rest.popFirst()) {
      case ("--steps", let value?):
        guard let number = Int(value), number > 0 else { return nil }
        steps = number
      case ("--seed", let value?):
        guard let number = UInt64(value) else { return nil }
        seed = number
      default: return nil
      }
    }
  }

  func run() throws {
    var left = steps
    var seed = seed
    while left > 0 {
      let folder = try BenchFolder(inMemory: true)
      defer { folder.remove() }
      let world = try EngineWorld(seed: seed, in: folder.path)
      do {
        for step in 1...min(left, Self.worldSteps) {
          try world.step()
          if step.isMultiple(of: Self.restEvery) { try world.settle() }
        }
        try world.settle()
      } catch {
        throw BenchError("seed \(seed), step \(world.steps): \(error)")
      }
      print("seed \(seed): \(world.summary)")
      fflush(nil)
      left -= world.steps
      seed += 1
    }
    print("every promise was kept")
  }
}
