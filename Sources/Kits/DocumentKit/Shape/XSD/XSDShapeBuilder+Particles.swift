import XMLKit

extension XSDShapeBuilder {
  /// A model group or a reference to one as a particle.
  mutating func particle(_ part: XSDComponent) throws(SchemaShapeError) -> SchemaShape.Particle {
    try draft.enter(at: part.position)
    defer { draft.leave() }
    let occurs = part.occurs
    switch part.node.localName {
    case "sequence": return .sequence(try particles(in: part), occurs)
    case "choice": return .choice(try particles(in: part), occurs)
    case "all": return .all(try particles(in: part), occurs)
    case "group":
      guard let name = part.reference("ref"),
        let inner = try require(.group, name, at: part).first("sequence", "choice", "all")
      else { return .sequence([], occurs) }
      let content = try particle(inner)
      return occurs == .once ? content : .sequence([content], occurs)
    case "any": return .wildcard(occurs)
    default: return try elementParticle(part, occurs)
    }
  }

  private mutating func particles(in group: XSDComponent) throws(SchemaShapeError) -> [SchemaShape.Particle] {
    var particles: [SchemaShape.Particle] = []
    for child in group.children where child.occurs.maximum != 0 { particles.append(try particle(child)) }
    return particles
  }

  private mutating func elementParticle(
    _ part: XSDComponent, _ occurs: SchemaShape.Occurs,
  ) throws(SchemaShapeError) -> SchemaShape.Particle {
    guard let name = part.reference("ref") else {
      return .place(try element(part, isGlobal: false), occurs, isList: false)
    }
    let head = try require(.element, name, at: part)
    var choices: [SchemaShape.Place.ID] = []
    if !head.isTrue("abstract") { choices.append(try element(head, isGlobal: true)) }
    for substitute in index.substitutes(of: name) {
      guard let component = index.component(.element, substitute), !component.isTrue("abstract") else { continue }
      choices.append(try element(component, isGlobal: true))
    }
    if choices.count == 1 { return .place(choices[0], occurs, isList: false) }
    guard !choices.isEmpty else {
      draft.noteUnsupported(
        "abstract element", at: part.position,
        Sentence(
          "no element of the schema may stand for it, so nothing is shown here",
          "không phần tử nào của lược đồ được thay cho nó nên ở đây không thể hiện gì"))
      return .sequence([], occurs)
    }
    return .choice(choices.map { .place($0, .once, isList: false) }, occurs)
  }
}
