import DocumentKit
import ServiceKit

/// Grows the elements of one sample from the shape, deciding by chance or by plan.
struct SampleGrower {
  let shape: SchemaShape
  let limits: SampleLimits
  var plan: SamplePlan
  var texts: SampleTexts
  /// Names from below the root to the place that is grown, as hints name it.
  private var path: [String] = []
  private var open: [SchemaShape.Place.ID] = []

  init(shape: SchemaShape, limits: SampleLimits, plan: SamplePlan, texts: SampleTexts) {
    self.shape = shape
    self.limits = limits
    self.plan = plan
    self.texts = texts
  }

  /// Does `body` with `name` as the next step of the path.
  mutating func inside<Result>(
    _ name: String, _ body: (inout SampleGrower) throws(SampleError) -> Result,
  ) throws(SampleError) -> Result {
    path.append(name)
    defer { path.removeLast() }
    return try body(&self)
  }

  /// One of several elements that are told apart by the text of one below them.
  private mutating func grow(
    _ id: SchemaShape.Place.ID, isList: Bool, as member: (key: String, text: String)?,
  ) throws(SampleError) -> SampleNode {
    guard let member else { return try grow(id, isList: isList) }
    let hints = plan.hints
    defer { plan.hints = hints }
    let key = pathTo(member.key)
    plan.hints.texts[key] = SampleHints.Texts(supplies: [{ _ in member.text }])
    plan.hints.needed.insert(key)
    return try grow(id, isList: isList)
  }

  mutating func grow(_ id: SchemaShape.Place.ID, isList: Bool = false) throws(SampleError) -> SampleNode {
    let place = shape[id]
    // A place inside itself is made as small as it can be, whatever the plan says.
    let isInsideItself = open.contains(id) || open.count >= limits.depth
    open.append(id)
    defer { open.removeLast() }
    var node = SampleNode(id, isList: isList, kind: shape.format == .json ? .object : .untagged)
    if let forced = plan.texts[id] {
      (node.kind, node.text) = (forced.kind, forced.text)
      if forced.kind == .null { return node }
    } else if shape.format == .json, place.isNillable, isNull(place, id) {
      node.kind = .null
      return node
    }
    for attribute in place.attributes where isPresent(attribute, isInsideItself) {
      let text = try inside("@" + shape[attribute.place].name) { grower throws(SampleError) in
        try grower.text(at: attribute.place).text
      }
      node.attributes.append((attribute.place, text))
    }
    // A JSON value is a text or has members; XML may have both.
    let hasText = place.value != nil && plan.texts[id] == nil
    if hasText,
      shape.format == .xml || place.content == nil
        || isText(place, isWanted: !plan.onTheWay.contains(id) || isInsideItself)
    {
      let scalar = try text(at: id)
      (node.kind, node.text) = (scalar.kind, scalar.text)
      if shape.format == .json { return node }
    }
    if shape.format == .xml || plan.texts[id] == nil, let content = place.content {
      if shape.format == .json, isArray(content) { node.kind = .array }
      try add(content, SamplePlan.ParticleKey(place: id, path: []), isMinimal: isInsideItself, to: &node)
    }
    return node
  }

  private mutating func text(at id: SchemaShape.Place.ID) throws(SampleError) -> SampleScalar {
    if let forced = plan.texts[id] { return forced }
    guard let rules = shape[id].value else { return SampleScalar(kind: .untagged, text: "") }
    if let wanted = texts.scalar(
      rules, isJSON: shape.format == .json, by: plan.hints.texts[path.joined(separator: "/")])
    {
      return wanted
    }
    do throws(SampleError) {
      return try texts.scalar(rules, isJSON: shape.format == .json)
    } catch {
      throw SampleError(error.code, "'\(shape[id].name)' (\(shape[id].position)): \(error.message)")
    }
  }

  private mutating func isNull(_ place: SchemaShape.Place, _ id: SchemaShape.Place.ID) -> Bool {
    if place.value?.kind == .null { return true }
    guard !plan.onTheWay.contains(id), !plan.hints.needed.contains(path.joined(separator: "/")) else { return false }
    return plan.fill == .random && texts.chance.happens(0.08)
  }

  /// Whether a place that may be a text or have members is the text; not where what is wanted is one of the members.
  private mutating func isText(_ place: SchemaShape.Place, isWanted: Bool) -> Bool {
    guard isWanted else { return false }
    return place.value?.kind == .any || plan.fill == .full || texts.chance.happens(0.5)
  }

  /// Whether somebody would like this child of the place to be there.
  private func isNeeded(_ name: String) -> Bool {
    !plan.hints.needed.isEmpty && plan.hints.needed.contains(pathTo(name))
  }

  private func pathTo(_ name: String) -> String { (path + [name]).joined(separator: "/") }

  /// How many of the elements that a particle brings somebody would like to be there.
  private func needs(_ particle: SchemaShape.Particle) -> Int {
    switch particle {
    case .place(let id, _, _): isNeeded(shape[id].name) ? 1 : 0
    case .sequence(let parts, _), .all(let parts, _): parts.reduce(0) { $0 + needs($1) }
    case .choice(let parts, _): parts.map(needs).max() ?? 0
    case .wildcard: 0
    }
  }

  private mutating func isPresent(_ attribute: SchemaShape.Attribute, _ isMinimal: Bool) -> Bool {
    if attribute.isRequired { return true }
    if plan.absentAttributes.contains(attribute.place) || isMinimal { return false }
    if isNeeded("@" + shape[attribute.place].name) { return true }
    switch plan.fill {
    case .full: return true
    case .minimal: return false
    case .random: return texts.chance.happens(0.6)
    }
  }

  // MARK: Particles

  private mutating func add(
    _ particle: SchemaShape.Particle, _ key: SamplePlan.ParticleKey, isMinimal: Bool, to node: inout SampleNode,
  ) throws(SampleError) {
    switch particle {
    case .place(let id, let occurs, let isList):
      let members = isMinimal ? nil : plan.hints.members[pathTo(shape[id].name)]
      var count = count(particle, occurs, key, isMinimal: isMinimal)
      if count > 0, let members { count = max(count, min(members.texts.count, occurs.maximum ?? .max)) }
      for number in 0..<count {
        let child = try inside(shape[id].name) { grower throws(SampleError) in
          try grower.grow(
            id, isList: isList, as: members.flatMap { number < $0.texts.count ? ($0.key, $0.texts[number]) : nil })
        }
        node.parts.append(.node(child))
      }
      if isList, count == 0 { noteEmpty(id, in: &node) }
    case .sequence(let parts, let occurs), .all(let parts, let occurs):
      for _ in 0..<count(particle, occurs, key, isMinimal: isMinimal) {
        for (index, part) in parts.enumerated() {
          try add(part, key.inside(index), isMinimal: isMinimal, to: &node)
        }
      }
    case .choice(let parts, let occurs):
      guard !parts.isEmpty else { return }
      let turns = turns(of: parts, occurs, key, isMinimal: isMinimal)
      for number in 0..<max(turns.count, count(particle, occurs, key, isMinimal: isMinimal)) {
        let branch = number < turns.count ? turns[number] : branch(of: parts, key, isMinimal: isMinimal)
        if shape.format == .json, key.path.isEmpty, isArray(parts[branch]) { node.kind = .array }
        try add(parts[branch], key.inside(branch), isMinimal: isMinimal, to: &node)
      }
    case .wildcard(let occurs):
      // Which namespaces it takes the shape does not say; a wrong guess is repaired.
      guard shape.format == .xml else { return }
      for _ in 0..<min(occurs.minimum, limits.atLimit) {
        node.parts.append(.other(namespace: texts.chance.happens(0.5) ? nil : "urn:example:khac"))
      }
    }
  }

  private func noteEmpty(_ id: SchemaShape.Place.ID, in node: inout SampleNode) {
    let name = shape[id].name
    let isThere = node.parts.contains { part in
      switch part {
      case .node(let node): shape[node.place].name == name
      case .emptyList(let known): known == name
      case .other: false
      }
    }
    // An array that is an element itself is empty by having no elements.
    if !isThere, node.kind != .array { node.parts.append(.emptyList(name)) }
  }

  /// Whether content is the values of an array that is an element itself.
  private func isArray(_ content: SchemaShape.Particle) -> Bool {
    switch content {
    case .place(_, _, let isList): isList
    case .sequence(let parts, _): !parts.isEmpty && parts.allSatisfy(isArray)
    default: false
    }
  }

  private mutating func count(
    _ particle: SchemaShape.Particle, _ occurs: SchemaShape.Occurs, _ key: SamplePlan.ParticleKey, isMinimal: Bool,
  ) -> Int {
    if isMinimal { return occurs.minimum }
    if let forced = plan.counts[key] { return forced }
    if occurs.maximum != 0, needs(particle) > 0 { return max(1, count(occurs)) }
    return count(occurs)
  }

  private mutating func count(_ occurs: SchemaShape.Occurs) -> Int {
    let greatest = min(occurs.maximum ?? .max, occurs.minimum.addingReportingOverflow(limits.repeats).partialValue)
    switch plan.fill {
    case .full: return min(max(1, occurs.minimum), max(greatest, occurs.minimum))
    case .minimal: return occurs.minimum
    case .random:
      if occurs == .optional { return texts.chance.happens(0.7) ? 1 : 0 }
      return texts.chance.number(in: occurs.minimum...max(occurs.minimum, greatest))
    }
  }

  private mutating func branch(of parts: [SchemaShape.Particle], _ key: SamplePlan.ParticleKey, isMinimal: Bool) -> Int
  {
    if isMinimal { return parts.firstIndex { !leadsInside($0) } ?? 0 }
    if let forced = plan.branches[key] { return forced }
    let needs = parts.map(needs)
    if let most = needs.max(), most > 0 {
      return texts.chance.element(of: parts.indices.filter { needs[$0] == most }) ?? 0
    }
    return plan.fill == .random ? texts.chance.number(below: parts.count) : 0
  }

  /// The branches of a choice that comes several times of which somebody would like something.
  private func turns(
    of parts: [SchemaShape.Particle], _ occurs: SchemaShape.Occurs, _ key: SamplePlan.ParticleKey, isMinimal: Bool,
  ) -> [Int] {
    guard !isMinimal, plan.counts[key] == nil, plan.branches[key] == nil, occurs.maximum ?? .max > 1 else { return [] }
    return Array(parts.indices.filter { needs(parts[$0]) > 0 }.prefix(occurs.maximum ?? .max))
  }

  /// Whether a particle needs a place that is open already.
  private func leadsInside(_ particle: SchemaShape.Particle) -> Bool {
    switch particle {
    case .place(let id, let occurs, _): occurs.minimum > 0 && open.contains(id)
    case .sequence(let parts, let occurs), .all(let parts, let occurs):
      occurs.minimum > 0 && parts.contains(where: leadsInside)
    case .choice(let parts, let occurs): occurs.minimum > 0 && parts.allSatisfy(leadsInside)
    case .wildcard: false
    }
  }
}

extension SamplePlan.ParticleKey {
  func inside(_ index: Int) -> SamplePlan.ParticleKey { SamplePlan.ParticleKey(place: place, path: path + [index]) }
}
