extension SchemaShape {
  /// Every leaf path below a root, depth first in the schema's order, each path once.
  ///
  /// A declaration that contains itself is followed once and then marked. Where several declarations share a path, the
  /// leaf has the rules that all their texts obey. `init(contentsOf:)` has bounded how many there are.
  package func leaves(of root: Place.ID) -> [SchemaLeaf] {
    leaves(of: root, atMost: .max) ?? []
  }

  /// The same; nil if there are more than `limit`.
  func leaves(of root: Place.ID, atMost limit: Int) -> [SchemaLeaf]? {
    var walk = LeafWalk(shape: self, limit: limit)
    walk.visit([root], steps: [])
    return walk.isOverLimit ? nil : walk.leaves
  }

  /// The rules that every text at one of these places obeys; nil if none of them can hold text.
  package func value(at places: [Place.ID]) -> (place: Place.ID, rules: ValueRules)? {
    var found: (place: Place.ID, rules: ValueRules)?
    for place in places {
      guard let rules = self[place].value, rules.kind != .null else { continue }
      if let known = found { found = (known.place, known.rules.widened(by: rules)) } else { found = (place, rules) }
    }
    return found
  }
}

private struct LeafWalk {
  let shape: SchemaShape
  let limit: Int
  var leaves: [SchemaLeaf] = []
  var isOverLimit = false
  private var open: [[SchemaShape.Place.ID]] = []

  init(shape: SchemaShape, limit: Int) {
    self.shape = shape
    self.limit = limit
  }

  mutating func visit(_ places: [SchemaShape.Place.ID], steps: [SchemaLeaf.Step]) {
    guard !isOverLimit else { return }
    let isRecursive = open.contains(places)
    let value = shape.value(at: places)
    if let value {
      append(SchemaLeaf(steps: steps, place: value.place, value: value.rules, isRecursive: isRecursive))
    } else if isRecursive, let place = places.first {
      append(SchemaLeaf(steps: steps, place: place, value: ValueRules(.any), isRecursive: true))
    }
    guard !isRecursive else { return }
    open.append(places)
    for branch in shape.branches(below: places) { visit(branch.places, steps: steps + [branch.step]) }
    open.removeLast()
  }

  private mutating func append(_ leaf: SchemaLeaf) {
    guard leaves.count < limit else {
      isOverLimit = true
      return
    }
    leaves.append(leaf)
  }
}
