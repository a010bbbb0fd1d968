package import DocumentKit

/// A schema unfolded from one root: every path a document can hold is a node, so that two uses of one declaration are two.
///
/// A declaration that contains itself is unfolded once; the node where it comes again stands for the one above.
package struct SchemaTree: Sendable {
  package struct Node: Sendable {
    package let parent: Int?
    package let step: SchemaLeaf.Step
    /// Every declaration it can be; empty for the document.
    package let places: [SchemaShape.Place.ID]
    /// The rules for its text; nil where it holds elements only.
    package let value: ValueRules?
    /// It is one value of a JSON array.
    package let isList: Bool
    package let namespace: String?
    package fileprivate(set) var children: [Int] = []
    /// The node above that this one repeats.
    package fileprivate(set) var sameAs: Int?

    package var isAttribute: Bool { step.name.hasPrefix("@") }
    package var name: String { isAttribute ? String(step.name.dropFirst()) : step.name }
  }

  /// The document, which holds the root.
  package static let document = 0
  package static let root = 1

  package let shape: SchemaShape
  package private(set) var nodes: [Node] = []
  /// By node: its elements by their names, since nearly every step of an expression asks for one.
  private var elements: [[String: [Int]]] = []

  package init(_ shape: SchemaShape, from root: SchemaShape.Place.ID) {
    self.shape = shape
    let step = SchemaLeaf.Step(name: "", occurs: .once, isAlternative: false)
    nodes.append(Node(parent: nil, step: step, places: [], value: nil, isList: false, namespace: nil))
    let rootStep = SchemaLeaf.Step(name: shape[root].name, occurs: .once, isAlternative: false)
    unfold([root], rootStep, isList: false, below: Self.document)
    elements = nodes.map { node in
      Dictionary(grouping: node.children.filter { !nodes[$0].isAttribute }, by: { nodes[$0].name })
    }
  }

  private mutating func unfold(
    _ places: [SchemaShape.Place.ID], _ step: SchemaLeaf.Step, isList: Bool, below parent: Int,
  ) {
    let id = nodes.count
    nodes.append(
      Node(
        parent: parent, step: step, places: places, value: shape.value(at: places)?.rules,
        isList: isList, namespace: places.first.flatMap { shape[$0].namespace }))
    nodes[parent].children.append(id)
    nodes[id].sameAs = ancestors(of: id).first { nodes[$0].places == places }
    guard nodes[id].sameAs == nil else { return }
    let lists = Set(places.compactMap { shape[$0].content }.flatMap(\.lists))
    for branch in shape.branches(below: places) {
      unfold(
        branch.places, branch.step, isList: branch.places.contains(where: lists.contains), below: id
      )
    }
  }

  /// Lent and not copied: the check asks for a field of a node some million times.
  package subscript(_ id: Int) -> Node {
    _read { yield nodes[id] }
  }

  /// Its parent first, the document last.
  package func ancestors(of id: Int) -> [Int] {
    var ancestors: [Int] = []
    var next = nodes[id].parent
    while let id = next {
      ancestors.append(id)
      next = nodes[id].parent
    }
    return ancestors
  }

  /// Attributes and elements; those of the node it repeats, if it repeats one.
  package func children(of id: Int) -> [Int] { nodes[nodes[id].sameAs ?? id].children }

  /// The elements of this name, in whatever namespace.
  package func elements(of id: Int, named name: String) -> [Int] { elements[nodes[id].sameAs ?? id][name] ?? [] }

  /// The node and all below it.
  package func subtree(of id: Int) -> [Int] {
    var found: [Int] = []
    var seen: Set<Int> = []
    var open = [id]
    while let next = open.popLast() {
      guard seen.insert(next).inserted else { continue }
      found.append(next)
      open += children(of: next).reversed()
    }
    return found
  }

  /// `owner/identity/number`, below the root; `.` for the root itself.
  package func path(of id: Int) -> String {
    let names = (ancestors(of: id).reversed() + [id]).filter { $0 > Self.root }.map {
      nodes[$0].step.name
    }
    return names.isEmpty ? "." : names.joined(separator: "/")
  }

  /// Whether the schema lets elements or members stand here that it does not name, and names none either.
  ///
  /// A JSON object with members of its own is closed in this sense though others are allowed: what nobody named can only
  /// be reported as lost.
  package func isOpen(_ id: Int) -> Bool {
    nodes[id].places.contains { place in
      if shape[place].value?.kind == .any { return true }
      guard shape.allowsOtherElements(in: place) else { return false }
      return shape.format == .xml || children(of: id).isEmpty
    }
  }

  package func allowsOtherAttributes(_ id: Int) -> Bool {
    nodes[id].places.contains { shape[$0].allowsOtherAttributes }
  }

  /// Whether a document that holds `parent` holds one of these children of it. Where null may stand in place of the
  /// parent's content it does not, unless `isFilled` says that there is content.
  /// `present` are children of which it is known that they are there.
  package func guarantees(
    oneOf children: Set<Int>, in parent: Int, isFilled: Bool = false, beside present: Set<Int> = [],
  ) -> Bool {
    if children.contains(where: { nodes[$0].step.isRequired }) { return true }
    let places = Set(children.flatMap { nodes[$0].places })
    let known = Set(present.flatMap { nodes[$0].places })
    let candidates = nodes[parent].places.map { shape[$0] }.filter { !isFilled || $0.content != nil }
    return !candidates.isEmpty
      && candidates.allSatisfy { place in
        let mayBeNull = place.isNillable || shape.format == .json && place.value != nil
        guard isFilled || !mayBeNull, let content = place.content else { return false }
        return content.guarantees(oneOf: places, beside: known)
      }
  }

  /// Whether a document that holds `place` holds `other` too: around it, or beside what is around it in one group.
  package func isThere(_ other: Int, whenever place: Int) -> Bool {
    if subtree(of: other).contains(place) { return true }
    guard let parent = nodes[other].parent, parent != Self.document,
      let beside = ([place] + ancestors(of: place)).first(where: { nodes[$0].parent == parent })
    else { return false }
    return guarantees(oneOf: [other], in: parent, isFilled: true, beside: [beside])
  }
}

extension SchemaShape.Particle {
  /// The declarations of which there is one for each value of a JSON array.
  fileprivate var lists: [SchemaShape.Place.ID] {
    switch self {
    case .place(let id, _, let isList): isList ? [id] : []
    case .sequence(let parts, _), .choice(let parts, _), .all(let parts, _): parts.flatMap(\.lists)
    case .wildcard: []
    }
  }

  /// Whether content of this form holds one of these elements, given that it holds `present`.
  func guarantees(oneOf places: Set<SchemaShape.Place.ID>, beside present: Set<SchemaShape.Place.ID> = []) -> Bool {
    switch self {
    case .place(let id, let occurs, _): return occurs.minimum > 0 && places.contains(id)
    case .sequence(let parts, let occurs), .all(let parts, let occurs):
      return (occurs.minimum > 0 || holds(present)) && parts.contains { $0.guarantees(oneOf: places, beside: present) }
    case .choice(let parts, let occurs):
      let chosen = parts.filter { $0.holds(present) }
      guard occurs.minimum > 0 || !chosen.isEmpty, !parts.isEmpty else { return false }
      return (chosen.isEmpty ? parts : chosen).allSatisfy { $0.guarantees(oneOf: places, beside: present) }
    case .wildcard: return false
    }
  }

  private func holds(_ some: Set<SchemaShape.Place.ID>) -> Bool {
    !some.isEmpty && places.contains(where: some.contains)
  }
}
