import DocumentKit
import ServiceKit

@testable import Workbench

/// Breaks every constraint of a schema in its samples and asks a validator about each.
struct MutationRun {
  /// A broken constraint that the validator did not find, or not at its place.
  struct Miss: CustomStringConvertible {
    let mutation: Mutation
    let found: [Finding]

    var description: String {
      let found = found.prefix(4).map { "\($0.rule) at \($0.path)" }
      return "\(mutation.kind.rawValue) (\(mutation.constraint)): wanted \(mutation.rules.sorted()) at "
        + "\(mutation.paths.sorted()), found \(found)"
    }
  }

  private(set) var totals: [Mutation.Kind: Int] = [:]
  private(set) var misses: [Miss] = []
  /// Constraints that could not be broken alone: kind and reason, with how many.
  private(set) var left: [String: Int] = [:]

  var missed: Set<Mutation.Kind> { Set(misses.map(\.mutation.kind)) }

  /// `maker` makes the samples; the validator is that of `maker` unless another one is given.
  init(_ maker: SampleMaker, seed: UInt64 = 11, validator: SampleMaker? = nil) throws {
    let validator = validator ?? maker
    let chance = SeededGenerator(seed: seed)
    var cases = SampleLimitCases(shape: maker.shape, limits: .standard, chance: chance)
    var broken: Set<Mutator.Constraint> = []
    var unbroken: [Mutator.Constraint: String] = [:]
    var missing = Self.places(in: maker.shape, from: maker.root)
    // The sample with everything, then one for each branch of a choice; others only while there is something to break
    // that none before had.
    for limit in cases.all(from: maker.root) {
      let isAlways = limit.name == "everything once" || limit.name.contains("branch ")
      let isMore = limit.name.hasSuffix(" 1 time(s)") || limit.name.contains(": min") || limit.name.contains(": max")
      guard isAlways || isMore && !(missing.isEmpty && unbroken.isEmpty) else { continue }
      guard let plan = limit.plan,
        let sample = try? maker.validNode(plan, chance: chance.generator(for: limit.name))
      else { continue }
      let mutator = Mutator(shape: maker.shape, root: sample.node, broken: broken, left: unbroken)
      (broken, unbroken) = (mutator.broken, mutator.left)
      missing.subtract(mutator.reached)
      for mutation in mutator.mutations {
        totals[mutation.kind, default: 0] += 1
        let findings = try validator.findings(try mutation.root.bytes(maker.shape, isIndented: false))
        if !Self.isFound(mutation, in: findings) { misses.append(Miss(mutation: mutation, found: findings)) }
      }
    }
    for (constraint, reason) in unbroken { left["\(constraint.kind.rawValue): \(reason)", default: 0] += 1 }
    for place in missing { left["‘\(maker.shape[place].name)’: no sample has it", default: 0] += 1 }
    for condition in maker.shape.conditions {
      left["\(condition.construct): a rule between places, which the shape does not show", default: 0] += 1
    }
  }

  /// Every declaration that a document with this root may have.
  private static func places(in shape: SchemaShape, from root: SchemaShape.Place.ID) -> Set<SchemaShape.Place.ID> {
    var found: Set<SchemaShape.Place.ID> = []
    var open = [root]
    while let next = open.popLast() {
      guard found.insert(next).inserted else { continue }
      open += shape[next].attributes.map(\.place) + (shape[next].content?.places ?? [])
    }
    return found
  }

  private static func isFound(_ mutation: Mutation, in findings: [Finding]) -> Bool {
    findings.contains { finding in
      guard mutation.rules.contains(finding.rule) else { return false }
      // Of a choice the validator says that no branch accepts, at the value that is to be one of them.
      return mutation.paths.contains(finding.path)
        || ["anyOf", "oneOf"].contains(finding.rule) && mutation.paths.contains { $0.hasPrefix(finding.path) }
    }
  }
}
