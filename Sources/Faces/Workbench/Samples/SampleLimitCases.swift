import DocumentKit
import ServiceKit

/// Finds every limit of a shape, with the plan that leads a document to it.
struct SampleLimitCases {
  struct Case {
    let name: String
    /// Nil if no text was found for it.
    let plan: SamplePlan?
  }

  let shape: SchemaShape
  let limits: SampleLimits
  private var texts: SampleTexts
  private var cases: [Case] = []

  init(shape: SchemaShape, limits: SampleLimits, chance: SeededGenerator) {
    self.shape = shape
    self.limits = limits
    texts = SampleTexts(chance: chance.generator(for: "limits"), limits: limits, cache: SamplePatternCache())
  }

  private struct Visit {
    let place: SchemaShape.Place.ID
    let path: String
    /// Leads to the place; everything else once.
    let plan: SamplePlan
  }

  mutating func all(from root: SchemaShape.Place.ID) -> [Case] {
    var plan = SamplePlan()
    plan.fill = .full
    var seen: Set<SchemaShape.Place.ID> = [root]
    var rest = [Visit(place: root, path: "", plan: plan)]
    var next = 0
    add("", "everything once", plan)
    while next < rest.count {
      let visit = rest[next]
      next += 1
      let place = shape[visit.place]
      for attribute in place.attributes {
        let path = Self.joined(visit.path, "@" + shape[attribute.place].name)
        if !attribute.isRequired { add(path, "absent", visit.plan) { $0.absentAttributes.insert(attribute.place) } }
        addValues(of: attribute.place, path, visit.plan)
      }
      addValues(of: visit.place, visit.path, visit.plan)
      guard let content = place.content else { continue }
      for found in walk(content, SamplePlan.ParticleKey(place: visit.place, path: []), visit.path, visit.plan) {
        if seen.insert(found.place).inserted { rest.append(found) }
      }
    }
    return cases
  }

  private static func joined(_ path: String, _ step: String) -> String { path.isEmpty ? step : "\(path)/\(step)" }

  private mutating func add(
    _ path: String, _ what: String, _ plan: SamplePlan, _ change: (inout SamplePlan) -> Void = { _ in },
  ) {
    var plan = plan
    change(&plan)
    cases.append(Case(name: path.isEmpty ? what : "\(path): \(what)", plan: plan))
  }

  // MARK: Particles

  private mutating func walk(
    _ particle: SchemaShape.Particle, _ key: SamplePlan.ParticleKey, _ path: String, _ plan: SamplePlan,
  ) -> [Visit] {
    switch particle {
    case .place(let id, let occurs, _):
      let name = Self.joined(path, shape[id].name)
      addCounts(occurs, key, name, plan)
      var way = plan
      way.counts[key] = max(1, occurs.minimum)
      way.onTheWay.insert(id)
      return occurs.maximum == 0 ? [] : [Visit(place: id, path: name, plan: way)]
    case .sequence(let parts, let occurs), .all(let parts, let occurs):
      addCounts(occurs, key, path + " (\(Self.names(parts, shape)))", plan)
      var way = plan
      way.counts[key] = max(1, occurs.minimum)
      var visits: [Visit] = []
      for (index, part) in parts.enumerated() { visits += walk(part, key.inside(index), path, way) }
      return visits
    case .choice(let parts, let occurs):
      addCounts(occurs, key, path + " (\(Self.names(parts, shape)))", plan)
      var visits: [Visit] = []
      for (index, part) in parts.enumerated() {
        var branch = plan
        branch.branches[key] = index
        branch.counts[key] = max(1, occurs.minimum)
        if parts.count > 1 { add(path, "branch \(index + 1) (\(Self.names([part], shape)))", branch) }
        visits += walk(part, key.inside(index), path, branch)
      }
      return visits
    case .wildcard: return []
    }
  }

  private mutating func addCounts(
    _ occurs: SchemaShape.Occurs, _ key: SamplePlan.ParticleKey, _ name: String, _ plan: SamplePlan,
  ) {
    guard occurs != .once, occurs.maximum != 0 else { return }
    var counts: Set<Int> = [occurs.minimum, max(1, occurs.minimum)]
    if let maximum = occurs.maximum, maximum <= limits.atLimit { counts.insert(maximum) }
    if occurs.maximum == nil { counts.insert(occurs.minimum + 2) }
    for count in counts.sorted() { add(name, "\(count) time(s)", plan) { $0.counts[key] = count } }
  }

  private static func names(_ parts: [SchemaShape.Particle], _ shape: SchemaShape) -> String {
    let names = parts.prefix(3).map { part in
      switch part {
      case .place(let id, _, _): shape[id].name
      case .sequence(let parts, _), .choice(let parts, _), .all(let parts, _): Self.names(parts, shape)
      case .wildcard: "any"
      }
    }
    return names.joined(separator: ", ") + (parts.count > 3 ? ", …" : "")
  }

  // MARK: Values

  private mutating func addValues(of id: SchemaShape.Place.ID, _ path: String, _ plan: SamplePlan) {
    let place = shape[id]
    if shape.format == .json, place.isNillable {
      add(path, "null", plan) { $0.texts[id] = SampleScalar(kind: .null, text: "") }
    }
    guard let value = place.value, value.fixed == nil, value.kind != .null else { return }
    if let literals = value.jsonValues {
      for (index, literal) in literals.enumerated() {
        let scalar = SampleTexts.scalar(literal)
        if scalar.kind != .null { add(path, "value \(index + 1)", plan) { $0.texts[id] = scalar } }
      }
    } else if let enumeration = value.enumeration {
      for (index, text) in enumeration.enumerated() {
        add(path, "value \(index + 1)", plan) { $0.texts[id] = SampleScalar(kind: .untagged, text: text) }
      }
    } else {
      for rules in value.alternatives.isEmpty ? [value] : value.alternatives { addSizes(rules, id, path, plan) }
    }
  }

  private mutating func addSizes(
    _ rules: ValueRules, _ id: SchemaShape.Place.ID, _ path: String, _ plan: SamplePlan,
  ) {
    let isJSON = shape.format == .json
    let numbers: NodeTag.Kind = isJSON ? .number : .untagged
    if rules.listItem.isEmpty, rules.enumeration == nil, !isJSON || rules.jsonTypes.contains("string") {
      let kind: NodeTag.Kind = isJSON ? .string : .untagged
      if let length = rules.minLength, length > 0 {
        addLength(length, .shortest, "minLength", rules, kind, id, path, plan)
      }
      if let length = rules.maxLength {
        addLength(length, .longest(atMost: length), "maxLength", rules, kind, id, path, plan)
      }
    }
    guard [.integer, .decimal, .double].contains(rules.kind), !isJSON || rules.jsonTypes != ["string"] else { return }
    for (bound, name) in [(rules.minimum, "minimum"), (rules.maximum, "maximum")] {
      guard let bound, !bound.isExclusive else { continue }
      add(path, "\(name) \(bound.text)", plan) { $0.texts[id] = SampleScalar(kind: numbers, text: bound.text) }
    }
  }

  private mutating func addLength(
    _ length: Int, _ size: SamplePattern.Size, _ name: String, _ rules: ValueRules, _ kind: NodeTag.Kind,
    _ id: SchemaShape.Place.ID, _ path: String, _ plan: SamplePlan,
  ) {
    let isJSON = shape.format == .json
    var found: String?
    if length <= limits.atLimit {
      for _ in 0..<10 where found == nil {
        let text = try? texts.sized(rules, isJSON: isJSON, size)
        let isBase64 = rules.kind == .base64 && !isJSON
        if let text, isBase64 || text.unicodeScalars.count == length { found = text }
      }
    }
    guard let found else {
      cases.append(Case(name: "\(path): \(name) \(length)", plan: nil))
      return
    }
    add(path, "\(name) \(length)", plan) { $0.texts[id] = SampleScalar(kind: kind, text: found) }
  }
}
