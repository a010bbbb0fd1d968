import DocumentKit
import Translation
import XMLKit

extension MappingCheck {
  /// Rows write in their own order, which must be the schema's where it has one.
  mutating func checkOrder() {
    for element in written.indices {
      guard let node = written[element].node else { continue }
      let tree = targets[written[element].target]
      guard let place = tree[node].places.first, tree[node].places.count == 1,
        let content = tree.shape[place].content,
        tree.shape.format == .xml
      else { continue }
      var ranks: [SchemaShape.Place.ID: Int] = [:]
      var next = 0
      content.rank(from: &next, isFixed: false, into: &ranks)
      checkOrder(
        of: written[element].children.filter { !written[$0].name.hasPrefix("@") }, in: tree, ranks)
    }
  }

  private mutating func checkOrder(
    of children: [Int], in tree: SchemaTree, _ ranks: [SchemaShape.Place.ID: Int]
  ) {
    var last: (rank: Int, element: Int)?
    for child in children {
      guard let node = written[child].node,
        let rank = tree[node].places.compactMap({ ranks[$0] }).min()
      else { continue }
      if let last, rank < last.rank {
        report(
          .error, .order, at: written[child].position,
          Sentence(
            "‘\(path(of: child))’ is written behind ‘\(path(of: last.element))’, and the target wants it before",
            "‘\(path(of: child))’ được ghi sau ‘\(path(of: last.element))’, còn đích cần nó ở trước"),
          remedy: Sentence("move the row up", "hãy chuyển dòng này lên trên"), path: path(of: child))
      } else {
        last = (rank, child)
      }
    }
  }

  /// A place that may stand once and that several rows write.
  mutating func checkWrittenTwice() {
    for element in written.indices {
      var first: [Int: Int] = [:]
      for child in written[element].children {
        guard let node = written[child].node, !targets[written[child].target][node].step.repeats,
          targets[written[child].target].shape.format == .xml
        else { continue }
        if let known = first[node] { checkTwice(known, child) } else { first[node] = child }
      }
    }
  }

  private mutating func checkTwice(_ first: Int, _ second: Int) {
    let one = condition(of: first)
    let two = condition(of: second)
    if let one, let two {
      let context = written[second].context
      var table = ConditionTable(sources[context.source], at: context)
      if table.isNever([one, two]) { return }
    }
    if excludeEachOther(written[first].around, written[second].around) { return }
    let line = written[first].position.line
    report(
      one == nil || two == nil ? .error : .warning, .writtenTwice, at: written[second].position,
      Sentence(
        "‘\(path(of: second))’ may stand once and is also written by the row in line \(line)",
        "‘\(path(of: second))’ chỉ được có một lần nhưng cũng được ghi bởi dòng ánh xạ ở dòng \(line)"),
      remedy: one == nil || two == nil
        ? Sentence(
          "put rows that write into it next to each other, or give each a ‘when’",
          "hãy đặt các dòng cùng ghi vào đó cạnh nhau, hoặc cho mỗi dòng một ‘when’")
        : Sentence("let only one of the conditions be true", "hãy để chỉ một trong các điều kiện đúng"),
      path: path(of: second))
  }

  /// Whether a condition of the groups around one element and one around the other are never true together.
  private func excludeEachOther(
    _ one: [(when: XPathTerm, context: SourceContext)], _ two: [(when: XPathTerm, context: SourceContext)],
  ) -> Bool {
    one.contains { first in
      two.contains { second in
        guard first.context.source == second.context.source, first.context.nodes == second.context.nodes else {
          return false
        }
        var table = ConditionTable(sources[first.context.source], at: first.context)
        return table.isNever([first.when, second.when])
      }
    }
  }

  /// The condition under which an element is written; nil if there is none to speak of.
  private func condition(of element: Int) -> XPathTerm? {
    let own = written[element]
    guard own.whens.isEmpty else { return own.whens.conjunction }
    guard own.row == nil, own.children.count == 1, let child = own.children.first else {
      return nil
    }
    return condition(of: child)
  }
}

extension SchemaShape.Particle {
  /// Numbers the places in the order in which they may stand; places of one number may stand in any order.
  fileprivate func rank(
    from next: inout Int, isFixed: Bool, into ranks: inout [SchemaShape.Place.ID: Int]
  ) {
    switch self {
    case .wildcard: break
    case .place(let id, _, _):
      ranks[id] = ranks[id] ?? next
      if !isFixed { next += 1 }
    case .sequence(let parts, let occurs):
      let repeats = occurs.maximum.map { $0 > 1 } ?? true
      for part in parts { part.rank(from: &next, isFixed: isFixed || repeats, into: &ranks) }
      if repeats, !isFixed { next += 1 }
    case .all(let parts, _):
      for part in parts { part.rank(from: &next, isFixed: true, into: &ranks) }
      if !isFixed { next += 1 }
    case .choice(let parts, let occurs):
      let start = next
      var end = next
      let repeats = occurs.maximum.map { $0 > 1 } ?? true
      for part in parts {
        var own = start
        part.rank(from: &own, isFixed: isFixed || repeats, into: &ranks)
        end = max(end, own)
      }
      next = isFixed ? start : max(end, start + 1)
    }
  }
}
