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
  /// Constraints that could not be broken alone: kind, place and reason of each, in the order of their texts.
  private(set) var left: [String] = []

  var missed: Set<Mutation.Kind> { Set(misses.map(\.mutation.kind)) }

  /// `maker` makes the samples; the validator is that of `maker` unless another one is given. `hasOneOf` says whether the
  /// schema excludes documents that fit two branches, which is asked of `maker`.
  init(_ maker: SampleMaker, seed: UInt64 = 11, validator: SampleMaker? = nil, hasOneOf: Bool = false) throws {
    let validator = validator ?? maker
    let chance = SeededGenerator(seed: seed)
    var cases = SampleLimitCases(shape: maker.shape, limits: .standard, chance: chance)
    var broken: Set<Mutator.Constraint> = []
    var unbroken: [Mutator.Constraint: String] = [:]
    var members: [SchemaShape.Place.ID: [String: [SampleNode.Part]]] = [:]
    func isExcluded(_ node: SampleNode, _ path: String) -> Bool {
      guard hasOneOf else { return false }
      let bytes = try? node.bytes(maker.shape, isIndented: false)
      let findings = bytes.flatMap { try? maker.findings($0) } ?? []
      return findings.contains { $0.rule == "oneOf" && $0.path == path }
    }
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
      let mutator = Mutator(
        shape: maker.shape, root: sample.node, broken: broken, left: unbroken, members: members, isExcluded: isExcluded)
      (broken, unbroken, members) = (mutator.broken, mutator.left, mutator.members)
      missing.subtract(mutator.reached)
      for mutation in mutator.mutations {
        totals[mutation.kind, default: 0] += 1
        let findings = try validator.findings(try mutation.root.bytes(maker.shape, isIndented: false))
        if !Self.isFound(mutation, in: findings) { misses.append(Miss(mutation: mutation, found: findings)) }
      }
    }
    left += unbroken.map { "\($0.kind.rawValue): ‘\(Self.name(of: $0, in: maker.shape))’: \($1)" }
    left += missing.map { "‘\(maker.shape[$0].name)’: no sample has it" }
    left += maker.shape.conditions.map { "\($0.construct): a rule between places, which the shape does not show" }
    left.sort()
  }

  /// The declaration by its name; others in its text are those around it.
  private static func name(of constraint: Mutator.Constraint, in shape: SchemaShape) -> String {
    var before: Substring = "in"
    return constraint.declaration.split(separator: " ").map { word in
      defer { before = word }
      guard let index = Int(word), ["in", "of"].contains(before) else { return String(word) }
      return shape[SchemaShape.Place.ID(index)].name
    }.joined(separator: " ")
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
