import DocumentKit

@testable import Workbench

extension Mutator {
  private static let presence: Set = ["required", "anyOf", "oneOf"]

  /// JSON: which members stand in an object, and how many values in an array.
  mutating func breakMembers(_ node: SampleNode, _ way: [Int], _ path: String) {
    guard let content = shape[node.place].content, [.object, .array].contains(node.kind) else { return }
    if case .wildcard = content { return }
    if node.kind == .object, !shape.allowsOtherElements(in: node.place) {
      let rules: Set = ["additionalProperties", "unevaluatedProperties", "anyOf", "oneOf"]
      add(.extra, "\(node.place.index)", way, rules: rules, paths: ["\(path)/khac", path]) {
        $0.parts.append(.other(namespace: nil))
      }
    }
    breakNumbers(content, node, way, path)
    guard node.kind == .object else { return }
    for name in Set(node.parts.map(self.name)).sorted() { breakPresence(of: name, in: content, node, way, path) }
    breakExclusion(content, node, way, path)
  }

  /// Puts a member of another branch beside those that are there, as another sample has it.
  private mutating func breakExclusion(
    _ content: SchemaShape.Particle, _ node: SampleNode, _ way: [Int], _ path: String,
  ) {
    let own = Dictionary(grouping: node.parts, by: name)
    for (name, parts) in members[node.place, default: [:]].sorted(by: { $0.key < $1.key })
    where own[name] == nil && isInChoice(name, content) {
      addIfExcluded("\(name) in \(node.place.index)", way, path: path) { $0.parts += parts }
    }
    members[node.place, default: [:]].merge(own) { known, _ in known }
  }

  /// Leaves a member out, if by its name alone no branch of the schema can do without it.
  private mutating func breakPresence(
    of name: String, in content: SchemaShape.Particle, _ node: SampleNode, _ way: [Int], _ path: String,
  ) {
    let names = Set(node.parts.map(self.name)).subtracting([name])
    guard !mayHold(content, names) else { return }
    let isOfChoice = isInChoice(name, content)
    let paths: Set = [path, "\(path)/\(MemberName.unescaped(name))"]
    let rest = node.parts.filter { self.name($0) != name }
    add(
      isOfChoice ? .noBranch : .missing, "\(name) in \(node.place.index)", way, rules: Self.presence, paths: paths
    ) {
      $0.parts = rest
    }
  }

  /// Whether an object with members of these names, and no others, can be of this form.
  private func mayHold(_ particle: SchemaShape.Particle, _ names: Set<String>) -> Bool {
    switch particle {
    case .place(let id, let occurs, let isList): isList || occurs.minimum == 0 || names.contains(shape[id].name)
    case .wildcard: true
    case .choice(let parts, let occurs): occurs.minimum == 0 || parts.contains { mayHold($0, names) }
    case .sequence(_, let occurs) where listName(particle) != nil:
      occurs.minimum == 0 || names.contains(listName(particle) ?? "")
    case .sequence(let parts, let occurs), .all(let parts, let occurs):
      occurs.minimum == 0 || parts.allSatisfy { mayHold($0, names) }
    }
  }

  /// The name of a member whose values, as those of one array, are all that a group holds.
  private func listName(_ particle: SchemaShape.Particle) -> String? {
    switch particle {
    case .place(let id, _, isList: true): return shape[id].name
    case .sequence(let parts, _):
      let names = parts.map(listName)
      return names.allSatisfy { $0 != nil } ? names.first ?? nil : nil
    default: return nil
    }
  }

  private func isInChoice(_ name: String, _ particle: SchemaShape.Particle) -> Bool {
    switch particle {
    case .place, .wildcard: false
    case .choice(let parts, _): parts.count > 1 && particle.places.contains { shape[$0].name == name }
    case .sequence(let parts, _), .all(let parts, _): parts.contains { isInChoice(name, $0) }
    }
  }

  // MARK: Arrays

  private mutating func breakNumbers(
    _ particle: SchemaShape.Particle, _ node: SampleNode, _ way: [Int], _ path: String,
  ) {
    switch particle {
    case .place(let id, let occurs, isList: true): breakNumber(id, occurs, node, way, path)
    case .sequence(let parts, .once), .all(let parts, .once), .sequence(let parts, .optional):
      for part in parts { breakNumbers(part, node, way, path) }
    case .choice where !particle.places.isEmpty && node.kind == .array:
      leave(.tooMany, "choice in \(node.place.index)", "another form of the array may hold so many values")
    default: break
    }
  }

  private mutating func breakNumber(
    _ id: SchemaShape.Place.ID, _ occurs: SchemaShape.Occurs, _ node: SampleNode, _ way: [Int], _ path: String,
  ) {
    let name = shape[id].name
    let declaration = "\(id.index) in \(node.place.index)"
    let member = node.kind == .array ? path : "\(path)/\(MemberName.unescaped(name))"
    let indexes = node.parts.indices.filter { index in
      if case .node(let child) = node.parts[index] { child.place == id } else { false }
    }
    guard let first = indexes.first, let last = indexes.last else { return }
    if node.kind == .object {
      var single = SampleNode(id, isList: false, kind: .string)
      single.text = "khong phai"
      let parts = node.parts.filter { self.name($0) != name } + [.node(single)]
      add(.notAList, declaration, way, rules: ["type", "anyOf", "oneOf"], paths: [member]) { $0.parts = parts }
    }
    if occurs.minimum > 0, indexes.count == occurs.minimum {
      add(.tooFew, declaration, way, rules: ["minItems"], paths: [member]) {
        $0.parts.remove(at: last)
        if occurs.minimum == 1, $0.kind != .array { $0.parts.append(.emptyList(name)) }
      }
    }
    guard let maximum = occurs.maximum, maximum > 0 else { return }
    guard maximum <= Self.copiesLimit else {
      return leave(.tooMany, declaration, "more than \(Self.copiesLimit) would have to be made")
    }
    let copies = Array(repeating: node.parts[first], count: maximum + 1 - indexes.count)
    add(.tooMany, declaration, way, rules: ["maxItems"], paths: [member]) {
      $0.parts.insert(contentsOf: copies, at: first)
    }
  }
}
