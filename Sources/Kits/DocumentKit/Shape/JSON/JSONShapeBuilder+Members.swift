import JSONKit

extension JSONShapeBuilder {
  /// The members of an object, in the order in which the schema names them.
  mutating func members(of conjunction: JSONShapeConjunction) throws(SchemaShapeError) -> SchemaShape.Particle {
    if let part = conjunction.parts.first, !JSONShapeTypes(conjunction).isStated {
      draft.noteUnsupported(
        "properties without type", at: part.position,
        Sentence(
          "a value that is no object is valid too and not shown; say \"type\": \"object\"",
          "giá trị không phải đối tượng cũng hợp lệ mà không được thể hiện; hãy ghi \"type\": \"object\""))
    }
    var particles: [SchemaShape.Particle] = []
    var required: [String] = []
    for part in conjunction.parts {
      for name in part["required"]?.elements.compactMap(\.string) ?? [] where !required.contains(name) {
        required.append(name)
      }
    }
    let declared = Self.properties(of: conjunction.parts)
    let dependent = Self.properties(of: try parts(of: conjunction.conditional))
    for (name, schemas) in declared {
      let occurs: SchemaShape.Occurs = required.contains(name) ? .once : .optional
      let conditional = dependent.first { $0.name == name }?.schemas ?? []
      if let particle = try member(name, schemas, conditional: conditional, occurs) { particles.append(particle) }
    }
    let names = Set(declared.map(\.name))
    for (name, schemas) in dependent where !names.contains(name) {
      let occurs: SchemaShape.Occurs = required.contains(name) ? .once : .optional
      if let particle = try member(name, schemas, occurs) { particles.append(particle) }
    }
    let all = names.union(dependent.map(\.name))
    for name in required where !all.contains(name) {
      if let particle = try member(name, [], .once) { particles.append(particle) }
    }
    let isClosed = conjunction.parts.contains { part in
      ["additionalProperties", "unevaluatedProperties"].contains { part[$0]?.boolean == false }
        && part["patternProperties"] == nil
    }
    if !isClosed { particles.append(.wildcard(.many)) }
    return .all(particles, .once)
  }

  /// The schemas of each member that these schemas name, in their order.
  private static func properties(of parts: [JSONShapeSchema]) -> [(name: String, schemas: [JSONShapeSchema])] {
    var found: [(name: String, schemas: [JSONShapeSchema])] = []
    var index: [String: Int] = [:]
    for part in parts {
      for (name, schema) in part.named("properties") {
        if let known = index[name] {
          found[known].schemas.append(schema)
        } else {
          index[name] = found.count
          found.append((name, [schema]))
        }
      }
    }
    return found
  }

  /// Everything that conditional schemas consist of, whatever branch.
  mutating func parts(of schemas: [JSONShapeSchema]) throws(SchemaShapeError) -> [JSONShapeSchema] {
    var found: [JSONShapeSchema] = []
    for schema in schemas {
      for conjunction in try alternatives([schema]) {
        for part in conjunction.parts where !found.contains(part) { found.append(part) }
        for part in try parts(of: conjunction.conditional) where !found.contains(part) { found.append(part) }
      }
    }
    return found
  }

  /// One member: an element for a single value, or one for each value of an array. Nil if it can never be there.
  private mutating func member(
    _ name: String, _ schemas: [JSONShapeSchema], conditional: [JSONShapeSchema] = [], _ occurs: SchemaShape.Occurs,
  ) throws(SchemaShapeError) -> SchemaShape.Particle? {
    var alternatives = try alternatives(schemas)
    for index in alternatives.indices { alternatives[index].conditional += conditional }
    let step = MemberName.escaped(name)
    var choices: [SchemaShape.Particle] = []
    let single = alternatives.filter { conjunction in
      let types = JSONShapeTypes(conjunction)
      return !types.names.subtracting(["array"]).isEmpty
    }
    if !single.isEmpty {
      choices.append(.place(try place(step, single, holdsArrays: false), .once, isList: false))
    }
    for conjunction in alternatives {
      let types = JSONShapeTypes(conjunction)
      if types.array, !types.allowsAnything(in: conjunction) { choices.append(try list(step, of: conjunction)) }
    }
    guard let first = choices.first else { return nil }
    if choices.count > 1 { return .choice(choices, occurs) }
    // An array that must be there may still be empty: the group says whether it is there, the place how many it holds.
    if case .place(let id, _, isList: false) = first { return .place(id, occurs, isList: false) }
    return .sequence([first], occurs)
  }

  /// The values of an array as elements of one name.
  mutating func list(
    _ name: String, of conjunction: JSONShapeConjunction,
  ) throws(SchemaShapeError) -> SchemaShape.Particle {
    var minimum = 0
    var maximum: Int?
    var first: [[JSONShapeSchema]] = []
    var others: [JSONShapeSchema] = []
    for part in conjunction.parts {
      minimum = max(minimum, part["minItems"]?.integer ?? 0)
      if let limit = part["maxItems"]?.integer { maximum = min(maximum ?? limit, limit) }
      let isTuple = part["items"]?.kind == .array
      for (index, schema) in part.schemas(isTuple ? "items" : "prefixItems").enumerated() {
        if index == first.count { first.append([]) }
        first[index].append(schema)
      }
      if let rest = part.schema(isTuple ? "additionalItems" : "items") { others.append(rest) }
    }
    var particles: [SchemaShape.Particle] = []
    for (index, schemas) in first.enumerated() where maximum.map({ index < $0 }) ?? true {
      let item = try place(name, try alternatives(schemas), holdsArrays: true)
      particles.append(.place(item, index < minimum ? .once : .optional, isList: true))
    }
    let rest = SchemaShape.Occurs(max(0, minimum - first.count), maximum.map { max(0, $0 - first.count) })
    let items = try alternatives(others)
    if rest.maximum != 0, !items.isEmpty {
      particles.append(.place(try place(name, items, holdsArrays: true), rest, isList: true))
    }
    return particles.count == 1 ? particles[0] : .sequence(particles, .once)
  }
}
