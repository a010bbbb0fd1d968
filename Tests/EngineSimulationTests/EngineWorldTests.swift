import EngineSimulation
import GatewayTesting
import Testing

@Suite("The engine in a world of faults")
struct EngineWorldTests {
  /// Steps of one world, and how many worlds: a million steps.
  private static let steps = 50_000
  private static let seeds: ClosedRange<UInt64> = 1...20

  @Test(
    "keeps every promise: nothing accepted is lost, nothing is done twice, no message overtakes another of its dossier",
    arguments: seeds)
  func promises(seed: UInt64) throws {
    let folder = TemporaryFolder(inMemory: true)
    let world = try EngineWorld(seed: seed, in: folder.path)
    for step in 1...Self.steps {
      try world.step()
      if step.isMultiple(of: 10_000) { try world.settle() }
    }
    print("world \(seed): \(world.summary)")
  }

  @Test("is the same world again from the same seed")
  func repeatable() throws {
    let traces = try (0..<2).map { _ in
      let folder = TemporaryFolder(inMemory: true)
      let world = try EngineWorld(seed: 77, in: folder.path)
      for _ in 0..<5_000 { try world.step() }
      try world.settle()
      return world.trace
    }
    #expect(traces[0] == traces[1])
  }

  @Test("finds a defect that was put in on purpose", arguments: Canary.allCases)
  func canary(canary: Canary) throws {
    let folder = TemporaryFolder(inMemory: true)
    let world = try EngineWorld(seed: 3, in: folder.path, canary: canary)
    #expect(throws: Violation.self) {
      for step in 1...50_000 {
        try world.step()
        if step.isMultiple(of: 5_000) { try world.settle() }
      }
    }
    print("canary \(canary.rawValue): found after \(world.steps) steps")
  }
}
