import DocumentKit
import ServiceKit
import Testing

@testable import Workbench

@Suite("Each constraint of a schema, broken in a sample")
struct MutationTests {
  @Test("is found by the validator, by its rule and at its place", arguments: ShippedSchema.all)
  func shipped(schema: ShippedSchema) throws {
    let maker = try SampleMaker(contentsOf: schema.path, root: schema.root, seed: 11)
    let chance = SeededGenerator(seed: 11)
    var cases = SampleLimitCases(shape: maker.shape, limits: .standard, chance: chance)
    var done: Set<String> = []
    var totals: [String: Int] = [:]
    var left: [String: Int] = [:]
    // The sample with everything, then one for each branch of a choice: they reach what the first does not.
    for limit in cases.all(from: maker.root)
    where limit.name == "everything once" || limit.name.contains("branch ") || limit.name.hasSuffix(" 1 time(s)") {
      guard let plan = limit.plan,
        let sample = try? maker.validNode(plan, chance: chance.generator(for: limit.name))
      else { continue }
      let mutator = Mutator(shape: maker.shape, root: sample.node, done: done)
      done = mutator.broken
      for mutation in mutator.mutations {
        totals[mutation.kind, default: 0] += 1
        let findings = try maker.findings(try mutation.root.bytes(maker.shape, isIndented: false))
        let isFound = findings.contains { finding in
          mutation.rules.contains(finding.rule) && mutation.paths.contains(finding.path)
            || ["anyOf", "oneOf"].contains(finding.rule) && mutation.paths.contains { $0.hasPrefix(finding.path) }
        }
        let found = findings.prefix(4).map { "\($0.rule) at \($0.path)" }
        #expect(
          isFound,
          "\(schema) \(mutation.kind): wanted \(mutation.rules.sorted()) at \(mutation.paths.sorted()), found \(found)")
      }
      left.merge(mutator.left, uniquingKeysWith: +)
    }
    print("broken in \(schema): \(Self.text(totals)); left: \(Self.text(left))")
    #expect(!done.isEmpty || maker.shape.places.count < 3)
  }

  private static func text(_ counts: [String: Int]) -> String {
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
