import DocumentKit
import XMLKit

@testable import Workbench

/// Which places of a document an expression speaks of, by the words of XPath 1.0 alone: an account of its own, to hold that
/// of the check against.
///
/// It knows nothing of rules for texts, of what is certain and what may be absent; it goes where the steps lead.
struct SchemaPaths {
  let tree: SchemaTree
  /// The nodes of `$group`.
  var group: Set<Int> = []
  /// Places whose text was asked for, or whether they are there.
  private(set) var used: Set<Int> = []

  init(_ tree: SchemaTree) { self.tree = tree }

  /// The nodes an expression gives; `isText` says that their text is asked for, which is that of all elements inside.
  @discardableResult
  mutating func follow(_ text: String, at nodes: Set<Int>, isText: Bool) -> Set<Int> {
    guard let term = try? XPathSyntax(text).root else { return [] }
    return follow(term, at: nodes, isText: isText)
  }

  private mutating func follow(_ term: XPathTerm, at nodes: Set<Int>, isText: Bool) -> Set<Int> {
    switch term {
    case .literal, .number: return []
    case .variable: return use(group, isText)
    case .negation(let inner):
      _ = follow(inner, at: nodes, isText: true)
      return []
    case .operation(.union, let left, let right):
      return follow(left, at: nodes, isText: isText).union(follow(right, at: nodes, isText: isText))
    case .operation(let symbol, let left, let right):
      for side in [left, right] { _ = follow(side, at: nodes, isText: ![.or, .and].contains(symbol)) }
      return []
    case .call(let name, let arguments):
      let isOfText = !["count", "boolean", "not", "name", "local-name", "namespace-uri"].contains(name.local)
      for argument in arguments { _ = follow(argument, at: nodes, isText: isOfText) }
      let speaksOfContext = ["string", "normalize-space", "string-length", "number"].contains(name.local)
      if arguments.isEmpty, speaksOfContext { _ = use(nodes, true) }
      return []
    case .filter(let inner, let predicates):
      return choose(follow(inner, at: nodes, isText: isText), predicates)
    case .path(let start, let steps):
      var found =
        switch start {
        case .context: nodes
        case .document: Set([SchemaTree.document])
        case .term(let inner): follow(inner, at: nodes, isText: false)
        }
      for step in steps { found = choose(take(step, from: found), step.predicates) }
      return use(found, isText)
    }
  }

  private mutating func choose(_ nodes: Set<Int>, _ predicates: [XPathTerm]) -> Set<Int> {
    for predicate in predicates { _ = follow(predicate, at: nodes, isText: false) }
    return nodes
  }

  private mutating func use(_ nodes: Set<Int>, _ isText: Bool) -> Set<Int> {
    used.formUnion(nodes)
    if isText { used.formUnion(nodes.flatMap { tree.subtree(of: $0) }.filter { !tree[$0].isAttribute }) }
    return nodes
  }

  private func take(_ step: XPathStep, from nodes: Set<Int>) -> Set<Int> {
    if step.test == .text, step.axis == .child { return nodes.filter { tree[$0].value != nil } }
    let reached = nodes.flatMap { node -> [Int] in
      switch step.axis {
      case .child: tree.children(of: node).filter { !tree[$0].isAttribute }
      case .attribute: tree.children(of: node).filter { tree[$0].isAttribute }
      case .`self`: [node]
      case .parent: tree[node].parent.map { [$0] } ?? []
      case .ancestor: tree.ancestors(of: node)
      case .ancestorOrSelf: [node] + tree.ancestors(of: node)
      case .descendant: tree.subtree(of: node).filter { $0 != node && !tree[$0].isAttribute }
      case .descendantOrSelf: tree.subtree(of: node).filter { !tree[$0].isAttribute }
      case .followingSibling, .precedingSibling: tree[node].parent.map { tree.children(of: $0) } ?? []
      case .following, .preceding, .namespace: []
      }
    }
    return Set(reached).filter { node in
      guard case .name(let name) = step.test else { return true }
      return node != SchemaTree.document && tree[node].name == name.local
    }
  }
}
