/// A shape while it is being made: declarations get their number before their content is known, so that content may
/// refer back to them.
struct SchemaShapeDraft {
  let limits: SchemaShapeLimits
  private var places: [SchemaShape.Place?] = []
  private(set) var unsupported: [SchemaShape.Unsupported] = []
  private(set) var conditions: [SchemaShape.Condition] = []
  private var depth = 0

  init(limits: SchemaShapeLimits) {
    self.limits = limits
  }

  mutating func reserve(at position: @autoclosure () -> String) throws(SchemaShapeError) -> SchemaShape.Place.ID {
    guard places.count < limits.places else {
      throw SchemaShapeError(
        .limit, at: position(),
        "The schema has more declarations than the limit places = \(limits.places); split it or raise the limit.")
    }
    places.append(nil)
    return SchemaShape.Place.ID(places.count - 1)
  }

  mutating func fill(_ id: SchemaShape.Place.ID, _ place: SchemaShape.Place) {
    precondition(places[id.index] == nil, "a declaration is filled once")
    places[id.index] = place
  }

  /// Goes one declaration further in; each call needs its `leave()`.
  mutating func enter(at position: @autoclosure () -> String) throws(SchemaShapeError) {
    guard depth < limits.depth else {
      throw SchemaShapeError(
        .limit, at: position(),
        "Declarations stand deeper inside one another than the limit depth = \(limits.depth); flatten the schema.")
    }
    depth += 1
  }

  mutating func leave() { depth -= 1 }

  mutating func noteUnsupported(_ construct: String, at position: String, _ consequence: Sentence) {
    let note = SchemaShape.Unsupported(position: position, construct: construct, consequence: consequence)
    if !unsupported.contains(note) { unsupported.append(note) }
  }

  mutating func noteCondition(_ construct: String, at position: String, _ rule: String) {
    let note = SchemaShape.Condition(position: position, construct: construct, rule: rule)
    if !conditions.contains(note) { conditions.append(note) }
  }

  /// The finished shape; throws when a root has more leaves than the limit.
  consuming func finish(
    _ format: DocumentTree.Format, roots: [SchemaShape.Place.ID],
  ) throws(SchemaShapeError) -> SchemaShape {
    let filled = places.map { place in
      guard let place else { preconditionFailure("a declaration was reserved and never filled") }
      return place
    }
    let shape = SchemaShape(
      format: format, places: filled, roots: roots, unsupported: unsupported, conditions: conditions)
    for root in roots {
      guard shape.leaves(of: root, atMost: limits.leaves) != nil else {
        throw SchemaShapeError(
          .limit, at: shape[root].position,
          "'\(shape[root].name)' has more leaf paths than the limit leaves = \(limits.leaves); split the schema.")
      }
    }
    return shape
  }
}
