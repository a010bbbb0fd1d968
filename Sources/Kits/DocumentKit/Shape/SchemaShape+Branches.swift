extension SchemaShape {
  /// All that one step of a path can lead to: several declarations where a choice or a union offers several.
  package struct Branch: Sendable {
    package var step: SchemaLeaf.Step
    package var places: [Place.ID]
  }

  /// The steps below these places, each name once, in the schema's order.
  package func branches(below places: [Place.ID]) -> [Branch] {
    let holders = places.filter { self[$0].value?.kind != .null }
    guard let first = holders.first else { return [] }
    let below = holders.dropFirst().reduce(branches(below: first)) { $0.insteadOf(branches(below: $1)) }
    // Null in place of the others has nothing below it.
    return holders.count == places.count ? below : below.insteadOf([])
  }

  private func branches(below id: Place.ID) -> [Branch] {
    let place = self[id]
    var branches = place.attributes.map { attribute in
      let occurs: Occurs = attribute.isRequired ? .once : .optional
      return Branch(
        step: SchemaLeaf.Step(name: "@" + self[attribute.place].name, occurs: occurs, isAlternative: false),
        places: [attribute.place])
    }
    guard let content = place.content else { return branches }
    // Where null or a text may stand instead of the content, the content is there only sometimes.
    let isAlternative = place.isNillable || (format == .json && place.value != nil)
    let elements = self.branches(in: content, .once)
    branches += isAlternative ? elements.insteadOf([]) : elements
    return branches
  }

  private func branches(in particle: Particle, _ around: Occurs) -> [Branch] {
    switch particle {
    case .place(let id, let occurs, _):
      let step = SchemaLeaf.Step(name: self[id].name, occurs: occurs.inside(around), isAlternative: false)
      return [Branch(step: step, places: [id])]
    case .sequence(let parts, let occurs), .all(let parts, let occurs):
      return parts.reduce([]) { $0.besides(branches(in: $1, occurs.inside(around))) }
    case .choice(let parts, let occurs):
      let all = parts.map { branches(in: $0, occurs.inside(around)) }
      return all.dropFirst().reduce(all.first ?? []) { $0.insteadOf($1) }
    case .wildcard: return []
    }
  }
}

extension [SchemaShape.Branch] {
  /// What is there where either this or the other content is.
  fileprivate func insteadOf(_ others: [SchemaShape.Branch]) -> [SchemaShape.Branch] {
    merged(with: others) {
      $0.insteadOf($1)
    } alone: {
      $0.asAlternative
    }
  }

  /// What is there where this and the other content are.
  fileprivate func besides(_ others: [SchemaShape.Branch]) -> [SchemaShape.Branch] {
    merged(with: others) {
      $0.besides($1)
    } alone: {
      $0
    }
  }

  private func merged(
    with others: [SchemaShape.Branch], both: (SchemaLeaf.Step, SchemaLeaf.Step) -> SchemaLeaf.Step,
    alone: (SchemaLeaf.Step) -> SchemaLeaf.Step,
  ) -> [SchemaShape.Branch] {
    var merged = self
    var shared: Set<String> = []
    let known = Dictionary(indices.map { (self[$0].step.name, $0) }) { first, _ in first }
    for other in others {
      if let index = known[other.step.name] {
        shared.insert(other.step.name)
        merged[index].step = both(merged[index].step, other.step)
        merged[index].places.appendNew(other.places)
      } else {
        merged.append(SchemaShape.Branch(step: alone(other.step), places: other.places))
      }
    }
    for index in indices where !shared.contains(self[index].step.name) {
      merged[index].step = alone(merged[index].step)
    }
    return merged
  }
}

extension SchemaLeaf.Step {
  fileprivate var asAlternative: SchemaLeaf.Step {
    SchemaLeaf.Step(name: name, occurs: occurs, isAlternative: true)
  }

  /// The step where either this or the other declaration holds.
  fileprivate func insteadOf(_ other: SchemaLeaf.Step) -> SchemaLeaf.Step {
    SchemaLeaf.Step(
      name: name, occurs: occurs.or(other.occurs), isAlternative: isAlternative || other.isAlternative)
  }

  /// The step where this and the other position stand in the same content.
  fileprivate func besides(_ other: SchemaLeaf.Step) -> SchemaLeaf.Step {
    switch (isAlternative, other.isAlternative) {
    case (true, true): SchemaLeaf.Step(name: name, occurs: occurs.or(other.occurs), isAlternative: true)
    case (false, false): SchemaLeaf.Step(name: name, occurs: occurs.added(to: other.occurs), isAlternative: false)
    case (true, false): other.besides(self)
    case (false, true):
      SchemaLeaf.Step(
        name: name,
        occurs: occurs.added(to: SchemaShape.Occurs(0, other.occurs.maximum)), isAlternative: false)
    }
  }
}

extension SchemaShape.Occurs {
  fileprivate func or(_ other: SchemaShape.Occurs) -> SchemaShape.Occurs {
    var greatest: Int?
    if let one = maximum, let two = other.maximum { greatest = max(one, two) }
    return SchemaShape.Occurs(min(minimum, other.minimum), greatest)
  }
}

extension [SchemaShape.Place.ID] {
  fileprivate mutating func appendNew(_ others: [SchemaShape.Place.ID]) {
    for other in others where !contains(other) { append(other) }
  }
}
