import DocumentKit
import Translation
import XMLKit

extension MappingCheck {
  /// Names every leaf of the source that no row reads and nobody ignores, and ignores that are wrong.
  mutating func checkUnread() {
    let ignored = sources.indices.map { ignoredPlaces(of: $0) }
    for (_, same) in Dictionary(grouping: sources.indices, by: { documents[$0] }).sorted(by: {
      $0.value[0] < $1.value[0]
    }) {
      let tree = sources[same[0]].tree
      let used = same.reduce(into: Set<Int>()) { used, source in
        used.formUnion(sources[source].read.union(sources[source].consulted).union(ignored[source]))
      }
      let unread = Set(tree.nodes.indices.filter { isLeaf($0, tree) && !used.contains($0) })
      report(unread: unread, in: tree, same[0])
    }
  }

  private func isLeaf(_ node: Int, _ tree: SchemaTree) -> Bool {
    guard let value = tree[node].value, tree[node].sameAs == nil else { return false }
    return value.kind != .null && value.fixed == nil
  }

  private mutating func ignoredPlaces(of source: Int) -> Set<Int> {
    let tree = sources[source].tree
    var all: Set<Int> = []
    // A copy: what is ignored is not read.
    var copy = sources[source]
    for ignored in readings[source].ignored {
      guard let term = syntax(ignored.from) else { continue }
      let facts = copy.evaluate(term, at: .root(of: source), for: .existence)
      for step in copy.takeUnknown() {
        report(
          .error, .ignoreUnknown, at: ignored.from.position,
          Sentence(
            "‘\(ignored.from.text)’ is ignored, and the source has no ‘\(step.path)’",
            "‘\(ignored.from.text)’ được bỏ qua, nhưng nguồn không có ‘\(step.path)’"),
          remedy: step.nearest.map(Sentence.didYouMean) ?? Sentence("drop the entry", "hãy bỏ mục này"),
          path: ignored.from.text)
      }
      // Texts of a place are ignored, and not the place.
      guard term.withheldTexts == nil else { continue }
      let places = Set(facts.nodes.flatMap { tree.subtree(of: $0) })
      // With a predicate some of the nodes are ignored: a row may read the others, and has to.
      guard !facts.isFiltered else { continue }
      let isRead = places.filter { sources[source].read.contains($0) && isLeaf($0, tree) }
      if let first = isRead.min() {
        report(
          .error, .ignoreRead, at: ignored.from.position,
          Sentence(
            "‘\(ignored.from.text)’ is ignored, and a row reads ‘\(tree.path(of: first))’",
            "‘\(ignored.from.text)’ được bỏ qua, nhưng có dòng đọc ‘\(tree.path(of: first))’"),
          remedy: Sentence(
            "drop the entry, or ignore only what is not read", "hãy bỏ mục này, hoặc chỉ bỏ qua những gì không được đọc"
          ), path: ignored.from.text)
      }
      all.formUnion(places)
    }
    return all
  }

  /// What `ignore` says of single texts: `status[. = 'interoperating']` has no counterpart on purpose.
  func withheldTexts(of source: Int) -> [Int: Set<String>] {
    var withheld: [Int: Set<String>] = [:]
    var copy = sources[source]
    for ignored in readings[source].ignored {
      guard let term = try? shelf.term(ignored.from.text), let texts = term.withheldTexts else { continue }
      for node in copy.evaluate(term, at: .root(of: source), for: .existence).nodes {
        withheld[node, default: []].formUnion(texts)
      }
    }
    return withheld
  }

  /// One finding for each largest part of the source of which nothing is read.
  private mutating func report(unread: Set<Int>, in tree: SchemaTree, _ source: Int) {
    guard let level = unreadLevel else { return }
    func visit(_ node: Int) {
      let leaves = tree.subtree(of: node).filter { isLeaf($0, tree) }
      guard leaves.contains(where: unread.contains) else { return }
      guard node > SchemaTree.root, leaves.allSatisfy(unread.contains) else {
        if unread.contains(node) { name(node, 1) }
        tree[node].children.forEach(visit)
        return
      }
      name(node, leaves.count)
    }
    func name(_ node: Int, _ count: Int) {
      let path = tree.path(of: node)
      let whole = count > 1 ? Sentence(" with its \(count) leaves", " cùng \(count) lá của nó") : .none
      report(
        level, .unreadSource, at: visitor(of: node, source),
        Sentence(
          "no row reads ‘\(path)’ of the source\(whole)", "không dòng nào đọc ‘\(path)’ của nguồn\(whole.vietnamese)"),
        remedy: Sentence(
          "write a row for it, or ignore it with a reason", "hãy viết một dòng cho nó, hoặc bỏ qua kèm lý do"),
        path: path)
    }
    tree[SchemaTree.document].children.forEach(visit)
  }

  /// The group that visits the element around, or the head of the file.
  private func visitor(of node: Int, _ source: Int) -> YAMLPosition {
    let around = sources[source].tree.ancestors(of: node).compactMap { visits[source][$0] }
    return around.first ?? readings[source].position
  }

  /// Names the optional parts of the target that no row feeds, and those that one group feeds and another does not.
  mutating func noteUnfed() {
    for target in targets.indices {
      let tree = targets[target]
      let fed = Set(written.filter { $0.target == target }.compactMap(\.node))
      func visit(_ node: Int) {
        for child in tree[node].children {
          if fed.contains(child) {
            visit(child)
          } else if !tree[child].step.isRequired {
            report(
              .note, .unfedOptional, at: definition.target.position,
              Sentence(
                "no row feeds ‘\(tree.path(of: child))’ of the target, which is optional",
                "không dòng nào ghi ‘\(tree.path(of: child))’ của đích, là chỗ không bắt buộc"),
              path: tree.path(of: child))
          }
        }
      }
      visit(SchemaTree.root)
      noteUnequalGroups(of: target)
    }
  }

  /// Groups that write one place, such as the persons of a registration, and of which one leaves out what another has.
  private mutating func noteUnequalGroups(of target: Int) {
    let tree = targets[target]
    let groups = written.indices.filter { written[$0].target == target && written[$0].isGroup }
    for (node, same) in Dictionary(grouping: groups, by: { written[$0].node }) where same.count > 1 && node != nil {
      var fed: [Int: Set<Int>] = [:]
      for element in written.indices {
        guard let place = written[element].node else { continue }
        for group in around(element) where same.contains(group) { fed[group, default: []].insert(place) }
      }
      let all = fed.values.reduce(into: Set<Int>()) { $0.formUnion($1) }
      for group in same {
        for missing in all.subtracting(fed[group] ?? []) where tree[missing].value != nil {
          report(
            .note, .unfedOptional, at: written[group].position,
            Sentence(
              "no row of this group feeds ‘\(tree.path(of: missing))’ of the target, which another group does",
              "không dòng nào của nhóm này ghi ‘\(tree.path(of: missing))’ của đích, trong khi nhóm khác có ghi"),
            path: tree.path(of: missing))
        }
      }
    }
  }

  /// The elements around one that is written.
  private func around(_ element: Int) -> [Int] {
    Array(sequence(first: element) { written[$0].parent }.dropFirst())
  }
}

extension XPathTerm {
  /// The texts of `path[. = 'a' or . = 'b']`; nil for anything else.
  fileprivate var withheldTexts: [String]? {
    guard case .path(_, let steps) = self, let last = steps.last, last.predicates.count == 1 else { return nil }
    return last.predicates[0].ownTexts
  }

  private var ownTexts: [String]? {
    switch self {
    case .operation(.or, let left, let right):
      guard let first = left.ownTexts, let second = right.ownTexts else { return nil }
      return first + second
    case .operation(.equal, .path(.context, let steps), .literal(let text)):
      return steps == [XPathStep(.`self`, .node)] ? [text] : nil
    default: return nil
    }
  }
}
