import DocumentKit
import XMLKit

extension SourceReader {
  /// The nodes a path leads to.
  mutating func path(_ start: XPathStart, _ steps: [XPathStep], _ context: SourceContext)
    -> ExpressionFacts
  {
    var facts: ExpressionFacts
    switch start {
    case .context: facts = ExpressionFacts(kind: .nodes, nodes: context.nodes)
    case .document: facts = ExpressionFacts(kind: .nodes, nodes: [SchemaTree.document])
    case .term(let term): facts = evaluate(term, at: context, for: .existence)
    }
    guard facts.kind == .nodes else { return .unknown(isOpen: facts.isOpen) }
    facts.rules = []
    facts.texts = nil
    var written = ""
    for (index, step) in steps.enumerated() {
      let before = written
      written += (written.isEmpty ? "" : "/") + step.bare.description
      facts = take(step, from: facts, path: written, before: before, isContext: index == 0 && start == .context)
      facts = filter(facts, step.predicates, context)
    }
    return facts
  }

  /// Predicates choose among nodes; the expressions in them have those nodes as context.
  mutating func filter(
    _ facts: ExpressionFacts, _ predicates: [XPathTerm], _ context: SourceContext,
  ) -> ExpressionFacts {
    guard facts.kind == .nodes else {
      for predicate in predicates { _ = evaluate(predicate, at: context, for: .existence) }
      return predicates.isEmpty ? facts : .unknown(isOpen: facts.isOpen)
    }
    var facts = facts
    for predicate in predicates {
      let inner = SourceContext(source: context.source, nodes: facts.nodes, group: context.group)
      _ = evaluate(predicate, at: inner, for: .existence)
      switch predicate.position {
      case .first?, .last?: facts.isSingle = true
      case .only?:
        facts.isSingle = true
        facts.mayBeAbsent = true
      case nil: facts.mayBeAbsent = true
      }
      facts.isFiltered = true
    }
    return facts
  }

  private mutating func take(
    _ step: XPathStep, from facts: ExpressionFacts, path: String, before: String, isContext: Bool,
  ) -> ExpressionFacts {
    var found: [Int] = []
    for node in facts.nodes {
      for next in reach(step, from: node) where !found.contains(next) { found.append(next) }
    }
    var result = ExpressionFacts(kind: .nodes, nodes: found)
    result.isFiltered = facts.isFiltered
    result.isOpen = facts.isOpen || facts.nodes.contains { leavesSchema(step, at: $0) }
    result.mayBeAbsent = facts.mayBeAbsent || !isCertain(step, from: facts.nodes, to: found, isContext)
    result.isSingle = facts.isSingle && isSingle(step, from: facts.nodes, to: found)
    if found.isEmpty, !result.isOpen, !facts.nodes.isEmpty {
      reportUnknown(step, facts.nodes, path, before)
    }
    return result
  }

  private mutating func reportUnknown(
    _ step: XPathStep, _ nodes: [Int], _ path: String, _ before: String
  ) {
    let known = nodes.flatMap { node in
      tree.children(of: node).map { tree[$0] }.filter {
        $0.isAttribute == (step.axis == .attribute)
      }.map(\.name)
    }
    let name: String? = if case .name(let name) = step.test { name.local } else { nil }
    let parent = nodes.first.map { tree.path(of: $0) } ?? before
    report(
      UnknownStep(
        path: path, name: step.bare.description, parent: parent,
        nearest: name.flatMap { NearestName.of($0, among: known) }))
  }

  // MARK: Axes

  private func reach(_ step: XPathStep, from node: Int) -> [Int] {
    let candidates: [Int]
    switch step.axis {
    case .child:
      if step.test == .text { return tree[node].value == nil ? [] : [node] }
      if case .name(let name) = step.test {
        candidates = tree.elements(of: node, named: name.local)
      } else {
        candidates = elements(of: node)
      }
    case .attribute: candidates = tree.children(of: node).filter { tree[$0].isAttribute }
    case .descendant: candidates = Array(descendants(of: node).dropFirst())
    case .descendantOrSelf: candidates = descendants(of: node)
    case .self: candidates = [node]
    case .parent: candidates = tree[node].parent.map { [$0] } ?? []
    case .ancestor: candidates = tree.ancestors(of: node)
    case .ancestorOrSelf: candidates = [node] + tree.ancestors(of: node)
    case .followingSibling, .precedingSibling:
      candidates = tree[node].parent.map { elements(of: $0) } ?? []
    case .following, .preceding: candidates = descendants(of: SchemaTree.document)
    case .namespace: candidates = []
    }
    return candidates.filter { matches($0, step) }
  }

  private func elements(of node: Int) -> [Int] {
    tree.children(of: node).filter { !tree[$0].isAttribute }
  }

  private func descendants(of node: Int) -> [Int] {
    tree.subtree(of: node).filter { $0 == node || !tree[$0].isAttribute }
  }

  private func matches(_ node: Int, _ step: XPathStep) -> Bool {
    switch step.test {
    case .node: return true
    case .text: return tree[node].value != nil
    case .any: return node != SchemaTree.document
    case .comment, .processingInstruction: return false
    case .anyOf(let prefix):
      return node != SchemaTree.document && tree[node].namespace == namespaces[prefix]
    case .name(let name):
      guard node != SchemaTree.document, tree[node].name == name.local else { return false }
      return tree[node].namespace == name.prefix.flatMap { namespaces[$0] }
    }
  }

  // MARK: How many

  /// Whether the step may lead to something the schema does not name.
  private func leavesSchema(_ step: XPathStep, at node: Int) -> Bool {
    switch step.axis {
    case .attribute: tree.allowsOtherAttributes(node)
    case .namespace: true
    case .parent, .ancestor: node <= SchemaTree.root
    case .child where step.test == .comment: true
    case .child:
      if case .processingInstruction = step.test { true } else { tree.isOpen(node) }
    default: tree.isOpen(node)
    }
  }

  /// Whether there is a node behind the step whenever there is one before it. The context is taken to have content: where
  /// it is null, nothing is written for it at all.
  private func isCertain(_ step: XPathStep, from nodes: [Int], to found: [Int], _ isContext: Bool) -> Bool {
    switch step.axis {
    case .`self`, .parent, .descendantOrSelf, .ancestorOrSelf:
      return step.test == .node || found.count == nodes.count
    case .child where step.test == .text: return false
    case .child, .attribute:
      return nodes.allSatisfy { node in
        tree.guarantees(
          oneOf: Set(found.filter { tree[$0].parent == (tree[node].sameAs ?? node) }), in: node)
      }
    default: return false
    }
  }

  /// Whether one node before the step has at most one behind it.
  private func isSingle(_ step: XPathStep, from nodes: [Int], to found: [Int]) -> Bool {
    switch step.axis {
    case .`self`, .parent: return true
    case .child where step.test == .text: return true
    case .child, .attribute:
      return nodes.allSatisfy { node in
        let below = found.filter { tree[$0].parent == (tree[node].sameAs ?? node) }
        return below.count < 2 && below.allSatisfy { !tree[$0].step.repeats || single.contains($0) }
      }
    default: return false
    }
  }
}

extension XPathStep {
  /// The step without its predicates.
  fileprivate var bare: XPathStep { XPathStep(axis, test) }
}

extension XPathTerm {
  enum Position {
    /// `[1]` and the like: one node if there are any.
    case first
    case last
    /// `[last() = 1]`: the only node, or none.
    case only
  }

  /// Which single node a predicate chooses, if it chooses one by its number.
  var position: Position? {
    switch description {
    case "1", "(position() = 1)", "(1 = position())": .first
    case "last()", "(position() = last())", "(last() = position())": .last
    case "(last() = 1)", "(1 = last())": .only
    default: if case .number = self { .only } else { nil }
    }
  }
}
