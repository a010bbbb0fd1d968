/// What a path of names leads to in a shape.
package enum SchemaPathLookup: Sendable {
  /// It is declared: there is a leaf, or elements only.
  case found(Match)
  /// From this step on the schema names nothing and allows anything; `nearest` is a declared name that is nearly the
  /// same, since a slip of the pen would hide here.
  case wildcard(step: Int, nearest: String?)
  /// The step with this index is not declared; `known` are the names that are, `nearest` the one probably meant.
  case unknown(step: Int, known: [String], nearest: String?)

  /// A declared path.
  package struct Match: Sendable {
    package let steps: [SchemaLeaf.Step]
    /// Every declaration it can mean; several where a choice or a union offers several.
    package let places: [SchemaShape.Place.ID]
    /// The rules every text there obeys; nil where there is no text.
    package let value: ValueRules?

    package var path: String { steps.map(\.name).joined(separator: "/") }
    /// Every document must hold it.
    package var isAlwaysRequired: Bool { steps.allSatisfy(\.isRequired) }
  }

  package var match: Match? {
    if case .found(let match) = self { match } else { nil }
  }
}

extension SchemaShape {
  /// Follows `owner/identity/@kind`, the steps a mapping writes, from a root; `.` and nothing stay where they are.
  package func find(_ path: String, from root: Place.ID) -> SchemaPathLookup {
    find(path.split(separator: "/").map(String.init).filter { $0 != "." }, from: root)
  }

  /// Follows steps from a root. A declaration that contains itself is followed as deep as the steps go.
  package func find(_ steps: [String], from root: Place.ID) -> SchemaPathLookup {
    var places = [root]
    var found: [SchemaLeaf.Step] = []
    for (index, name) in steps.enumerated() {
      let branches = branches(below: places)
      guard let branch = branches.first(where: { $0.step.name == name }) else {
        let known = branches.map(\.step.name)
        let nearest = NearestName.of(name, among: known)
        let allowsOthers = places.contains { place in
          self[place].value?.kind == .any
            || (name.hasPrefix("@") ? self[place].allowsOtherAttributes : allowsOtherElements(in: place))
        }
        return allowsOthers
          ? .wildcard(step: index, nearest: nearest) : .unknown(step: index, known: known, nearest: nearest)
      }
      found.append(branch.step)
      places = branch.places
    }
    return .found(SchemaPathLookup.Match(steps: found, places: places, value: value(at: places)?.rules))
  }
}
