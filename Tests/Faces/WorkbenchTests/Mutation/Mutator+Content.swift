import DocumentKit

@testable import Workbench

extension Mutator {
  /// The most elements that are made to have one too many.
  static let copiesLimit = 50

  private static let contentRules: Set = [
    "cvc-complex-type.2.1", "cvc-complex-type.2.2", "cvc-complex-type.2.4", "cvc-type.3.1.2",
  ]

  /// XML: which elements stand in an element, how often, in which order.
  ///
  /// Every change is put to the content model first: only what the model refuses must be found, and where the model says.
  mutating func breakContent(_ node: SampleNode, _ way: [Int], _ path: String) {
    let place = shape[node.place]
    guard place.value?.kind != .any else { return }
    if place.content == nil {
      let kind: Mutation.Kind = place.value == nil ? .extra : .elementInText
      return add(kind, "\(node.place.index)", way, rules: Self.contentRules, paths: [path, "\(path)/khac"]) {
        $0.parts.append(.other(namespace: nil))
      }
    }
    if place.value == nil {
      add(.textAmongElements, "\(node.place.index)", way, rules: ["cvc-complex-type.2.3"], paths: [path]) {
        $0.text = "chữ"
      }
    }
    breakNumbers(node, way, path)
    breakOrder(node, way, path)
    breakBranches(node, way, path)
    add(.extra, "\(node.place.index)", way, path, node) { $0.append(.other(namespace: nil)) }
  }

  /// Changes what stands in an element if the content model refuses the change; says whether it does.
  @discardableResult
  private mutating func add(
    _ kind: Mutation.Kind, _ declaration: String, _ way: [Int], _ path: String, _ node: SampleNode,
    _ change: (inout [SampleNode.Part]) -> Void,
  ) -> Bool {
    if isBroken(kind, declaration) { return true }
    var changed = node
    change(&changed.parts)
    guard let mistake = model(of: node.place).firstMistake(in: changed.parts.map(name)) else { return false }
    let place = mistake < changed.parts.count ? self.path(of: mistake, in: changed, at: path) : path
    add(kind, declaration, way, rules: Self.contentRules, paths: [place]) { $0 = changed }
    return true
  }

  private mutating func breakNumbers(_ node: SampleNode, _ way: [Int], _ path: String) {
    var seen: Set<SchemaShape.Place.ID> = []
    for (index, part) in node.parts.enumerated() {
      guard case .node(let child) = part, seen.insert(child.place).inserted else { continue }
      let declaration = "\(child.place.index) in \(node.place.index)"
      let indexes = node.parts.indices.filter { name(node.parts[$0]) == name(part) }
      let missing: Mutation.Kind = isAlternative(child.place, in: node.place) ? .noBranch : .missing
      // One less, two less, down to none: the first number that is too few.
      for count in 1...indexes.count {
        let isRefused = add(missing, declaration, way, path, node) { parts in
          for index in indexes.suffix(count).reversed() { parts.remove(at: index) }
        }
        if isRefused { break }
      }
      guard isBounded(child.place, in: node.place) else { continue }
      let isRefused = (1...Self.copiesLimit).contains { count in
        add(.tooMany, declaration, way, path, node) {
          $0.insert(contentsOf: Array(repeating: part, count: count), at: index)
        }
      }
      if !isRefused { leave(.tooMany, declaration, "more than \(Self.copiesLimit) would have to be made") }
    }
  }

  private mutating func breakOrder(_ node: SampleNode, _ way: [Int], _ path: String) {
    for index in node.parts.indices.dropFirst() where name(node.parts[index]) != name(node.parts[index - 1]) {
      if add(.order, "\(node.place.index)", way, path, node, { $0.swapAt(index - 1, index) }) { return }
    }
  }

  /// Puts the other branch of a choice beside the one that is there.
  private mutating func breakBranches(_ node: SampleNode, _ way: [Int], _ path: String) {
    guard let content = shape[node.place].content else { return }
    let names = node.parts.map(name)
    for other in content.places where isAlternative(other, in: node.place) && !names.contains(shape[other].name) {
      let model = model(of: node.place)
      // Wherever it stands it must be refused; or else it may come besides.
      let isRefused = (0...names.count).allSatisfy { index in
        var longer = names
        longer.insert(shape[other].name, at: index)
        return model.firstMistake(in: longer) != nil
      }
      guard isRefused else { continue }
      add(.twoBranches, "\(other.index) in \(node.place.index)", way, path, node) {
        $0.append(.node(SampleNode(other, isList: false, kind: .untagged)))
      }
    }
  }

  // MARK: Asking the shape

  /// Whether a choice decides about the element.
  private func isAlternative(_ id: SchemaShape.Place.ID, in place: SchemaShape.Place.ID) -> Bool {
    func decides(_ particle: SchemaShape.Particle) -> Bool {
      switch particle {
      case .place, .wildcard: false
      case .choice(let parts, _): parts.count > 1 && particle.places.contains(id)
      case .sequence(let parts, _), .all(let parts, _): parts.contains(where: decides)
      }
    }
    return shape[place].content.map(decides) ?? false
  }

  private func isBounded(_ id: SchemaShape.Place.ID, in place: SchemaShape.Place.ID) -> Bool {
    func isBounded(_ particle: SchemaShape.Particle) -> Bool {
      switch particle {
      case .place(let own, let occurs, _): own != id || occurs.maximum != nil
      case .wildcard: true
      case .sequence(let parts, let occurs), .choice(let parts, let occurs), .all(let parts, let occurs):
        !particle.places.contains(id) || occurs.maximum != nil && parts.allSatisfy(isBounded)
      }
    }
    return shape[place].content.map(isBounded) ?? true
  }
}
