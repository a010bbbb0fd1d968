import DocumentKit
import JSONKit

/// Grows the place anew that a finding names.
struct SampleRepair {
  let shape: SchemaShape
  let finding: Finding

  /// False if the place is not in the sample.
  func repair(_ node: inout SampleNode, with grower: inout SampleGrower) throws(SampleError) -> Bool {
    try repair(&node, steps[...], with: &grower)
  }

  /// An element name with its number among those of the same name, from 0; nil for an array as a whole.
  private typealias Step = (name: String, index: Int?)

  private var steps: [Step] {
    if shape.format == .xml {
      return finding.path.split(separator: "/").dropFirst().filter { !$0.hasPrefix("@") }.map { step in
        let parts = step.split(separator: "[")
        let name = parts[0].split(separator: ":").last.map(String.init) ?? ""
        return (name, parts.count > 1 ? (Int(parts[1].dropLast()) ?? 1) - 1 : 0) as Step
      }
    }
    var steps: [Step] = []
    var isMember = true
    for token in ((try? JSONPointer(finding.path))?.tokens) ?? [] {
      if isMember || Int(token) == nil {
        steps.append((MemberName.escaped(token), nil))
        isMember = false
      } else if let index = JSONPointer.index(token), !steps.isEmpty {
        steps[steps.count - 1].index = index
        isMember = true
      }
    }
    return steps
  }

  private func repair(
    _ node: inout SampleNode, _ steps: ArraySlice<Step>, with grower: inout SampleGrower,
  ) throws(SampleError) -> Bool {
    guard let step = steps.first else {
      try regrow(&node, with: &grower)
      return true
    }
    var number = 0
    for index in node.parts.indices {
      guard case .node(var child) = node.parts[index], shape[child.place].name == step.name else { continue }
      // A rule about an array is obeyed by the object that holds it.
      if child.isList, step.index == nil { break }
      if number == step.index ?? 0 {
        let isRepaired = try grower.inside(shape[child.place].name) { grower throws(SampleError) in
          try repair(&child, steps.dropFirst(), with: &grower)
        }
        guard isRepaired else { return false }
        node.parts[index] = .node(child)
        return true
      }
      number += 1
    }
    // What is missing or empty is for what it is missing in to bring.
    try regrow(&node, with: &grower)
    return true
  }

  private func regrow(_ node: inout SampleNode, with grower: inout SampleGrower) throws(SampleError) {
    let fill = grower.plan.fill
    // A member that must be there under a condition is there when everything is; other conditions are met by chance.
    grower.plan.fill = finding.rule == "required" ? .full : .random
    defer { grower.plan.fill = fill }
    node = try grower.grow(node.place, isList: node.isList)
  }
}
