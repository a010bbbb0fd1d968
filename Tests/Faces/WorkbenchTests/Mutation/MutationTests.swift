import DocumentKit
import ServiceKit
import Testing

@testable import Workbench

@Suite("Each constraint of a schema, broken in a sample")
struct MutationTests {
  @Test("is found by the validator, by its rule and at its place", arguments: ShippedSchema.all)
  func shipped(schema: ShippedSchema) throws {
    let maker = try SampleMaker(contentsOf: schema.path, root: schema.root, seed: 11)
    let run = try MutationRun(maker)
    print(
      "broken in \(schema): \(Self.text(run.totals.map { (key: $0.rawValue, value: $1) })); left: \(Self.text(run.left))"
    )
    #expect(run.misses.map(\.description) == [], "\(schema)")
    #expect(!run.totals.isEmpty || maker.shape.places.count < 3)
  }

  private static func text(_ counts: some Sequence<(key: String, value: Int)>) -> String {
    counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  @Test("is not found where nothing is broken: the mutation is what the finding is about")
  func canary() throws {
    for schema in ShippedSchema.all.prefix(5) {
      let maker = try SampleMaker(contentsOf: schema.path, root: schema.root, seed: 11)
      var plan = SamplePlan()
      plan.fill = .full
      let sample = try maker.validNode(plan, chance: SeededGenerator(seed: 11))
      #expect(try maker.findings(sample.bytes) == [])
    }
  }
}
