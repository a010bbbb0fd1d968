import DocumentKit
import Translation
import XMLKit

extension MappingCheck {
  /// A place that its parent must have: one declaration, or any of a choice.
  private struct Requirement {
    let names: [String]
    let nodes: Set<Int>
    /// The places of the optional group it belongs to, where it is required only beside another of them.
    var group: Set<Int>?
  }

  /// Holds every written element against what the schema requires inside it.
  mutating func checkRequirements() {
    for element in written.indices {
      guard let node = written[element].node else { continue }
      for requirement in requirements(of: element, at: node) { check(requirement, of: element) }
    }
  }

  private func requirements(of element: Int, at node: Int) -> [Requirement] {
    let tree = targets[written[element].target]
    // Text in place of content, or nothing at all, is a case of its own.
    guard tree[node].places.count == 1, let place = tree[node].places.first else { return [] }
    // A JSON member that may also be a text has none of its own members then.
    if tree.shape.format == .json, written[element].feed != nil, tree[node].value != nil { return [] }
    let children = tree.children(of: node)
    var found: [Requirement] = children.filter { tree[$0].isAttribute && tree[$0].step.isRequired }
      .map { Requirement(names: [tree[$0].step.name], nodes: [$0]) }
    let fed = Set(written[element].children.compactMap { written[$0].node })
    func nodes(of ids: [SchemaShape.Place.ID]) -> Set<Int> {
      Set(children.filter { !Set(tree[$0].places).isDisjoint(with: ids) })
    }
    func visit(_ particle: SchemaShape.Particle, in group: Set<Int>?) {
      switch particle {
      case .wildcard: break
      case .place(let id, let occurs, _):
        guard occurs.minimum > 0 else { return }
        found.append(Requirement(names: [tree.shape[id].name], nodes: nodes(of: [id]), group: group))
      case .sequence(let parts, let occurs), .all(let parts, let occurs):
        let own = nodes(of: particle.places)
        guard occurs.minimum > 0 || !fed.isDisjoint(with: own) else { return }
        for part in parts { visit(part, in: occurs.minimum > 0 ? group : own) }
      case .choice(let parts, let occurs):
        let begun = parts.filter { !fed.isDisjoint(with: nodes(of: $0.places)) }
        let mayBeLeftOut = occurs.minimum == 0 || parts.contains(where: \.mayBeNothing)
        if begun.count == 1 { return visit(begun[0], in: mayBeLeftOut ? nodes(of: begun[0].places) : group) }
        guard begun.isEmpty, !mayBeLeftOut else { return }
        let ids = parts.flatMap(\.places)
        found.append(Requirement(names: ids.map { tree.shape[$0].name }, nodes: nodes(of: ids), group: group))
      }
    }
    if let content = tree.shape[place].content { visit(content, in: nil) }
    return found
  }

  private mutating func check(_ requirement: Requirement, of element: Int) {
    let own = written[element]
    let children = own.children.filter { written[$0].node.map(requirement.nodes.contains) ?? false }
    let names = requirement.names.map { name in
      own.node == SchemaTree.root ? name : "\(path(of: element))/\(name)"
    }
    let phrase = Sentence(anyOf: names.map { "‘\($0)’" })
    // What is written beside it, so that it must be there too.
    let others = own.children.filter { child in
      guard !children.contains(child), let group = requirement.group else { return false }
      return written[child].node.map(group.contains) ?? false
    }
    let whenever = whenever(requirement, of: element, beside: others)
    guard !children.isEmpty else {
      return report(
        .error, .unfedRequired, at: own.position,
        Sentence(
          "no row feeds \(phrase), which the target requires \(whenever)",
          "không dòng nào ghi \(phrase.vietnamese), mà đích bắt buộc phải có \(whenever.vietnamese)"),
        remedy: Sentence("add a row for it", "hãy thêm một dòng cho nó"), path: names.first ?? "")
    }
    // What is written only because of its required part is not written without it.
    if requirement.group != nil {
      if others.isEmpty { return }
    } else if own.parent != nil, !own.isKept, own.feed == nil, children.count == own.children.count {
      return
    }
    let cases = children.flatMap { feedCases(of: $0) }
    guard !cases.contains(where: { $0.isSure && $0.whens.isEmpty }) else { return }
    let sure = cases.filter(\.isSure)
    if covers(sure) { return }
    if requirement.group != nil {
      if isImplied(cases, by: others.flatMap { (written[$0].feed == nil ? [] : [$0]) + feeds(below: $0) }) { return }
    } else if own.parent != nil, !own.isKept, isImplied(cases, by: feeds(below: element)) {
      return
    }
    complain(cases, phrase, whenever, path: names.first ?? "")
  }

  private func whenever(_ requirement: Requirement, of element: Int, beside others: [Int]) -> Sentence {
    if requirement.group == nil {
      return element == 0 || written[element].parent == nil
        ? Sentence("always", "trong mọi trường hợp")
        : Sentence("whenever ‘\(path(of: element))’ is written", "mỗi khi ghi ‘\(path(of: element))’")
    }
    var paths: [String] = []
    for path in others.map({ path(of: $0) }) where !paths.contains(path) { paths.append(path) }
    let phrase = Sentence(anyOf: paths.map { "‘\($0)’" })
    return Sentence("whenever \(phrase) is written", "mỗi khi ghi \(phrase.vietnamese)")
  }

  private mutating func complain(
    _ cases: [FeedCase], _ phrase: Sentence, _ whenever: Sentence, path: String
  ) {
    let isCovered = cases.contains { $0.whens.isEmpty } || covers(cases)
    if !isCovered, let first = cases.first(where: { !$0.whens.isEmpty }),
      let row = written[first.element].row
    {
      return report(
        .error, .whenLeavesEmpty, at: row.when?.position ?? row.position,
        Sentence(
          "where the conditions of its rows are false \(phrase) stays empty, and the target requires it \(whenever)",
          "khi các điều kiện của dòng không đúng thì \(phrase.vietnamese) để trống, mà đích bắt buộc phải có \(whenever.vietnamese)"
        ),
        remedy: Sentence(
          "add a row for the other case, or drop ‘when’", "hãy thêm một dòng cho trường hợp còn lại, hoặc bỏ ‘when’"),
        path: path)
    }
    guard let unsure = cases.first(where: { !$0.isSure }) else { return }
    let from = unsure.from.isEmpty ? Sentence("the source", "nguồn") : Sentence(same: "‘\(unsure.from)’")
    report(
      .warning, .mayBeEmpty, at: written[unsure.element].position,
      Sentence(
        "\(from) may be absent or empty, and the target requires \(phrase) \(whenever)",
        "\(from.vietnamese) có thể thiếu hoặc rỗng, mà đích bắt buộc phải có \(phrase.vietnamese) \(whenever.vietnamese)"
      ),
      remedy: Sentence("write ‘required: true’ or a default", "hãy viết ‘required: true’ hoặc giá trị mặc định"),
      path: path)
  }

  // MARK: When an element is there

  /// One way in which an element comes to be written.
  private struct FeedCase {
    let element: Int
    let whens: [XPathTerm]
    let context: SourceContext
    let isSure: Bool
    let from: String
  }

  private func feedCases(of element: Int) -> [FeedCase] {
    let own = written[element]
    var cases: [FeedCase] = []
    if own.isKept || own.feed != nil {
      cases.append(
        FeedCase(
          element: element, whens: own.whens, context: own.context,
          isSure: (own.isKept || own.feed?.isSure ?? false) && (!own.mayHaveNoNode || own.isKept),
          from: own.feed?.from ?? ""))
    }
    for child in own.children {
      for inner in feedCases(of: child) {
        // What is known inside another context says nothing about this one.
        let isSure =
          inner.isSure && !own.mayHaveNoNode && (!own.changesContext || inner.whens.isEmpty)
        cases.append(
          FeedCase(
            element: inner.element, whens: own.whens + (own.changesContext ? [] : inner.whens),
            context: own.whens.isEmpty && !own.changesContext ? inner.context : own.context,
            isSure: isSure,
            from: own.mayHaveNoNode ? own.row?.each?.text ?? "" : inner.from))
      }
    }
    return cases
  }

  /// Whether all these texts come from a part of the source that never lacks the text of one of the cases.
  private func isImplied(_ cases: [FeedCase], by feeds: [Int]) -> Bool {
    cases.contains { feedCase in
      let own = written[feedCase.element]
      guard feedCase.whens.isEmpty, let anchor = own.feed?.anchor else { return false }
      let tree = sources[own.context.source].tree
      return feeds.allSatisfy { feed in
        guard written[feed].context.source == own.context.source, let places = written[feed].feed?.places,
          !places.isEmpty
        else { return false }
        return places.allSatisfy { tree.isThere(anchor, whenever: $0) }
      }
    }
  }

  private func feeds(below element: Int) -> [Int] {
    written[element].children.flatMap { child in
      (written[child].feed == nil ? [] : [child]) + feeds(below: child)
    }
  }

  /// Whether something is written into the element in every case.
  func isSurelyFilled(_ element: Int) -> Bool {
    written[element].children.flatMap { feedCases(of: $0) }.contains { $0.isSure && $0.whens.isEmpty }
  }

  /// Whether one of the cases always applies.
  private func covers(_ cases: [FeedCase]) -> Bool {
    guard let first = cases.first else { return false }
    var table = ConditionTable(sources[first.context.source], at: first.context)
    let conditions = cases.map { $0.whens.conjunction }
    return table.isAlways(conditions)
  }
}

extension [XPathTerm] {
  /// All of them at once.
  var conjunction: XPathTerm {
    guard let first else { return .call(XPathName("true"), []) }
    return dropFirst().reduce(first) { .operation(.and, $0, $1) }
  }
}

extension SchemaShape.Particle {
  /// Every declaration in it.
  var places: [SchemaShape.Place.ID] {
    switch self {
    case .place(let id, _, _): [id]
    case .sequence(let parts, _), .choice(let parts, _), .all(let parts, _): parts.flatMap(\.places)
    case .wildcard: []
    }
  }

  /// Whether content of this form may hold nothing.
  var mayBeNothing: Bool {
    switch self {
    case .place(_, let occurs, _), .wildcard(let occurs): occurs.minimum == 0
    case .sequence(let parts, let occurs), .all(let parts, let occurs):
      occurs.minimum == 0 || parts.allSatisfy(\.mayBeNothing)
    case .choice(let parts, let occurs):
      occurs.minimum == 0 || parts.contains(where: \.mayBeNothing)
    }
  }
}
